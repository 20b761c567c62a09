import { and, asc, eq, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { reportOrders } from "../schema/reports.ts";

export type OrderRow = typeof reportOrders.$inferSelect;

const PAGE_ROWS = 2_000;

/** All orders of a show by the time they were placed, in pages, so that a long list never stands in memory at once. */
export async function* ordersOfShow(db: Database, sessionId: string): AsyncGenerator<OrderRow[]> {
  let after: { placedAt: number; orderId: string } | undefined;
  for (;;) {
    // Orders of which only a refund is known have no time; they come first.
    const placedAt = sql`coalesce(${reportOrders.placedAt}, 0)`;
    const page = await db
      .select()
      .from(reportOrders)
      .where(
        and(
          eq(reportOrders.sessionId, sessionId),
          after && sql`(${placedAt}, ${reportOrders.orderId}) > (${after.placedAt}, ${after.orderId})`,
        ),
      )
      .orderBy(placedAt, asc(reportOrders.orderId))
      .limit(PAGE_ROWS);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = { placedAt: last.placedAt ?? 0, orderId: last.orderId };
  }
}
