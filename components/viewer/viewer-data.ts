import type { viewerRow as productRow } from "#domain/bag/rows.ts";
import type { viewerRow as couponRow } from "#domain/coupon/rows.ts";
import type { viewerRow as drawRow } from "#domain/lottery/rows.ts";
import type { LandingPageRow, PlacedBlock } from "#domain/ops/landing.ts";
import type { SessionState } from "#domain/ops/session.ts";
import type { Standing } from "#domain/warmup/invites.ts";
import type { rewardPart, viewerStep } from "#domain/reward/rows.ts";

/** What the server tells a viewer's page. The shapes are those of the ops' slices: types only, so that nothing of them is in the bundle. */

export type BoardMetric = "valid" | "watched" | "claimed" | "paid";
export type ViewerSession = Pick<
  SessionState,
  "title" | "theme" | "phase" | "rehearsal" | "plannedStartAt" | "startedAt" | "endedAt" | "anonymousClaims"
>;
export type ViewerProduct = NonNullable<ReturnType<typeof productRow>>;
export type ViewerCoupon = NonNullable<ReturnType<typeof couponRow>>;
export type ViewerLottery = NonNullable<ReturnType<typeof drawRow>>;
/** Drawn by Kaibo, so that it can be entered and checked here. */
export type OwnDraw = Extract<ViewerLottery, { readonly pledge: unknown }>;
export type PlatformBag = Exclude<ViewerLottery, OwnDraw>;
export type RewardStep = NonNullable<ReturnType<typeof viewerStep>>;
/** What stands around the blocks of the landing page, as it was published. */
export type LandingPage = Pick<Extract<LandingPageRow, { readonly is: "published" }>, "is" | "settings" | "rev">;

type Rows<T> = readonly (readonly [id: string, row: T])[];

export type ViewerShow = {
  readonly sessionId: string;
  readonly seq: number;
  /** The server's clock as it sent this, ms UTC. */
  readonly now: number;
  /** The show's clock at `now`, and how many times as fast as the server's it goes: a rehearsal has its own. */
  readonly showNow: number;
  readonly showPace: number;
  readonly nextPollMs: number;
  readonly slices: {
    readonly session: ViewerSession;
    readonly products: Rows<ViewerProduct>;
    readonly explained: { readonly productId: string } | null;
    readonly coupons: Rows<ViewerCoupon>;
    readonly lotteries: Rows<ViewerLottery>;
    readonly landingPublished: Rows<PlacedBlock>;
    readonly landingPage: Rows<LandingPage>;
    readonly rewardSteps: Rows<RewardStep>;
    readonly signups: { readonly standing: number };
  };
};

export type MyCoupon = {
  readonly couponId: string;
  readonly code: string;
  readonly used: boolean;
  readonly useUntil: number | null;
};

export type MyDraw = {
  readonly lotteryId: string;
  /** Number of the entry; `null`: not entered. */
  readonly n: number | null;
  readonly pseudonym: string | null;
  readonly won: { readonly place: number; readonly prizeId: string } | null;
  readonly replaced: boolean;
  /** Before the entry: which conditions are met, in their order. */
  readonly met?: readonly boolean[];
};

export type MySignup = {
  /** The n-th to sign up. */
  readonly n: number;
  /** For links by which others come. */
  readonly code: string;
  readonly at: number;
  readonly state: "standing" | "cancelled";
  readonly remindBy: readonly string[];
};

export type MyFriend = {
  /** Masked; `null`: goes by no name. */
  readonly name: string | null;
  readonly standing: Standing;
  readonly at: number;
};

export type MyInvite = {
  readonly valid: number;
  readonly held: number;
  /** Newest first. */
  readonly friends: readonly MyFriend[];
  readonly disqualified: { readonly at: number; readonly reason: string } | null;
};

/** Where the person stands on 邀请榜. */
export type MyPlace = {
  readonly metric: BoardMetric;
  readonly frozen: boolean;
  readonly published: boolean;
  readonly rank: number | null;
  readonly count: number;
  /** What is missing to stand one higher; `null`: nobody does. */
  readonly next: { readonly rank: number; readonly missing: number } | null;
};

export type MyReward = ReturnType<typeof rewardPart>[number];

export type Me = {
  readonly personId: string;
  readonly anonymous: boolean;
  readonly me: {
    readonly coupon: readonly MyCoupon[];
    readonly lottery: readonly MyDraw[];
    /** `null`: never signed up. */
    readonly signup: MySignup | null;
    readonly invite: MyInvite | null;
    readonly leaderboard: MyPlace | null;
    readonly reward: readonly MyReward[];
  };
};

/** Of an entry: kept by the page, because only it can show later that the list was not rewritten. */
export type Receipt = { readonly n: number; readonly head: string };

export const isOwnDraw = (draw: ViewerLottery): draw is OwnDraw => "pledge" in draw;

/** A stale page may meet a newer server: what is not even the outline of a show is refused here, the rest is ours. */
export function asShow(body: unknown): ViewerShow | null {
  if (!isRecord(body) || !isRecord(body["slices"]) || typeof body["showNow"] !== "number") return null;
  const { session, products, coupons, lotteries, landingPublished, landingPage, rewardSteps, signups } = body["slices"];
  const rows = [products, coupons, lotteries, landingPublished, landingPage, rewardSteps];
  if (!isRecord(session) || !isRecord(signups) || !rows.every(Array.isArray)) return null;
  return body as ViewerShow;
}

/** The show's clock when the server's stands at `serverNow`. */
export const showNowAt = ({ now, showNow, showPace }: ViewerShow, serverNow: number) =>
  showNow + (serverNow - now) * showPace;

export function asMe(body: unknown): Me | null {
  if (!isRecord(body) || !isRecord(body["me"])) return null;
  const { coupon, lottery, reward } = body["me"];
  return [coupon, lottery, reward].every(Array.isArray) ? (body as Me) : null;
}

export function asReceipt(result: unknown): Receipt | null {
  if (!isRecord(result)) return null;
  const { n, head } = result;
  return typeof n === "number" && typeof head === "string" ? { n, head } : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
