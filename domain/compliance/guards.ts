import { z } from "zod";
import type { BagState } from "../bag/state.ts";
import { CouponPlan, type CouponState } from "../coupon/state.ts";
import { reject, type Rejection } from "../op.ts";
import type { LandingState } from "../landing/state.ts";
import type { LotteryState } from "../lottery/state.ts";
import type { PushState } from "../push/state.ts";
import { StepPlan, type RewardState } from "../reward/state.ts";
import { fen, Id } from "../units.ts";
import type { Finding } from "./finding.ts";
import { lintLanding } from "./landing.ts";
import { lintCoupon, lintLottery, lintProduct, lintPush, lintStep } from "./lint.ts";

/** What must not go out (CMP5): findings that block, told with the refusal. */

const TOLD = 5;

function refuse(findings: readonly Finding[]): Rejection | undefined {
  const blocks = findings.filter(({ severity }) => severity === "block");
  if (blocks.length === 0) return undefined;
  const told = blocks.slice(0, TOLD).map(({ findingId, rule, words, where }) => ({ findingId, rule, words, where }));
  return reject("compliance.blocked", { count: blocks.length, findings: told });
}

type Page = {
  readonly landing: LandingState;
  readonly lottery: LotteryState;
  readonly bag: BagState;
  readonly coupon: CouponState;
};

/** With the products and coupons that the page shows: their words stand there too. */
export function guardPublish({ landing, lottery, bag, coupon }: Page): Rejection | undefined {
  const shown = landing.blocks.flatMap((block): (readonly Finding[])[] => {
    if (block.kind === "products")
      return block.productIds.flatMap((id) => bag.products.get(id) ?? []).map((row) => lintProduct(row));
    if (block.kind === "coupons")
      return block.couponIds.flatMap((id) => coupon.coupons.get(id) ?? []).map((row) => lintCoupon(row));
    return [];
  });
  return refuse([...lintLanding(landing, lottery), ...shown.flat()]);
}

/** Own draws and own coupons are rules on a page of ours from their opening on. */
export function guardDraw({ lottery }: Pick<Page, "lottery">, input: unknown): Rejection | undefined {
  const found = lottery.lotteries.get(z.object({ lotteryId: Id }).parse(input).lotteryId);
  return found?.carrier === "ownDraw" ? refuse(lintLottery(found)) : undefined;
}

export function guardCoupon({ coupon }: Pick<Page, "coupon">, input: unknown): Rejection | undefined {
  const found = coupon.coupons.get(z.object({ couponId: Id }).parse(input).couponId);
  return found?.carrier === "own" ? refuse(lintCoupon(found)) : undefined;
}

const Edited = z.object({ couponId: Id, to: CouponPlan.pick({ title: true, rules: true }).partial() });

/** What people hold already may be mended, and not made worse; neither by taking back what was mended before. */
export function guardCouponEdit({ coupon }: Pick<Page, "coupon">, input: unknown): Rejection | undefined {
  const { couponId, to } = Edited.parse(input);
  const found = coupon.coupons.get(couponId);
  if (found?.carrier !== "own" || found.pushes === 0) return undefined;
  const words = { title: to.title ?? found.title, rules: to.rules ?? found.rules };
  const stood = new Set(lintCoupon(found).map(({ findingId }) => findingId));
  // Title and rules are mended one after the other as well as at once: what stood there before may stay a while, not more of it.
  const isWorse = ({ findingId, where, words: said }: Finding): boolean => {
    const [before, after] = where.field === "title" ? [found.title, words.title] : [found.rules, words.rules];
    return !stood.has(findingId) || timesIn(after, said) > timesIn(before, said);
  };
  return refuse(lintCoupon({ ...found, ...words }).filter(isWorse));
}

const timesIn = (text: string, words: string): number => (words === "" ? 0 : text.split(words).length - 1);

export function guardHandOver({ push }: { readonly push: PushState }, input: unknown): Rejection | undefined {
  const found = push.pushes.get(z.object({ pushId: Id }).parse(input).pushId);
  return found && refuse(lintPush(found));
}

const Asked = z.object({ stepId: Id.default("new"), to: StepPlan.partial().optional(), ...StepPlan.partial().shape });

export function guardReward({ reward }: { readonly reward: RewardState }, input: unknown): Rejection | undefined {
  const { stepId, to, ...fields } = Asked.parse(input);
  const before = reward.steps.get(stepId);
  const {
    title = before?.title ?? "",
    rules = before?.rules ?? "",
    valueFen = before?.valueFen ?? fen(0),
  } = to ?? fields;
  const { carrier = before?.carrier ?? "honour" } = to ?? fields;
  return refuse(lintStep({ stepId, title, rules, valueFen, carrier }));
}
