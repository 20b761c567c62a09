import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { showTotals, type TotalsFilter } from "#db/queries/show-totals.ts";
import { followedDatabase } from "#tests/support/followed.ts";
import { show, START, type Show } from "#tests/support/given.ts";
import { orderOf } from "#tests/support/shopping.ts";

const followed = followedDatabase();

const DAY = 86_400_000;
const asked = (more: Partial<TotalsFilter> = {}) =>
  showTotals(followed.db, {
    roomId: "r1",
    rehearsal: false,
    sort: "startedAt",
    descending: false,
    meanOf: "paidFen",
    limit: 50,
    offset: 0,
    ...more,
  });

/** A show on day `n` with `orders` scarves sold. */
function evening(n: number, orders: number): Show {
  const played = show()
    .at(START + n * DAY)
    .live();
  for (let at = 0; at < orders; at += 1) {
    const paidAt = START + n * DAY + at * 60_000;
    const item = orderOf(`o${at}`, "S3", 1, {
      placedAt: paidAt,
      paidAt,
      status: "paid",
      personId: `v${at}`,
      traffic: "private",
    });
    played.send("order.record", item).ok();
  }
  return played.pass(3_600_000).when("session.end", {}).ok();
}

test("[FIG17] a row has the figures of the show's own view, also after a late refund, and is made again the same", async () => {
  const played = evening(0, 3);
  await followed.store("equal", played.log);
  const live = followed.follower();
  await live.catchUp();
  played.at(START + 7 * DAY);
  const refund = { refundId: "r1", at: START + 7 * DAY, fen: 5_000 };
  played.send("order.record", { orderId: "o1", sourceUpdatedAt: START + 7 * DAY, refunds: [refund] }).ok();
  await followed.store("equal", played.log);
  await live.catchUp();
  const [row] = await asked();
  const shown = Object(played.slice("review", "figures"));
  expect(row).toMatchObject({
    sessionId: "equal",
    paidFen: shown.headline.paidFen,
    orders: shown.headline.orders,
    refundedFen: shown.refunded.fen,
    netFen: shown.net.fen,
    buyers: shown.buyers.total,
    perOrderFen: shown.perOrder.value,
    watchToPay: null,
    privateShare: 1,
    durationMs: 3_600_000,
    missing: { watchToPay: shown.watchToPay.reason, gpmFen: shown.gpm.reason },
  });
  expect(row?.refundedFen).toBe(5_000);
  await followed.follower().rebuild("equal");
  expect(await asked()).toEqual([row]);
  await followed.db.execute(sql`delete from report_shows`);
});

test("shows are paged and sorted with the unknown last, and the mean goes over four shows that are over", async () => {
  const counts = [1, 2, 3, 4, 5];
  for (const n of counts) await followed.store(`day-${n}`, evening(n, n).log);
  await followed.store(
    "day-6",
    show()
      .at(START + 6 * DAY)
      .live().log,
  );
  await followed.store(
    "planned",
    show()
      .when("session.create", {
        sessionId: "s",
        roomId: "r1",
        title: "计划",
        plannedStartAt: START,
        plannedEndAt: START + 1,
      })
      .ok().log,
  );
  await followed.follower().catchUp();

  const rows = await asked();
  expect(rows.map(({ sessionId }) => sessionId)).toEqual(["day-1", "day-2", "day-3", "day-4", "day-5", "day-6"]);
  const fen = 9_900;
  expect(rows.map(({ mean }) => mean)).toEqual([fen, 1.5 * fen, 2 * fen, 2.5 * fen, 3.5 * fen, null]);
  // The period begins with the third: its mean still knows the two before.
  const later = await asked({ from: START + 3 * DAY, limit: 1, offset: 0 });
  expect(later).toMatchObject([{ sessionId: "day-3", mean: 2 * fen, total: 4 }]);
  const best = await asked({ sort: "paidFen", descending: true, limit: 2, offset: 4 });
  expect(best.map(({ sessionId }) => sessionId)).toEqual(["day-1", "day-6"]);
  expect(await asked({ rehearsal: true })).toEqual([]);
});

test("a show that never ended takes no other one's place in the mean", async () => {
  for (const n of [1, 2, 3, 5]) await followed.store(`later-${n}`, evening(20 + n, n).log);
  const running = show()
    .at(START + 24 * DAY)
    .live();
  await followed.store("later-4", running.log);
  await followed.follower().catchUp();
  const rows = await asked({ from: START + 24 * DAY });
  expect(rows.map(({ sessionId, mean }) => [sessionId, mean])).toEqual([
    ["later-4", null],
    ["later-5", ((1 + 2 + 3 + 5) / 4) * 9_900],
  ]);
});
