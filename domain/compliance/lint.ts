import type { Product } from "../bag/product.ts";
import type { BagState } from "../bag/state.ts";
import type { Coupon, CouponState } from "../coupon/state.ts";
import { TOP_PRIZE_MAX_FEN, type Lottery, type LotteryState } from "../lottery/state.ts";
import { catalogued } from "../method/catalogue.ts";
import type { Method, MethodState } from "../ops/method.ts";
import type { PushCopy } from "../push/shapes.ts";
import type { Push, PushState } from "../push/state.ts";
import type { RewardState, Step } from "../reward/state.ts";
import type { LandingState } from "../landing/state.ts";
import { PUSH_KIND_OF, type Cell } from "../wave/shapes.ts";
import type { WaveState } from "../wave/state.ts";
import type { Finding } from "./finding.ts";
import { landingPromises, lintLanding } from "./landing.ts";
import { lintPromises } from "./promises.ts";
import { lacking, lintTexts, type Text } from "./texts.ts";

/** Reads the whole plan (CMP1–CMP4). Pure; what was found of a row is kept while the row stands. */

export type PlanRead = {
  readonly bag: BagState;
  readonly coupon: CouponState;
  readonly lottery: LotteryState;
  readonly landing: LandingState;
  readonly push: PushState;
  readonly wave: WaveState;
  readonly reward: RewardState;
  readonly method: MethodState;
};

const known = new WeakMap<object, readonly Finding[]>();

/** By row, which is replaced when it changes. */
function kept(row: object, lint: () => Finding[]): readonly Finding[] {
  const before = known.get(row);
  if (before) return before;
  const found = lint();
  known.set(row, found);
  return found;
}

/** As `kept`, by a part of the row that stays while its figures change, and the `words` that may change beside it. */
const knownBy = new WeakMap<object, { readonly words: readonly unknown[]; readonly found: readonly Finding[] }>();

function keptBy(part: object, words: readonly unknown[], lint: () => Finding[]): readonly Finding[] {
  const before = knownBy.get(part);
  if (before?.words.length === words.length && before.words.every((word, at) => word === words[at]))
    return before.found;
  const found = lint();
  knownBy.set(part, { words, found });
  return found;
}

export function lintPlan(plan: PlanRead): Finding[] {
  const { bag, coupon, lottery, landing, push, wave, reward, method } = plan;
  return [
    ...lintLanding(landing, lottery),
    ...promisesOf(plan),
    ...[...reward.steps.values()].flatMap((step) => kept(step, () => lintStep(step))),
    ...[...wave.cells.values()].flatMap((cell) => (cell.pushId === null ? kept(cell, () => lintCell(cell)) : [])),
    ...[...push.pushes.values()].flatMap((row) => (row.closed ? [] : lintPush(row))),
    ...[...lottery.lotteries.values()].flatMap((row) =>
      row.state === "planned" ? kept(row, () => lintLottery(row)) : [],
    ),
    ...[...coupon.coupons.values()].flatMap((row) => (row.state === "ended" ? [] : lintCoupon(row))),
    ...[...method.methods.values()].flatMap((row) => kept(row, () => lintMethod(row))),
    ...[...bag.products.values()].flatMap((product) => lintProduct(product)),
  ];
}

/** Coupons and prices that page, waves and pushes speak of, and that the show has not got. */
function promisesOf({ bag, coupon, landing, wave, push }: PlanRead): Finding[] {
  const had = { coupons: coupon.coupons.size, products: bag.products.size };
  if (had.coupons > 0 && had.products > 0) return [];
  return [
    ...landingPromises(landing, had),
    ...[...wave.cells.values()].flatMap((cell) =>
      cell.pushId === null
        ? lintPromises(cell, had, () => ({
            kind: "cell",
            id: cell.cellId,
            title: cell.title,
            texts: [{ field: "copy", text: cell.copy }],
          }))
        : [],
    ),
    ...[...push.pushes.values()].flatMap(({ pushId, title, copy, closed }) =>
      closed ? [] : lintPromises(copy, had, () => ({ kind: "push", id: pushId, title, texts: copyTexts(copy) })),
    ),
  ];
}

/** Of a push as it is planned: kept by its words, as the row changes with every answer of WeCom. */
export function lintPush({ pushId, title, copy }: Pick<Push, "pushId" | "title" | "copy">): readonly Finding[] {
  return kept(copy, () =>
    lintTexts({ kind: "push", id: pushId, title, h5: copy.link === "viewer", texts: copyTexts(copy) }),
  );
}

export function copyTexts({ text, card }: Pick<PushCopy, "text" | "card">): Text[] {
  const titles = card === null || card.kind === "image" ? [] : [{ field: "card.title", text: card.title }];
  return [
    { field: "text", text },
    ...titles,
    ...(card?.kind === "link" ? [{ field: "card.desc", text: card.desc }] : []),
  ];
}

function lintCell({ cellId: id, title, copy, channel }: Cell): Finding[] {
  return lintTexts({
    kind: "cell",
    id,
    title,
    h5: PUSH_KIND_OF[channel] !== undefined,
    texts: [{ field: "copy", text: copy }],
  });
}

/** A step as it is, or as somebody would have it. */
export function lintStep(step: Pick<Step, "stepId" | "title" | "rules" | "valueFen" | "carrier">): Finding[] {
  const { stepId: id, title, rules, valueFen, carrier } = step;
  const at = { kind: "reward" as const, id, title };
  const texts = [
    { field: "title", text: title },
    { field: "rules", text: rules },
  ];
  return [
    ...lintTexts({ ...at, h5: false, texts }).filter(({ rule }) => rule !== "inviteReward"),
    ...(valueFen > TOP_PRIZE_MAX_FEN ? [lacking("prizeCap", at, "valueFen", String(valueFen))] : []),
    ...(carrier !== "honour" && rules === "" ? [lacking("noRewardRules", at, "rules")] : []),
  ];
}

export function lintLottery({ lotteryId: id, title, prizes, rules, conditionText, carrier }: Lottery): Finding[] {
  const at = { kind: "lottery" as const, id, title };
  const dear = prizes.find(({ valueFen }) => valueFen > TOP_PRIZE_MAX_FEN);
  const unsaid = rules === "" && (carrier === "ownDraw" || conditionText === "");
  const texts = [
    { field: "title", text: title },
    { field: "rules", text: rules },
    { field: "conditionText", text: conditionText },
    ...prizes.map(({ name }) => ({ field: "prizes", text: name })),
  ];
  return [
    ...(dear ? [lacking("prizeCap", at, "prizes", `${dear.name} ${dear.valueFen}`)] : []),
    ...(unsaid ? [lacking("noDrawRules", at, "rules")] : []),
    ...lintTexts({ ...at, h5: carrier === "ownDraw", texts }),
  ];
}

export function lintCoupon({ couponId: id, title, rules, carrier, discount }: Coupon): readonly Finding[] {
  const texts = [
    { field: "title", text: title },
    { field: "rules", text: rules },
  ];
  // Its threshold and amount stand on the coupon: 8 折 needs no price beside it.
  return keptBy(discount, [title, rules], () =>
    lintTexts({ kind: "coupon", id, title, h5: carrier === "own", texts }).filter(({ rule }) => rule !== "priceBasis"),
  );
}

function lintMethod({ methodId: id, title, kind, carrier, chosen }: Method): Finding[] {
  if (!chosen || carrier !== "h5" || catalogued(kind)?.h5 !== "blocked") return [];
  return [lacking("h5Method", { kind: "method", id, title }, "carrier", title)];
}

const COMPARES = /原价|吊牌价|专柜价|市场价|直降|立省|半价|[1-9一二三四五六七八九](?:\.\d)?\s?折/;

export function lintProduct(product: Product): readonly Finding[] {
  const { linkNo, name, mechanism, sellingPoints, skus } = product;
  const unpriced = skus.some(({ usualFen }) => usualFen === null);
  return keptBy(sellingPoints, [linkNo, name, mechanism, unpriced], () => readProduct(product, unpriced));
}

function readProduct({ productId: id, linkNo, name, mechanism, sellingPoints }: Product, unpriced: boolean): Finding[] {
  const at = { kind: "product" as const, id, title: `${linkNo} 号 ${name}` };
  const texts = [
    { field: "name", text: name },
    { field: "mechanism", text: mechanism },
    ...sellingPoints.map((text) => ({ field: "sellingPoints", text })),
  ];
  const compared = unpriced ? texts.find(({ text }) => COMPARES.test(text)) : undefined;
  return [
    ...lintTexts({ ...at, h5: false, texts }).filter(({ rule }) => rule !== "priceBasis"),
    ...(compared ? [lacking("noOriginalPrice", at, compared.field, compared.text.slice(0, 60))] : []),
  ];
}
