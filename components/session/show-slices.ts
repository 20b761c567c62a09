import type { controlRow } from "#domain/bag/rows.ts";
import type { BagState, WrongPrice } from "#domain/bag/state.ts";
import type { controlRow as couponRow } from "#domain/coupon/rows.ts";
import type { Cue } from "#domain/cue.ts";
import type { controlRow as lotteryRow } from "#domain/lottery/rows.ts";
import type { AutoLine } from "#domain/auto-checks.ts";
import type { Readiness } from "#domain/check/enablers.ts";
import type { CheckLine, CheckWaiver } from "#domain/check/state.ts";
import type { explainedTotal, shownRound } from "#domain/metrics/rounds.ts";
import type { COUNTERS } from "#domain/metrics/sample-source.ts";
import type { shownMinute } from "#domain/metrics/series.ts";
import type { ShiftFiguresRow, shownFigures, shownProduct } from "#domain/metrics/show-figures.ts";
import type { ArmedAct } from "#domain/ops/arm.ts";
import type { Sourced } from "#domain/ops/audience.ts";
import type { CommentRow } from "#domain/ops/comment.ts";
import type { AdoptedLesson } from "#domain/lesson-rule.ts";
import type { Carried, Improvement } from "#domain/ops/improvement.ts";
import type { CueNote, Lesson } from "#domain/ops/lesson.ts";
import type { attribution } from "#domain/metrics/push-effect.ts";
import type { Marker } from "#domain/ops/marker.ts";
import type { Message, Preset } from "#domain/ops/message.ts";
import type { ShownSaid } from "#domain/ops/prompt.ts";
import type { Recording } from "#domain/ops/recording.ts";
import type { PushEffectRow } from "#domain/ops/push-effect.ts";
import type { RehearsalState } from "#domain/ops/rehearsal.ts";
import type { ScreenRow } from "#domain/ops/screen.ts";
import type { SessionState, Shift } from "#domain/ops/session.ts";
import type { Settlement } from "#domain/ops/settlement.ts";
import type { ShownBoard } from "#domain/warmup/board-telling.ts";
import type { invitesRow } from "#domain/warmup/invite-rows.ts";
import type { DecisionRow, DisqualifiedRow } from "#domain/warmup/invites.ts";
import type { signupsRow } from "#domain/warmup/signup-rows.ts";
import type { TapeEntry } from "#domain/ops/tape.ts";
import type { PushBoard, PushRow, PushTaskRow } from "#domain/push/rows.ts";
import type { SayLine } from "#domain/say-lines.ts";
import type { FunnelRow } from "#domain/source/effect.ts";
import type { Source } from "#domain/source/state.ts";
import type { ComplianceShown } from "#domain/compliance/state.ts";
import type { ComplianceRow } from "#domain/compliance/state.ts";
import type { WaveBoard } from "#domain/wave/board.ts";
import type { BeatEffect, CellEffect } from "#domain/wave/brought.ts";
import type { Cell } from "#domain/wave/shapes.ts";
import type { LandingPageRow, LandingShown, PlacedBlock } from "#domain/ops/landing.ts";
import type { MethodRow } from "#domain/ops/method.ts";
import type { RewardStepRow } from "#domain/reward/rows.ts";
import type { Grant } from "#domain/reward/state.ts";
import type { ReservationsShown } from "#domain/ops/reservation.ts";
import type { Reading, ReservationHour } from "#domain/reservation/state.ts";
import type { Appended, Keyed } from "./view-state.ts";

/** A product as control and review see it. */
export type ProductRow = ReturnType<typeof controlRow>;

export type CouponRow = ReturnType<typeof couponRow>;

export type LotteryRow = ReturnType<typeof lotteryRow>;

/** Lines that Kaibo draws itself; `lines` holds the first of them, `count` is of all, `open` counts own ones too. */
export type AutoCheck = {
  readonly open: number;
  readonly count: number;
  readonly lines: readonly (AutoLine & { readonly waived: CheckLine["waived"] })[];
};

export type Figures = ReturnType<typeof shownFigures> & { readonly explained: ReturnType<typeof explainedTotal> };
export type ProductFiguresRow = NonNullable<ReturnType<typeof shownProduct>>;
export type Minute = NonNullable<ReturnType<typeof shownMinute>>;
export type RoundRow = ReturnType<typeof shownRound>;
export type AudienceCounts = { readonly [C in "online" | "viewers" | (typeof COUNTERS)[number]]: Sourced | null } & {
  readonly sources: readonly { readonly source: Sourced["source"]; readonly lastAt: number }[];
};

/**
 * The slices of the control and review views by name, as the ops show them (`slices` in domain/ops/*.ts). A new op adds its
 * lines here. A slice is absent only before the op existed, in a replay of nothing, or for another audience.
 */
export type ShowSlices = {
  readonly session: Omit<SessionState, "shifts">;
  readonly shifts: Keyed<Shift>;
  readonly rehearsal: RehearsalState;
  readonly armed: Keyed<ArmedAct>;
  readonly hold: { readonly held: boolean };
  readonly cues: Keyed<Cue>;
  readonly cueOrder: { readonly order: readonly string[]; readonly version: number };
  readonly rundown: {
    readonly currentCueId: string | null;
    readonly nextCueId: string | null;
    readonly lengthAtStartMs: number | null;
  };
  readonly pushes: Keyed<PushRow>;
  readonly pushTasks: Keyed<PushTaskRow>;
  readonly pushBoard: PushBoard;
  /** What each push that was handed over brought, as far as that is known; the second tells of all the show and what of it is ascribed. */
  readonly pushEffect: Keyed<PushEffectRow>;
  readonly pushAttribution: ReturnType<typeof attribution>;
  readonly messages: Keyed<Message>;
  readonly messagePresets: { readonly presets: readonly Preset[]; readonly version: number };
  /** By the id of the screen's link. */
  readonly screens: Keyed<ScreenRow>;
  readonly said: ShownSaid;
  readonly saying: readonly SayLine[];
  readonly markers: Keyed<Marker>;
  /** Written in this show, and of earlier ones to be tried in it. */
  readonly improvements: Keyed<Improvement>;
  readonly carriedImprovements: Keyed<Carried>;
  readonly lessons: Keyed<Lesson>;
  readonly adoptedLessons: Keyed<AdoptedLesson>;
  /** By lesson. */
  readonly cueNotes: Keyed<CueNote>;
  readonly products: Keyed<ProductRow>;
  readonly explained: BagState["explained"];
  readonly wrongPrices: Keyed<WrongPrice>;
  readonly coupons: Keyed<CouponRow>;
  readonly lotteries: Keyed<LotteryRow>;
  readonly signups: ReturnType<typeof signupsRow>;
  readonly invites: ReturnType<typeof invitesRow> & { readonly latest: readonly DecisionRow[] };
  /** Control alone: of those that wait for a decision, by the number of who was brought. */
  /** By the number of the inviter. */
  readonly disqualified: Keyed<DisqualifiedRow>;
  readonly leaderboard: ShownBoard;
  readonly checkLines: Keyed<CheckLine>;
  /** Review alone: automatic lines that were let pass, by their id. */
  readonly checkWaivers: Keyed<CheckWaiver>;
  readonly goLiveCheck: AutoCheck;
  readonly wrapUpCheck: AutoCheck;
  /** What happens on air against a lesson; absent before that was told. */
  readonly lessonsBroken?: readonly AutoLine[];
  readonly checks: { readonly version: number; readonly screensOnline: number | null };
  readonly figures: Figures;
  /** By the platform's product id. */
  readonly productFigures: Keyed<ProductFiguresRow>;
  /** By the start of the minute as text. */
  readonly series: Keyed<Minute>;
  readonly roundFigures: Keyed<RoundRow>;
  readonly shiftFigures: Keyed<ShiftFiguresRow>;
  readonly audience: AudienceCounts;
  readonly comments: Appended<CommentRow>;
  readonly hiddenComments: Keyed<{ readonly by: string; readonly at: number }>;
  readonly commentSource: { readonly lastSeenAt: number | null; readonly comments: number; readonly questions: number };
  readonly keywords: readonly { readonly word: string; readonly count: number }[];
  readonly tally: readonly { readonly tallyId: string; readonly label: string; readonly count: number }[];
  readonly tape: Appended<TapeEntry>;
  /** Review alone: what moved the show, all of it. By seq as text. */
  readonly acts: Keyed<TapeEntry>;
  /** Review alone. */
  readonly recordings: Keyed<Recording>;
  /** `null`: not settled. */
  readonly settlement: Settlement | null;
  readonly sources: Keyed<Source>;
  /** By source, and `_invite`, `_push`, `_none` for those who came by none. */
  readonly sourceFunnel: Keyed<FunnelRow>;
  readonly methods: Keyed<MethodRow>;
  readonly rewardSteps: Keyed<RewardStepRow>;
  /** By step and person; absent for crew. */
  readonly rewardQueue: Keyed<Grant>;
  readonly landing: LandingShown;
  /** The draft's blocks, and those that viewers see. */
  readonly landingBlocks: Keyed<PlacedBlock>;
  readonly landingPublished: Keyed<PlacedBlock>;
  /** Rows `draft` and `published`. */
  readonly landingPage: Keyed<LandingPageRow>;
  readonly waveCells: Keyed<Cell>;
  readonly waves: WaveBoard;
  /** What cells with a push or a source brought. */
  readonly waveEffect: Keyed<CellEffect>;
  /** By beat; a source that two beats name stands in both. */
  readonly waveBeatEffect: Keyed<BeatEffect>;
  readonly readiness: Readiness;
  /** Blocks first. */
  readonly complianceFindings: Keyed<ComplianceRow>;
  readonly compliance: ComplianceShown;
  readonly reservations: ReservationsShown;
  /** Review alone: by the hour as text, over all of the warm-up. */
  readonly reservationHours: Keyed<ReservationHour>;
  /** The last ones, to mend what was mistyped. */
  readonly reservationReadings: Keyed<Reading>;
};
