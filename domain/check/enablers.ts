import type { AutoLine } from "../auto-checks.ts";
import type { BagState } from "../bag/state.ts";
import type { CouponState } from "../coupon/state.ts";
import type { LandingState } from "../landing/state.ts";
import type { SessionState } from "../ops/session.ts";
import { isOpen, isResolved, type PushState } from "../push/state.ts";
import { reservedNow, type ReservationState } from "../reservation/state.ts";
import type { RundownState } from "../rundown-state.ts";
import type { SourceState } from "../source/state.ts";
import type { WaveState } from "../wave/state.ts";

/** What the plan of a warm-up stands on (CHK8, CHK9): 流量, 场景, 商品, 团队, 脚本, 系统. Lines name what is missing of each. */

export const ENABLERS = ["traffic", "scene", "product", "team", "script", "system"] as const;
export type Enabler = (typeof ENABLERS)[number];

export type EnablerFacts = {
  readonly session: SessionState;
  readonly source: SourceState;
  readonly wave: WaveState;
  readonly reservation: ReservationState;
  readonly landing: LandingState;
  readonly bag: BagState;
  readonly coupon: CouponState;
  readonly rundown: RundownState;
  readonly push: PushState;
  readonly screensOnline: number | null;
  /** Findings that block. */
  readonly blocks: number;
};

type Lacking = Pick<AutoLine, "code"> & { readonly data?: AutoLine["data"] };

const CHECKS: { readonly [E in Enabler]: (facts: EnablerFacts) => readonly (Lacking | false)[] } = {
  traffic: ({ source, wave, session, reservation }) => [
    [...source.sources.values()].every(({ archived }) => archived) && { code: "enablerNoSource" },
    wave.cells.size === 0 && { code: "enablerNoWave" },
    session.targets.reservations !== null && reservedNow(reservation) === null && { code: "enablerNoReservations" },
  ],
  scene: ({ landing, screensOnline }) => [
    landing.published === null && { code: "enablerNoLanding" },
    // A show that never had a screen is not asked for one.
    screensOnline === 0 && { code: "screenOffline" },
  ],
  product: ({ bag, coupon }) => [
    bag.products.size === 0 && { code: "enablerNoProduct" },
    [...coupon.coupons.values()].every(({ state }) => state === "ended") && { code: "enablerNoCoupon" },
  ],
  team: ({ session, wave }) => {
    const unowned = [...wave.cells.values()].filter(({ ownerId, pushId, done }) => !ownerId && !pushId && !done).length;
    return [
      session.shifts.every(({ hosts }) => hosts.length === 0) && { code: "enablerNoHost" },
      unowned > 0 && { code: "enablerNoOwner", data: { cells: unowned } },
    ];
  },
  script: ({ rundown }) => [rundown.cues.size === 0 && { code: "enablerNoCue" }],
  system: ({ push, blocks }) => {
    const open = [...push.pushes.values()].filter((row) => isOpen(row) && !isResolved(row)).length;
    return [
      open > 0 && { code: "enablerPushOpen", data: { pushes: open } },
      blocks > 0 && { code: "enablerCompliance", data: { blocks } },
    ];
  },
};

const lacking = (facts: EnablerFacts, enabler: Enabler): Lacking[] =>
  CHECKS[enabler](facts).filter((line): line is Lacking => line !== false);

/** How each of the six stands, for the plan's own screen. */
export const readiness = (facts: EnablerFacts) =>
  ENABLERS.map((enabler) => ({
    enabler,
    checks: CHECKS[enabler](facts).length,
    missing: lacking(facts, enabler).map(({ code, data = {} }) => ({ code, data })),
  }));
export type Readiness = ReturnType<typeof readiness>;

/** What no show goes on air without, whether or not it warms up (CHK9). */
const OF_EVERY_SHOW: ReadonlySet<string> = new Set(["enablerNoProduct", "enablerNoCue"]);

/** The rest only of shows that warm up: others were never meant to have sources and waves. */
export function enablerLines(facts: EnablerFacts): AutoLine[] {
  const warmsUp = facts.session.warmedUpAt !== null;
  return ENABLERS.flatMap((enabler) =>
    lacking(facts, enabler)
      // A screen that is away is a line of its own already (CHK3).
      .filter(({ code }) => (warmsUp ? code !== "screenOffline" : OF_EVERY_SHOW.has(code)))
      .map(({ code, data = {} }) => ({ lineId: `enabler:${enabler}:${code}`, code, data })),
  );
}
