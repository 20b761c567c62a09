import { z } from "zod";
import { claimsOfShow } from "#db/queries/claims-of-show.ts";
import { ordersOfShow } from "#db/queries/orders-of-show.ts";
import { isAtPrice } from "#domain/order-price.ts";
import { rowsIn } from "#domain/snapshot-parts.ts";
import type { Snapshot } from "#domain/wire.ts";
import { CSV_MARK, csvLine, type CsvCell } from "../../lib/csv.ts";
import type { ApiContext } from "../context.ts";
import { Lines, localTime, orderCells, orderHeader, yuan } from "./export-cells.ts";

/** The lists that leave Kaibo as files. Each yields pieces of a CSV; none is ever whole in memory. */

export const EXPORTS = ["orders", "claims", "winners", "wrong-price"] as const;
export type ExportName = (typeof EXPORTS)[number];

export type Exporting = {
  readonly context: Pick<ApiContext, "db" | "personal">;
  readonly sessionId: string;
  readonly timeZone: string;
  /** The control view as of the request; report tables have been written at least up to it. */
  readonly view: Snapshot;
};

/** Exports that read tables of the follower, which lags a moment; the others need the view alone. */
export const readsReports: Readonly<Record<ExportName, boolean>> = {
  orders: true,
  claims: true,
  winners: false,
  "wrong-price": true,
};

export const exportOf: Readonly<Record<ExportName, (exporting: Exporting) => AsyncGenerator<string>>> = {
  orders: exportOrders,
  claims: exportClaims,
  winners: exportWinners,
  "wrong-price": exportWrongPrice,
};

function rowsOf<T>({ view }: Exporting, slice: string, schema: z.ZodType<T>): T[] {
  return rowsIn(view, slice).map((row) => schema.parse(row));
}

const lines = (rows: readonly (readonly CsvCell[])[]) => rows.map(csvLine).join("");

async function* exportOrders({ context, sessionId, timeZone }: Exporting): AsyncGenerator<string> {
  const time = localTime(timeZone);
  yield CSV_MARK + csvLine(orderHeader);
  for await (const page of ordersOfShow(context.db, sessionId))
    yield lines(page.map((order) => orderCells(order, time)));
}

const claimStates: Readonly<Record<string, string>> = {
  claimed: "已领取",
  redeemed: "已核销",
  used: "已使用",
  voided: "已作废",
};
const Titled = z.object({ couponId: z.string(), title: z.string() });

async function* exportClaims(exporting: Exporting): AsyncGenerator<string> {
  const { context, sessionId, timeZone } = exporting;
  const time = localTime(timeZone);
  const titles = new Map(rowsOf(exporting, "coupons", Titled).map(({ couponId, title }) => [couponId, title]));
  yield CSV_MARK + csvLine(["优惠券", "券码", "状态", "领取时间", "核销时间", "领取人"]);
  for await (const page of claimsOfShow(context.db, sessionId)) {
    yield lines(
      page.map(({ couponId, code, state, claimedAt, redeemedAt, personId }) => [
        titles.get(couponId) ?? couponId,
        code,
        claimStates[state] ?? state,
        time(claimedAt),
        time(redeemedAt),
        personId,
      ]),
    );
  }
}

const Draw = z.object({
  title: z.string(),
  carrier: z.string(),
  drawnAt: z.number().nullable(),
  prizes: z.array(z.object({ prizeId: z.string(), name: z.string() })),
  winners: z.array(
    z.object({
      place: z.number(),
      prizeId: z.string(),
      pseudonym: z.string().nullable(),
      personId: z.string().nullable(),
    }),
  ),
});

async function* exportWinners(exporting: Exporting): AsyncGenerator<string> {
  const { context, sessionId, timeZone } = exporting;
  const time = localTime(timeZone);
  const draws = rowsOf(exporting, "lotteries", Draw);
  const ids = draws.flatMap(({ winners }) => winners.flatMap(({ personId }) => personId ?? []));
  const { names } = await context.personal.ofIds(sessionId, ids);
  yield CSV_MARK + csvLine(["抽奖", "方式", "开奖时间", "名次", "奖品", "中奖人", "中奖人编号", "匿名号"]);
  for (const { title, carrier, drawnAt, prizes, winners } of draws) {
    const prizeNames = new Map(prizes.map(({ prizeId, name }) => [prizeId, name]));
    yield lines(
      winners.map(({ place, prizeId, pseudonym, personId }) => [
        title,
        carrier === "platformBag" ? "福袋" : "群内抽奖",
        time(drawnAt),
        place,
        prizeNames.get(prizeId) ?? prizeId,
        personId === null ? "" : (names[personId] ?? ""),
        personId,
        pseudonym,
      ]),
    );
  }
}

const Mark = z.object({
  productId: z.string(),
  skuId: z.string(),
  priceFen: z.number(),
  from: z.number(),
  to: z.number().nullable(),
});
const Product = z.object({
  productId: z.string(),
  linkNo: z.number(),
  name: z.string(),
  platformId: z.string().nullable(),
  skus: z.array(z.object({ skuId: z.string(), platformId: z.string().nullable(), name: z.string() })),
});
type Product = z.infer<typeof Product>;
type Line = z.infer<typeof Lines>[number];

/** Lines that were placed at a price marked as wrong, while it was live: whom to call (PRG). */
async function* exportWrongPrice(exporting: Exporting): AsyncGenerator<string> {
  const { context, sessionId, timeZone } = exporting;
  const time = localTime(timeZone);
  const marks = rowsOf(exporting, "wrongPrices", Mark);
  const products = new Map(rowsOf(exporting, "products", Product).map((product) => [product.productId, product]));
  yield (
    CSV_MARK +
    csvLine(["几号链接", "商品", "规格", "错价(元)", "订单号", "状态", "下单时间", "件数", "实付(元)", "买家"])
  );
  if (marks.length === 0) return;
  for await (const page of ordersOfShow(context.db, sessionId)) {
    const rows = page.flatMap((order) =>
      marks.flatMap((mark) => {
        const { placedAt } = order;
        if (placedAt === null || placedAt < mark.from || placedAt > (mark.to ?? Number.POSITIVE_INFINITY)) return [];
        const product = products.get(mark.productId);
        const caught = Lines.parse(order.lines).filter(
          (line) => isOfSku(line, mark.skuId, product) && isAtPrice(line, mark.priceFen),
        );
        const [, status] = orderCells(order, time);
        return caught.map((line): CsvCell[] => [
          product?.linkNo ?? "",
          product?.name ?? mark.productId,
          product?.skus.find(({ skuId }) => skuId === mark.skuId)?.name ?? mark.skuId,
          yuan(mark.priceFen),
          order.orderId,
          status,
          time(placedAt),
          line.units,
          yuan(line.paidFen),
          order.personId,
        ]);
      }),
    );
    yield lines(rows);
  }
}

/** Sources name a SKU by Kaibo's id, by the platform's, or, where there is only one, just its product. */
function isOfSku({ productId, skuId }: Line, wanted: string, product: Product | undefined): boolean {
  const sku = product?.skus.find((one) => one.skuId === wanted);
  if (skuId !== null) return skuId === wanted || (sku?.platformId != null && skuId === sku.platformId);
  const isProduct = productId !== null && (productId === product?.productId || productId === product?.platformId);
  return isProduct && product?.skus.length === 1;
}
