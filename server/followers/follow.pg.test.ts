import { expect, test } from "vitest";
import { sql } from "drizzle-orm";
import type { StoredEvent } from "#domain/event.ts";
import { engine } from "#domain/ops/index.ts";
import { instant } from "#domain/units.ts";
import { followedDatabase } from "#tests/support/followed.ts";
import { ordersProjection } from "./orders-projection.ts";
import type { Projection } from "./projection.ts";

const followed = followedDatabase();

const follower = () => followed.follower([ordersProjection]);
const T0 = 1_790_000_000_000;

/** Runs order reports through the real rules and stores their events as a writer does. */
async function record(sessionId: string, items: readonly object[]): Promise<void> {
  const state = engine.initial();
  const events: StoredEvent[] = [];
  items.forEach((input, index) => {
    const checked = engine.parse({ id: `c${index}`, type: "order.record", input });
    if (!("parsed" in checked)) throw new Error(JSON.stringify(checked));
    const ctx = {
      now: instant(T0 + index),
      realNow: instant(T0 + index),
      by: "program:test",
      commandId: `c${index}`,
      newId: () => `id${index}`,
      randomBytes: (count: number) => new Uint8Array(count),
      seal: () => "",
      open: () => new Uint8Array(),
    };
    events.push(...engine.execute(state, checked.parsed, ctx).events);
  });
  await followed.store(sessionId, events);
}

const placed = (orderId: string, paidFen: number) => ({
  orderId,
  sourceUpdatedAt: T0 + 10,
  status: "placed",
  placedAt: T0 + 10,
  lines: [{ lineId: "1", productId: "p1", skuId: "s1", units: 1, paidFen }],
});
const paid = (orderId: string) => ({ orderId, sourceUpdatedAt: T0 + 20, status: "paid", paidAt: T0 + 20 });
const rows = (sessionId: string) =>
  followed.db.execute(
    sql`select order_id, status, paid_fen::int, refunded_fen::int from report_orders where session_id = ${sessionId} order by order_id`,
  );

test("tables follow the log, and following again changes nothing", async () => {
  await record("show-1", [placed("o1", 100), placed("o2", 250)]);
  expect(await follower().catchUp()).toBe(2);
  await record("show-1", [placed("o1", 100), placed("o2", 250), paid("o1")]);

  const late = follower();
  expect(await late.catchUp()).toBe(1);
  expect(await late.catchUp()).toBe(0);
  expect([...(await rows("show-1"))]).toEqual([
    { order_id: "o1", status: "paid", paid_fen: 100, refunded_fen: 0 },
    { order_id: "o2", status: "placed", paid_fen: 250, refunded_fen: 0 },
  ]);
});

test("rows made again from the log are the same, and rows that are not in the log go", async () => {
  await record("show-2", [placed("o1", 100), paid("o1")]);
  await follower().catchUp();
  const before = [...(await rows("show-2"))];
  await followed.db.execute(
    sql`insert into report_orders select 'show-2', 'forged', status, placed_at, paid_at, cancelled_at, person_id, buyer, traffic, entry,
        paid_fen, discount_fen, freight_fen, refunded_fen, units, lines, refunds, coupon_codes from report_orders where session_id = 'show-2'`,
  );

  await follower().rebuild("show-2");

  expect([...(await rows("show-2"))]).toEqual(before);
});

test("a follower that was overtaken writes nothing and lets go", async () => {
  await record("show-3", [placed("o1", 100)]);
  const slow = follower();
  await slow.catchUp();
  await record("show-3", [placed("o1", 100), paid("o1")]);
  await followed.db.execute(sql`update follower_checkpoints set seq = 2 where session_id = 'show-3'`);
  await record("show-3", [placed("o1", 100), paid("o1"), placed("o2", 5)]);

  // It holds the state of seq 1 and is told of a checkpoint at 2: it folds anew and goes on from there.
  expect(await slow.catchUp()).toBe(1);
});

test("a show that can't be followed does not hold up the others", async () => {
  await record("a-bad", [placed("o1", 100)]);
  await record("z-good", [placed("o1", 700)]);
  const breaks: Projection = {
    name: "breaks",
    write: (_tx, { sessionId }) => (sessionId === "a-bad" ? Promise.reject(new Error("a bug")) : Promise.resolve()),
    clear: () => Promise.resolve(),
  };
  const one = followed.follower([breaks, ordersProjection]);
  await expect(one.catchUp()).rejects.toThrow(/a-bad/);
  expect(await one.catchUp()).toBe(1);
  expect(await rows("z-good")).toHaveLength(1);
  expect(await rows("a-bad")).toHaveLength(0);
});
