import { utf8ToBytes } from "@noble/hashes/utils.js";
import { goLiveLines, wrapUpLines, type AutoLine } from "../auto-checks.ts";
import type { BagState } from "../bag/state.ts";
import { findingsOf } from "../compliance/state.ts";
import type { CouponState } from "../coupon/state.ts";
import type { LandingState } from "../landing/state.ts";
import { lessonsBroken } from "../lesson-air.ts";
import { lessonLines } from "../lesson-checks.ts";
import { covers, isBreachLine } from "../lesson-line.ts";
import type { LotteryState } from "../lottery/state.ts";
import type { ArmState } from "../ops/arm.ts";
import type { LessonState } from "../ops/lesson.ts";
import type { MethodState } from "../ops/method.ts";
import type { SessionState } from "../ops/session.ts";
import { pushCopyLines, pushGoLiveLines, pushWrapUpLines } from "../push/check-lines.ts";
import type { PushState } from "../push/state.ts";
import type { ReservationState } from "../reservation/state.ts";
import type { RewardState } from "../reward/state.ts";
import type { RundownState } from "../rundown-state.ts";
import type { SourceState } from "../source/state.ts";
import type { BoardState } from "../warmup/board.ts";
import type { SignupState } from "../warmup/signups.ts";
import type { WaveState } from "../wave/state.ts";
import { enablerLines, readiness, type EnablerFacts, type Readiness } from "./enablers.ts";
import { openLines, type CheckState } from "./state.ts";

/** The automatic lines of a show as it stands: which there are, which are open, and what of them is shown. */

/** How many a screen gets at once, and in how many bytes: a value slice has 4 kB (CHK3). The count is of all. */
export const AUTO_SHOWN = 30;
const AUTO_BYTES = 3_800;

export type CheckFacts = {
  readonly own: CheckState;
  readonly session: SessionState;
  readonly arm: ArmState;
  readonly bag: BagState;
  readonly coupon: CouponState;
  readonly lottery: LotteryState;
  readonly rundown: RundownState;
  readonly lesson: LessonState;
  readonly push: PushState;
  readonly signup: SignupState;
  readonly leaderboard: BoardState;
  readonly source: SourceState;
  readonly reservation: ReservationState;
  readonly landing: LandingState;
  readonly wave: WaveState;
  readonly reward: RewardState;
  readonly method: MethodState;
};
type GoLiveFacts = Omit<CheckFacts, "arm">;

/** Lines of 开播检查 that are neither done nor let pass: own ones in their order, then the automatic ones. */
export function openGoLive(see: GoLiveFacts): string[] {
  const auto = autoGoLive(see).filter(({ lineId }) => !see.own.waived.has(lineId));
  return [...openLines(see.own, "goLive"), ...auto].map(({ lineId }) => lineId);
}

/** What a lesson says stands first: it went wrong once. */
function autoGoLive({ own, ...facts }: GoLiveFacts): AutoLine[] {
  const { lesson, session } = facts;
  return [
    ...lessonLines({ ...facts, lessons: lesson.adopted, plannedStartAt: session.plannedStartAt }),
    ...goLiveLines({ ...facts, screensOnline: own.screensOnline, looks: own.looks }),
    ...pushGoLiveLines(facts.push),
    ...pushCopyLines(facts.push, [
      ...(facts.signup.standing > 0 ? [] : (["signups"] as const)),
      ...(facts.leaderboard.published ? [] : (["top3"] as const)),
    ]),
    ...enablerLines(enablerFacts({ own, ...facts })),
  ];
}

function enablerFacts({ own, ...facts }: GoLiveFacts): EnablerFacts {
  const blocks = findingsOf(facts).filter(({ severity }) => severity === "block").length;
  return { ...facts, screensOnline: own.screensOnline, blocks };
}

/** The six enablers of the plan (CHK8), whether or not the show warms up yet. */
export const shownReadiness = (see: GoLiveFacts): Readiness => readiness(enablerFacts(see));

/** What still stands, from the start of the show on. */
function autoWrapUp(see: CheckFacts): AutoLine[] {
  return see.session.startedAt === null ? [] : [...wrapUpLines(see), ...pushWrapUpLines(see.push)];
}

/** What a lesson is against and happens on air. */
function autoOnAir({ session, lesson, bag }: Pick<CheckFacts, "session" | "lesson" | "bag">): AutoLine[] {
  const { startedAt, endedAt, plannedStartAt } = session;
  if (startedAt === null || endedAt !== null) return [];
  return lessonsBroken({ lessons: lesson.adopted, bag, plannedStartAt, startedAt });
}

export function isAutoLine(see: CheckFacts, lineId: string): boolean {
  return [...autoGoLive(see), ...autoWrapUp(see), ...autoOnAir(see)].some((line) => line.lineId === lineId);
}

/** Over once the show has begun: nobody looks at it then, and it would be worked out again with every order. */
export function shownGoLive(see: GoLiveFacts) {
  if (see.session.startedAt !== null) return shownAuto(see.own, [], 0);
  return shownAuto(see.own, autoGoLive(see), openGoLive(see).length);
}

export function shownWrapUp(see: CheckFacts) {
  const auto = autoWrapUp(see);
  const open = auto.filter(({ lineId }) => !see.own.waived.has(lineId));
  return shownAuto(see.own, auto, openLines(see.own, "wrapUp").length + open.length);
}

/** Those that nobody let pass, before the show or on air; a waiver holds for whatever is no worse (LES8). */
export function shownOnAir(see: Pick<CheckFacts, "own" | "session" | "lesson" | "bag">): readonly AutoLine[] {
  const waived = [...see.own.waived.keys()].filter((lineId) => isBreachLine(lineId));
  const open = autoOnAir(see).filter(({ lineId }) => !waived.some((passed) => covers(passed, lineId)));
  return fitting(open);
}

function shownAuto(own: CheckState, auto: readonly AutoLine[], open: number) {
  return {
    open,
    count: auto.length,
    lines: fitting(auto.slice(0, AUTO_SHOWN).map((line) => ({ ...line, waived: own.waived.get(line.lineId) ?? null }))),
  };
}

function fitting<T>(lines: readonly T[]): T[] {
  let bytes = 0;
  return lines.filter((line) => (bytes += utf8ToBytes(JSON.stringify(line)).length + 1) <= AUTO_BYTES);
}
