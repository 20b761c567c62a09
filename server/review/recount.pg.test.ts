import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { openEventLogReader, type EventLogReader } from "#db/event-log-reader.ts";
import { engine } from "#domain/ops/index.ts";
import { dice, type Dice } from "#tests/support/dice.ts";
import { show, START, type Show } from "#tests/support/given.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { storeLog } from "#tests/support/store-log.ts";
import { createFollower } from "../followers/follow.ts";
import { projections } from "../followers/projections.ts";
import { createSeek } from "../replay/seek.ts";
import { createHistories, type Histories } from "./history.ts";

/** The review's totals against the orders counted again by SQL alone: from the report tables, and from the log's own rows. */

let database: TestDatabase;
let client: DatabaseClient;
let reader: EventLogReader;
let histories: Histories;

beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase({ url: database.url, name: "test", connectionsMax: 2 });
  reader = openEventLogReader(database.url, "test");
  histories = createHistories(database.url);
});
afterAll(async () => {
  await Promise.all([client.close(), reader.close(), histories.close()]);
  await database.drop();
});

const SESSION = "s_recount";
const HOUR = 3_600_000;

type Sums = Record<
  | "placedFen"
  | "placed"
  | "paidFen"
  | "paid"
  | "cancelledFen"
  | "cancelled"
  | "refundedFen"
  | "full"
  | "buyers"
  | "units",
  number
>;

/** As the orders stand in the report table. */
async function fromTable(): Promise<unknown> {
  const [row] = await client.db.execute(sql`
    select
      coalesce(sum(paid_fen + freight_fen) filter (where placed_at is not null), 0)::int as "placedFen",
      count(*) filter (where placed_at is not null)::int as placed,
      coalesce(sum(paid_fen + freight_fen) filter (where paid_at is not null), 0)::int as "paidFen",
      count(*) filter (where paid_at is not null)::int as paid,
      coalesce(sum(paid_fen + freight_fen) filter (where cancelled_at is not null), 0)::int as "cancelledFen",
      count(*) filter (where cancelled_at is not null)::int as cancelled,
      coalesce(sum(counted_refund_fen), 0)::int as "refundedFen",
      count(*) filter (where paid_at is not null and counted_refund_fen > 0 and counted_refund_fen = paid_fen + freight_fen)::int as "full",
      count(distinct person_id) filter (where paid_at is not null)::int as buyers,
      coalesce(sum(units) filter (where paid_at is not null), 0)::int as units
    from report_orders where session_id = ${SESSION}`);
  return row;
}

/** As the log's rows say, up to a time: every posting of every report, added up. */
async function fromLog(until: number): Promise<unknown> {
  const [row] = await client.db.execute(sql`
    with postings as (
      select p->>'kind' as kind, (p->>'fen')::bigint + (p->>'freightFen')::bigint as fen, (p->>'orders')::int as orders,
        (p->>'units')::int as units, (p->>'fullRefunds')::int as full_refunds, (p->>'buyers')::int as buyers
      from session_events, jsonb_array_elements(data->'postings') p
      where session_id = ${SESSION} and type = 'order.recorded.v1' and at <= ${until}
    )
    select
      coalesce(sum(fen) filter (where kind = 'placed'), 0)::int as "placedFen",
      coalesce(sum(orders) filter (where kind = 'placed'), 0)::int as placed,
      coalesce(sum(fen) filter (where kind = 'paid'), 0)::int as "paidFen",
      coalesce(sum(orders) filter (where kind = 'paid'), 0)::int as paid,
      coalesce(sum(fen) filter (where kind = 'cancelled'), 0)::int as "cancelledFen",
      coalesce(sum(orders) filter (where kind = 'cancelled'), 0)::int as cancelled,
      coalesce(sum(fen) filter (where kind = 'refunded'), 0)::int as "refundedFen",
      coalesce(sum(full_refunds), 0)::int as "full",
      coalesce(sum(buyers), 0)::int as buyers,
      coalesce(sum(units) filter (where kind = 'paid'), 0)::int as units
    from postings`);
  return row;
}

type Amount = { readonly fen: number; readonly orders: number; readonly units: number };
type Shown = { placed: Amount; paid: Amount; cancelled: Amount; refunded: Amount };
const sumsOf = ({ placed, paid, cancelled, refunded }: Shown, full: number, buyers: number): Sums => ({
  placedFen: placed.fen,
  placed: placed.orders,
  paidFen: paid.fen,
  paid: paid.orders,
  cancelledFen: cancelled.fen,
  cancelled: cancelled.orders,
  refundedFen: refunded.fen,
  full,
  buyers,
  units: paid.units,
});

type Figures = Shown & { readonly net: Amount; readonly buyers: { readonly total: number } };
/** The slice as the review shows it, from the log in the database. */
async function fromView(at: number): Promise<Sums> {
  const view = await createSeek(engine, reader).viewAt(SESSION, "review", at);
  const slice = view?.slices["figures"];
  if (slice?.kind !== "value") throw new Error("the review has no figures");
  const figures = slice.value as unknown as Figures;
  // Net orders are less only those refunded in full.
  return sumsOf(figures, figures.paid.orders - figures.net.orders, figures.buyers.total);
}

let updated = START;
function report(played: Show, random: Dice, by: string): void {
  updated += 1;
  const n = random.below(300);
  const lines = Array.from({ length: 1 + random.below(3) }, (_none, index) => ({
    lineId: `${index}`,
    productId: `P${random.below(20)}`,
    skuId: `S${random.below(60)}`,
    units: 1 + random.below(3),
    paidFen: random.below(100_000),
    discountFen: random.below(500),
  }));
  const status = (["placed", "paid", "paid", "paid", "cancelled"] as const)[random.below(5)] ?? "paid";
  const kinds = [
    {
      status,
      placedAt: played.now - 1_000,
      lines,
      freightFen: random.below(3) * 600,
      personId: `v${random.below(80)}`,
    },
    { status: "paid", paidAt: played.now },
    { status: "cancelled", cancelledAt: played.now },
    { refunds: [{ refundId: `r${random.below(4)}`, at: played.now, fen: random.below(120_000) }] },
  ];
  const item = kinds[random.below(kinds.length)] ?? {};
  played.send("order.record", { orderId: `o${n}`, sourceUpdatedAt: updated, ...item }, { by }).ok();
}

async function compared(played: Show): Promise<Sums> {
  await storeLog(client.db, SESSION, played.log);
  await createFollower({ engine, reader, db: client.db, projections }).catchUp();
  const shown = await fromView(played.now);
  expect(await fromTable()).toEqual(shown);
  expect(await fromLog(played.now)).toEqual(shown);
  return shown;
}

it("[HIS5] totals of the review are those of SQL to the fen, in the show, after refunds, cancellations and imports, and as known at night", async () => {
  const random = dice(42);
  const played = show().live();
  const some = (count: number, by: string, gapMs: number) => {
    for (let n = 0; n < count; n += 1) report(played.pass(gapMs), random, by);
  };
  some(500, "program:shop", 2_000);
  const inShow = await compared(played);
  expect(inShow.refundedFen).toBeGreaterThan(0);
  const endedAt = played.when("session.end", {}).ok().now;
  some(150, "program:shop", 5 * 60_000);
  await compared(played);
  played.when("settlement.settle", {}).ok();
  some(150, "staff:ann", 30 * 60_000);
  const now = await compared(played);

  const { standings } = await histories.of(SESSION, played.state.seq);
  if (!standings) throw new Error("no standings of a show that is over");
  expect(sumsOf(standings.now, standings.now.fullRefunds, standings.now.buyers)).toEqual(now);
  for (const standing of [standings.night, standings.day]) {
    if (!standing) throw new Error("a standing is missing");
    const { at, totals } = standing;
    expect(at).toBeGreaterThan(endedAt);
    const then = sumsOf(totals, totals.fullRefunds, totals.buyers);
    expect(await fromLog(at)).toEqual(then);
    expect(await fromView(at)).toEqual(then);
  }
  expect(standings.night?.at).toBe(endedAt + HOUR);
  expect(standings.settled?.later.reported.paid.fen).toBe(0);
  expect(standings.settled?.later.imported.paid.fen).not.toBe(0);
});
