import { z } from "zod";
import { SHEET_SKUS_MAX } from "#domain/plan-limits.ts";
import { PlannedProduct } from "#domain/bag/product.ts";
import { CouponPlan } from "#domain/coupon/state.ts";
import { withNewIds } from "#domain/copied-cues.ts";
import { CueText } from "#domain/cue.ts";
import { LotteryPlan, type Condition } from "#domain/lottery/state.ts";
import { isLessonLine } from "#domain/lesson-line.ts";
import type { Json } from "#domain/op.ts";
import { Shift, Targets } from "#domain/ops/session.ts";
import { PushPlan, type PushWhen } from "#domain/push/shapes.ts";
import { Id } from "#domain/units.ts";
import { type Copy, learn, read, shiftOf, type ShowSlices } from "./copy-reading.ts";
import { copyLanding, copyMethods, copyQuietHours, copyRewards, copySources, copyWaves } from "./copy-warmup.ts";

/** The parts of a plan that a copy takes over, in the order in which one refers to another. */

export type CopyPart = (copy: Copy) => Promise<void>;

export const copyParts: readonly CopyPart[] = [
  copyBasics,
  copyProducts,
  copyCoupons,
  copyLotteries,
  copyCues,
  copyPresets,
  copyKeywords,
  copyPads,
  copyCheckLines,
  copySources,
  copyRewards,
  copyMethods,
  copyLanding,
  copyWaves,
  copyPushes,
  copyQuietHours,
];

const Session = z.object({ theme: z.string(), plannedStartAt: z.number(), targets: Targets });
const PlacedProduct = PlannedProduct.extend({ position: z.int() });
export type PlacedProduct = z.infer<typeof PlacedProduct>;

async function copyBasics(copy: Copy): Promise<void> {
  const session = read(copy.source, "session", Session);
  if (!session) return;
  const by = shiftOf(copy);
  const shifts = (read(copy.source, "shifts", z.array(Shift)) ?? []).map((shift, at) => ({
    ...shift,
    shiftId: copy.freshId("shift", String(at)),
    from: shift.from + by,
    to: shift.to + by,
  }));
  if (copy.plan.theme === "" && session.theme !== "") await copy.send("session.edit", { theme: session.theme });
  await copy.send("session.setTargets", session.targets);
  await copy.send("session.setShifts", { shifts });
}

/** As a sheet: link numbers stay, what happened with the products does not. */
async function copyProducts(copy: Copy): Promise<void> {
  const products = productsIn(copy.source);
  for (const sheet of inSheets(products)) await copy.send("bag.applySheet", { products: sheet.map(sheetRow) });
  const made = new Map(productsIn(await copy.target()).map((product) => [product.linkNo, product]));
  for (const product of products) {
    const now = made.get(product.linkNo);
    if (!now) continue;
    copy.newIds.set(product.productId, now.productId);
    for (const [at, sku] of product.skus.entries()) {
      const same = now.skus[at];
      if (same) copy.newIds.set(sku.skuId, same.skuId);
    }
  }
  const productIds = products.flatMap(({ productId }) => copy.newIds.get(productId) ?? []);
  if (productIds.length > 1) await copy.send("bag.reorder", { productIds });
}

export function productsIn(slices: ShowSlices): PlacedProduct[] {
  const products = read(slices, "products", z.array(PlacedProduct)) ?? [];
  return products.toSorted((a, b) => a.position - b.position);
}

function inSheets(products: readonly PlacedProduct[]): PlacedProduct[][] {
  const sheets: PlacedProduct[][] = [];
  let skus = Number.POSITIVE_INFINITY;
  for (const product of products) {
    if (skus + product.skus.length > SHEET_SKUS_MAX) {
      sheets.push([]);
      skus = 0;
    }
    sheets.at(-1)?.push(product);
    skus += product.skus.length;
  }
  return sheets;
}

function sheetRow({ productId: _id, position: _position, skus, ...product }: PlacedProduct): Json {
  return {
    ...filled(product),
    skus: skus.map(({ skuId: _skuId, plannedFen, plannedSellable, plannedPool, ...sku }) => ({
      ...filled(sku),
      liveFen: plannedFen,
      sellable: plannedSellable,
      pool: plannedPool,
    })),
  };
}

/** A cell that is empty is not in a sheet. */
function filled(fields: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

async function copyCoupons(copy: Copy): Promise<void> {
  const by = shiftOf(copy);
  const shifted = (at: number | null) => (at === null ? null : at + by);
  for (const { couponId, ...plan } of read(copy.source, "coupons", z.array(CouponPlan.extend({ couponId: Id }))) ??
    []) {
    const { discount, claimFrom, claimTo, useUntil } = plan;
    const productIds = discount.productIds?.flatMap((id) => copy.newIds.get(id) ?? []) ?? null;
    // A coupon for products that were not copied would be one for all products.
    if (productIds?.length === 0) continue;
    const result = await copy.send("coupon.plan", {
      ...plan,
      discount: { ...discount, productIds },
      claimFrom: shifted(claimFrom),
      claimTo: shifted(claimTo),
      useUntil: shifted(useUntil),
    });
    learn(copy, couponId, result, "couponId");
  }
}

async function copyLotteries(copy: Copy): Promise<void> {
  const plans = read(copy.source, "lotteries", z.array(LotteryPlan.extend({ lotteryId: Id }))) ?? [];
  for (const { lotteryId, prizes, conditions, ...plan } of plans) {
    const mapped = conditions.flatMap((condition): Condition[] => {
      if (condition.kind !== "ownCouponClaimed") return [condition];
      const couponId = copy.newIds.get(condition.couponId);
      return couponId === undefined ? [] : [{ ...condition, couponId }];
    });
    const fresh = prizes.map(({ prizeId: _prizeId, ...prize }) => prize);
    const result = await copy.send("lottery.plan", { ...plan, prizes: fresh, conditions: mapped });
    learn(copy, lotteryId, result, "lotteryId");
  }
}

const PastCue = CueText.extend({ cueId: Id, round: z.int(), addedLive: z.boolean() });

/** What was planned: neither what was put in during the show, nor what was brought back. */
async function copyCues(copy: Copy): Promise<void> {
  const cues = new Map((read(copy.source, "cues", z.array(PastCue)) ?? []).map((cue) => [cue.cueId, cue]));
  const { order } = read(copy.source, "cueOrder", z.object({ order: z.array(Id) })) ?? { order: [] };
  const planned = order.flatMap((cueId) => {
    const cue = cues.get(cueId);
    return cue && !cue.addedLive && cue.round === 1 ? [cue] : [];
  });
  if (planned.length === 0) return;
  await copy.send("rundown.setCues", {
    cues: planned.map(({ kind, title, productId, plannedMs, acts, note }) => ({
      kind,
      title,
      productId: productId === null ? null : (copy.newIds.get(productId) ?? null),
      plannedMs,
      acts: acts.flatMap((act) => withNewIds(act, copy.newIds) ?? []),
      note,
    })),
  });
}

async function copyPresets(copy: Copy): Promise<void> {
  const found = read(copy.source, "messagePresets", z.object({ presets: z.array(z.json()) }));
  if (found && found.presets.length > 0) await copy.send("message.setPresets", { presets: found.presets });
}

async function copyKeywords(copy: Copy): Promise<void> {
  const found = read(copy.source, "keywords", z.array(z.object({ word: z.string() })));
  if (found) await copy.send("comment.setKeywords", { keywords: found.map(({ word }) => word) });
}

async function copyPads(copy: Copy): Promise<void> {
  const found = read(copy.source, "tally", z.array(z.object({ tallyId: z.string(), label: z.string() })));
  if (found) await copy.send("tally.setPads", { pads: found });
}

const Line = z.object({
  lineId: z.string(),
  list: z.string(),
  text: z.string(),
  ownerId: z.string().nullable(),
  dueAt: z.number().nullable(),
  position: z.int(),
});

async function copyCheckLines(copy: Copy): Promise<void> {
  const by = shiftOf(copy);
  // Lines of lessons come with the lessons, which may have been retired since.
  const lines = (read(copy.source, "checkLines", z.array(Line)) ?? [])
    .filter(({ lineId }) => !isLessonLine(lineId))
    .toSorted((a, b) => a.position - b.position);
  for (const list of new Set(lines.map((line) => line.list))) {
    const own = lines.filter((line) => line.list === list);
    await copy.send("check.setLines", {
      list,
      lines: own.map(({ text, ownerId, dueAt }) => ({ text, ownerId, dueAt: dueAt === null ? null : dueAt + by })),
    });
  }
}

const PlannedPush = PushPlan.extend({ pushId: Id, cellId: Id.optional() });

/** As they were planned, at the same distance from the start. They wait: last week's words go to nobody before somebody has read them. */
async function copyPushes(copy: Copy): Promise<void> {
  const by = shiftOf(copy);
  const newId = (id: string | null) => (id === null ? null : (copy.newIds.get(id) ?? null));
  for (const { pushId: _pushId, when, useBy, about, corpId: _corpId, cellId, ...plan } of read(
    copy.source,
    "pushes",
    z.array(PlannedPush),
  ) ?? []) {
    const newCell = newId(cellId ?? null);
    await copy.send("push.plan", {
      ...plan,
      ...(newCell === null ? {} : { cellId: newCell }),
      when: movedWhen(when, by, newId),
      useBy: useBy === null ? null : useBy + by,
      about: {
        productId: newId(about.productId),
        couponId: newId(about.couponId),
        lotteryId: newId(about.lotteryId),
      },
      copied: true,
    });
  }
}

/** A push that followed something that was not copied follows any of its kind. */
function movedWhen(when: PushWhen, by: number, newId: (id: string | null) => string | null): Json {
  if (when.by === "time") return { ...when, at: when.at + by };
  return when.by === "event" ? { ...when, subjectId: newId(when.subjectId) } : when;
}
