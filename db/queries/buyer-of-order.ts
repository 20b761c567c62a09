import { and, eq, inArray, isNotNull } from "drizzle-orm";
import type { Database } from "../client.ts";
import { reportOrders } from "../schema/reports.ts";
import { shows } from "../schema/shows.ts";

/** Who placed an order, as far as its source told; of shows of these rooms alone (`null`: of all). Two shows may know one order. */
export async function buyerOfOrder(
  db: Database,
  orderId: string,
  roomIds: readonly string[] | null,
): Promise<string | null> {
  const [row] = await db
    .select({ personId: reportOrders.personId })
    .from(reportOrders)
    .innerJoin(shows, eq(shows.id, reportOrders.sessionId))
    .where(
      and(
        eq(reportOrders.orderId, orderId),
        isNotNull(reportOrders.personId),
        roomIds === null ? undefined : inArray(shows.roomId, [...roomIds]),
      ),
    )
    .limit(1);
  return row?.personId ?? null;
}
