import { randomUUID } from "node:crypto";
import { z } from "zod";
import { mappingOf } from "#domain/sheet/columns.ts";
import { PRODUCT_FIELDS, ROLE_NAMES } from "#domain/sheet/product-fields.ts";
import { readProductSheet } from "#domain/sheet/product-sheet.ts";
import { findHeader, rowsFromPaste } from "#domain/sheet/table.ts";
import { engine, type CommandInput } from "#domain/ops/index.ts";
import { rowsIn } from "#domain/snapshot-parts.ts";
import type { Snapshot } from "#domain/wire.ts";
import type { Directory } from "../live/directory-contract.ts";
import { samplePushes } from "./sample-pushes.ts";
import { sampleSheet } from "./sample-sheet.ts";
import { planSampleWarmup } from "./sample-warmup.ts";
import { planSampleReminder, planSampleWaves } from "./sample-waves.ts";
import type { ShowPort } from "./show-port.ts";

/** Plans the sample show (示例) through the same commands as a team would, from the same sheet that it may paste. */

export type SampleShow = {
  readonly sessionId: string;
  readonly roomId: string;
  readonly title: string;
  readonly rehearsal: boolean;
  readonly startAt: number;
  readonly minutes: number;
  /** Who planned it, as it stands in the log. */
  readonly by: string;
};

/** Shares of the show's length; the products by link number. */
type Plan = {
  readonly title: string;
  readonly share: number;
  readonly kind: "explain" | "coupon" | "lottery" | "talk";
  readonly link?: number;
  readonly act?: "coupon" | "lottery";
};

const CUES: readonly Plan[] = [
  { title: "开场 · 今晚三件直降", share: 1, kind: "talk" },
  { title: "轻羽绒背心 · 讲解", share: 2, kind: "explain", link: 1 },
  { title: "羊毛围巾 · 讲解", share: 2, kind: "explain", link: 2 },
  { title: "满 300 减 50 · 推券", share: 1, kind: "coupon", act: "coupon" },
  { title: "轻暖羽绒服 · 讲解", share: 4, kind: "explain", link: 3 },
  { title: "群内抽奖 · 围巾 3 份", share: 1, kind: "lottery", act: "lottery" },
  { title: "亲子套装 · 讲解", share: 2, kind: "explain", link: 5 },
  { title: "双面羊毛大衣 · 讲解", share: 3, kind: "explain", link: 4 },
  { title: "加绒卫裤 · 秒杀", share: 1, kind: "explain", link: 6 },
  { title: "保温杯 · 讲解", share: 1, kind: "explain", link: 7 },
  { title: "儿童冲锋衣 · 讲解", share: 2, kind: "explain", link: 8 },
  { title: "收尾 · 提醒付款", share: 1, kind: "talk" },
];

/** Creates the show and plans it, in the name of `by`. */
export async function planSampleShow(directory: Directory, show: SampleShow): Promise<void> {
  const { sessionId, startAt, minutes, rehearsal, roomId, title } = show;
  const port = portTo(directory, show);
  await port.send("session.create", {
    sessionId,
    roomId,
    title,
    rehearsal,
    anonymousClaims: rehearsal,
    plannedStartAt: startAt,
    plannedEndAt: startAt + minutes * 60_000,
  });
  await planSample(port, minutes);
  const ownerId = show.by.slice(show.by.indexOf(":") + 1);
  await planSampleWarmup(port);
  await planSampleWaves(port, { startAt, leadMs: Math.max(0, startAt - Date.now()), ownerId, isDone: rehearsal });
}

/** Adds what it sends, once there are groups of 示例企业 to be pushed to. */
export async function planSamplePushes(
  directory: Directory,
  show: Pick<SampleShow, "sessionId" | "by">,
): Promise<void> {
  const port = portTo(directory, show);
  await planSampleReminder(port);
  for (const push of samplePushes()) await port.send("push.plan", push);
}

function portTo(directory: Directory, { sessionId, by }: Pick<SampleShow, "sessionId" | "by">): ShowPort {
  return {
    async send(type, input) {
      const checked = engine.parse({ id: randomUUID(), type, input });
      if (!("parsed" in checked)) throw new Error(`${type}: ${JSON.stringify(checked.issues)}`);
      const answer = await directory.send(sessionId, checked.parsed, { id: by, grants: ["owner"] });
      if (answer.status !== "ok") throw new Error(`${type}: ${JSON.stringify(answer)}`);
      return answer.result;
    },
    snapshot: () => directory.snapshot(sessionId, "control"),
  };
}

/** Fills a show that was just created and lasts `minutes`. */
export async function planSample(port: ShowPort, minutes: number): Promise<void> {
  const { send } = port;
  await send("session.edit", { theme: "示例:秋冬上新,前三件直降" });
  await send("session.setTargets", {
    paidFen: minutes * 1_500_000,
    audience: 3_000,
    reservations: 500,
    orders: minutes * 40,
  });
  await send("bag.applySheet", { products: sheetProducts() });
  const { couponId } = Made.parse(
    await send("coupon.plan", {
      carrier: "own",
      title: "满 300 减 50",
      discount: { kind: "moneyOff", thresholdFen: 30_000, offFen: 5_000, productIds: null },
      total: 500,
      rules: "示例券:单笔满 300 元减 50 元,每人限领一张,本场有效。",
    }),
  );
  const { lotteryId } = Made.parse(
    await send("lottery.plan", {
      carrier: "ownDraw",
      title: "群内抽奖 · 羊毛围巾",
      rules: "示例抽奖:本场登记的观众均可参加,每人一次;开奖后三天内联系客服领取。",
      prizes: [{ name: "示例 羊毛围巾", count: 3, valueFen: 13_900 }],
      durationMs: 60_000,
    }),
  );
  await planCues(port, minutes, { couponId: couponId ?? "", lotteryId: lotteryId ?? "" });
}

const Made = z.object({ couponId: z.string().optional(), lotteryId: z.string().optional() });

async function planCues(
  port: ShowPort,
  minutes: number,
  ids: { readonly couponId: string; readonly lotteryId: string },
): Promise<void> {
  const byLink = productIds(await port.snapshot());
  const shares = CUES.reduce((sum, { share }) => sum + share, 0);
  const cues = CUES.map(({ title, share, kind, link, act }): CommandInput<"rundown.setCues">["cues"][number] => {
    const productId = link === undefined ? undefined : byLink.get(link);
    const acts: CommandInput<"rundown.setCues">["cues"][number]["acts"] = [];
    if (productId !== undefined) acts.push({ type: "explain", productId }, { type: "openSale", productId });
    if (act === "coupon") acts.push({ type: "couponPush", couponId: ids.couponId });
    if (act === "lottery") acts.push({ type: "lotteryOpen", lotteryId: ids.lotteryId });
    if (kind === "talk") acts.push({ type: "message", to: "host", text: "示例提示:先报今晚的三件直降" });
    return {
      kind,
      title,
      productId: productId ?? null,
      plannedMs: Math.round((share / shares) * minutes * 55_000),
      acts,
    };
  });
  await port.send("rundown.setCues", { cues });
}

function productIds(snapshot: Snapshot): Map<number, string> {
  const Row = z.object({ productId: z.string(), linkNo: z.number() });
  const rows = rowsIn(snapshot, "products").map((row) => Row.parse(row));
  return new Map(rows.map(({ linkNo, productId }) => [linkNo, productId]));
}

function sheetProducts(): CommandInput<"bag.applySheet">["products"] {
  const rows = rowsFromPaste(sampleSheet());
  const header = findHeader(rows, PRODUCT_FIELDS, {});
  if (!header) throw new Error("the sample sheet has no header");
  const { products, errors } = readProductSheet(rows, {
    headerRow: header.row,
    mapping: mappingOf(header.columns),
    roles: ROLE_NAMES,
  });
  if (errors.length > 0) throw new Error(`the sample sheet has errors: ${JSON.stringify(errors)}`);
  return products.map((product) => ({
    ...product,
    sellingPoints: [...product.sellingPoints],
    skus: [...product.skus],
  }));
}
