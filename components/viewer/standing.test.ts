import { expect, test } from "vitest";
import { fen, instant } from "#domain/units.ts";
import { couponStand } from "./coupon-state.ts";
import { chanceText, drawStand, firstAct } from "./draw-state.ts";
import { showNowAt, type Me, type OwnDraw, type ViewerCoupon, type ViewerShow } from "./viewer-data.ts";

const coupon = (more: Partial<ViewerCoupon & { left: number }> = {}): ViewerCoupon => ({
  couponId: "c",
  carrier: "own",
  title: "券",
  discount: { kind: "direct", offFen: fen(100), productIds: null },
  state: "running",
  perPerson: 1,
  claimFrom: null,
  claimTo: null,
  useUntil: null,
  rules: "",
  link: null,
  total: 10,
  left: 5,
  ...more,
});

const held = { couponId: "c", code: "X", used: false, useUntil: null };

test("a coupon can be claimed while it runs, in its window, while some are left, up to what a person may hold", () => {
  expect(couponStand(coupon(), [], 50)).toBe("claimable");
  expect(couponStand(coupon(), [held], 50)).toBe("held");
  expect(couponStand(coupon({ perPerson: 2 }), [held], 50)).toBe("claimable");
  expect(couponStand(coupon({ left: 0 }), [], 50)).toBe("gone");
  expect(couponStand(coupon({ state: "stopped" }), [], 50)).toBe("stopped");
  expect(couponStand(coupon({ claimFrom: instant(60) }), [], 50)).toBe("notYet");
  expect(couponStand(coupon({ claimTo: instant(50) }), [], 50)).toBe("over");
});

test("what a person holds is said before why no more can be claimed", () => {
  expect(couponStand(coupon({ perPerson: 2, left: 0 }), [held], 50)).toBe("held");
  expect(couponStand(coupon({ perPerson: 2, state: "ended" }), [held], 50)).toBe("held");
});

test("a rehearsal counts by its own clock, at its own pace; a real show by the server's", () => {
  const real = { ...show([], []), now: 1_000, showNow: 1_000 };
  expect(showNowAt(real, 3_500)).toBe(3_500);
  expect(showNowAt({ ...real, showNow: 50_000, showPace: 60 }, 1_500)).toBe(80_000);
  expect(showNowAt({ ...real, showNow: 50_000, showPace: 0 }, 9_000)).toBe(50_000);
  expect([drawStand(draw(), 99), drawStand(draw(), 100)]).toEqual(["open", "closing"]);
});

const draw = (more: Partial<OwnDraw> = {}): OwnDraw => ({
  lotteryId: "d",
  carrier: "ownDraw",
  title: "抽奖",
  prizes: [],
  conditions: [],
  conditionText: "",
  rules: "",
  state: "open",
  openedAt: instant(0),
  closesAt: instant(100),
  odds: { winners: 1, entries: 0 },
  pledge: null,
  seed: null,
  drawnAt: null,
  redraws: [],
  winners: [],
  ...more,
});

function show(coupons: readonly ViewerCoupon[], draws: readonly OwnDraw[]): ViewerShow {
  const session = {
    title: "",
    theme: "",
    phase: "live" as const,
    rehearsal: false,
    plannedStartAt: instant(0),
    startedAt: null,
    endedAt: null,
    anonymousClaims: true,
  };
  const slices = {
    session,
    products: [],
    explained: null,
    coupons: coupons.map((one) => [one.couponId, one] as const),
    lotteries: draws.map((one) => [one.lotteryId, one] as const),
    landingPublished: [],
    landingPage: [],
    rewardSteps: [],
    signups: { standing: 0 },
  };
  return { sessionId: "s", seq: 1, now: 0, showNow: 0, showPace: 1, nextPollMs: 1, slices };
}

const me = (part: Partial<Me["me"]>): Me => ({
  personId: "v",
  anonymous: true,
  me: { coupon: [], lottery: [], signup: null, invite: null, leaderboard: null, reward: [], ...part },
});
const entered = { lotteryId: "d", n: 1, pseudonym: "a", won: null, replaced: false };

test("one thing to do at a time: a coupon first, then a draw that is open and not entered, else nothing", () => {
  const both = show([coupon()], [draw()]);
  expect(firstAct(both, null, 50)).toMatchObject({ kind: "claim" });
  expect(firstAct(both, me({ coupon: [held] }), 50)).toMatchObject({ kind: "draw" });
  expect(firstAct(both, me({ coupon: [held], lottery: [entered] }), 50)).toBeNull();
  expect(firstAct(both, me({ coupon: [held] }), 100)).toBeNull();
  expect(firstAct(show([coupon({ carrier: "shop" })], []), null, 50)).toBeNull();
});

test("odds are never said to be better than certain, nor nothing when they are small", () => {
  expect([chanceText(3, 1), chanceText(1, 4), chanceText(3, 130), chanceText(1, 200_000)]).toEqual([
    "100%",
    "25%",
    "2.3%",
    "0.0005%",
  ]);
});
