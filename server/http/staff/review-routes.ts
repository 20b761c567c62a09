import { z } from "zod";
import { enterShow, requireSight, type ApiContext, type ApiInstance } from "../context.ts";
import { requireSharedPast, sharedNames, sharedPastAgedMs } from "../share-view.ts";
import { At, failures, IdParams } from "../shapes.ts";

/** The whole log is read once after each change. */
const PASS_MS = 60_000;

const Part = z.object({ orders: z.int(), units: z.int(), fen: z.int() });
const Totals = z.object({
  placed: Part,
  paid: Part,
  cancelled: Part,
  refunded: Part,
  fullRefunds: z.int(),
  buyers: z.int(),
});
const Standing = z
  .object({ at: At, totals: Totals, later: z.object({ reported: Totals, imported: Totals }) })
  .nullable();
const StockOut = z.object({
  productId: z.string(),
  skuId: z.string(),
  from: At,
  to: At.nullable(),
  lastedMs: z.number(),
  pool: z.int(),
  unitsBefore: z.int(),
});
const PriceSpan = z.object({
  productId: z.string(),
  skuIds: z.array(z.string()).readonly(),
  fen: z.int(),
  plannedLowFen: z.int(),
  plannedHighFen: z.int(),
  from: At,
  to: At.nullable(),
  by: z.string(),
  isSeen: z.boolean(),
  reason: z.string(),
  placed: Part,
  atPrice: Part,
});
const CouponOrders = Part.extend({ couponId: z.string(), refundedFen: z.int() });
const Deed = z.object({
  seq: z.int(),
  at: At,
  by: z.string(),
  kind: z.enum(["stopped", "disarmed", "held", "released", "undone"]),
  reason: z.string().nullable(),
  of: z.object({ at: At, by: z.string(), type: z.string(), data: z.unknown() }).nullable(),
});

/** What the review of a whole show needs beside its view. */
export function serveReview(app: ApiInstance, context: ApiContext): void {
  app.get(
    "/api/v1/sessions/:id/history",
    {
      handlerTimeout: PASS_MS,
      schema: {
        tags: ["shows"],
        summary: "The whole show: stock that ran out, prices off the plan, what was held, changes after the night",
        description:
          "`standings`: the totals that were known one hour (`night`), one day and seven days after the end, and at the settlement; `later` is what was reported or imported since, so that each adds up to `now`.",
        params: IdParams,
        response: {
          200: z.object({
            seq: z.int(),
            at: At,
            stockOuts: z.array(StockOut).readonly(),
            prices: z.array(PriceSpan).readonly(),
            deeds: z.array(Deed).readonly(),
            coupons: z.array(CouponOrders).readonly(),
            standings: z
              .object({ night: Standing, day: Standing, week: Standing, settled: Standing, now: Totals })
              .nullable(),
            names: z.record(z.string(), z.string()),
          }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const entry = await enterShow(request, id, context);
      requireSight(entry, "review");
      requireSharedPast(entry.principal);
      const { seq } = await context.directory.snapshot(id, "review");
      const history = await context.histories.of(id, seq, sharedPastAgedMs(entry.principal));
      const personalia = await context.personal.ofView(entry.place, history);
      const { names } = sharedNames(entry.principal, personalia);
      void reply.header("cache-control", "no-store");
      return { ...history, names };
    },
  );
}
