import postgres from "postgres";
import type { NewRow } from "#db/event-store-contract.ts";
import { appendArguments, openEventStore } from "#db/event-store.ts";
import { engine } from "#domain/ops/index.ts";
import { createLog } from "#server/lib/log.ts";
import { createVault } from "#server/lib/vault.ts";
import { createDirectory } from "#server/live/directory.ts";
import { noMetrics } from "#server/live/live-metrics.ts";
import { noSavedFolds } from "#server/live/saved-folds.ts";
import { startTestServer, testDatabase } from "#tests/support/pg.ts";
import type { Bench } from "./bench.ts";

const EVENTS = 40_000;
const BATCH = 200;
const START = 1_800_000_000_000;
const id = "append-show";
const operator = { id: "staff:op", grants: ["operator"] } as const;

/** The plain way to put the same rows there: batches without an owner, without rules. */
const BARE = `
  insert into session_events (session_id, seq, at, type, by, command_id, data)
  select $1::text, $3::bigint + r.n - 1, r.at, r.type, r.sender, r.command_id, r.data::jsonb
  from unnest(
    $4::text::bigint[], $5::text::text[], $6::text::text[], $7::text::text[], $8::text::text[]
  ) with ordinality as r (at, type, sender, command_id, data, n)
  where $2::bigint >= 0`;

/** Events a second through decide, group commit and apply, without HTTP. */
export const logAppend: Bench = {
  name: "log.append",
  async run(say) {
    const stopServer = await startTestServer();
    const database = await testDatabase();
    const store = openEventStore({ url: database.url, name: "bench" });
    const sql = postgres(database.url, { max: 1, fetch_types: false });
    const directory = createDirectory({
      engine,
      store,
      saved: noSavedFolds,
      node: { owner: "bench", address: "" },
      wall: Date.now,
      vault: createVault("a secret for benches that is long enough"),
      metrics: noMetrics,
      log: createLog("warn"),
      remote: null,
    });
    const send = async (by: string, type: string, input: unknown) => {
      const checked = engine.parse({ id: `${by}-${type}`, type, input });
      if (!("parsed" in checked)) throw new Error(JSON.stringify(checked.issues));
      const sender = by === "op" ? operator : ({ id: `person:${by}`, grants: ["viewer"] } as const);
      const answer = await directory.send(id, checked.parsed, sender);
      if (answer.status !== "ok") throw new Error(`${type}: ${JSON.stringify(answer)}`);
      return answer.result;
    };
    try {
      const times = { plannedStartAt: START, plannedEndAt: START + 14_400_000 };
      await send("op", "session.create", { sessionId: id, roomId: "room", title: "示例", rehearsal: true, ...times });
      const discount = { kind: "moneyOff", thresholdFen: 10_000, offFen: 1_000, productIds: null };
      const plan = { carrier: "own", title: "满 100 减 10", discount, total: 5_000_000 };
      const { couponId } = (await send("op", "coupon.plan", plan)) as { couponId: string };
      await send("op", "coupon.push", { couponId });
      const claim = (person: number) => send(`p${person}`, "coupon.claim", { couponId });
      const round = (first: number) => Promise.all(Array.from({ length: BATCH }, (_, n) => claim(first + n)));
      for (let warm = 0; warm < 20; warm += 1) await round(10_000_000 + warm * BATCH);
      say(`${EVENTS} claims, ${BATCH} at a time`);
      const startedAt = performance.now();
      for (let first = 0; first < EVENTS; first += BATCH) await round(first);
      const rate = EVENTS / ((performance.now() - startedAt) / 1_000);

      const rows: NewRow[] = [];
      for await (const events of store.read(id, { after: 20 * BATCH })) {
        rows.push(...events.map((event) => ({ ...event, json: JSON.stringify(event.data) })));
      }
      const bareAt = performance.now();
      for (let first = 0; first < EVENTS; first += BATCH) {
        const batch = rows.slice(first, first + BATCH);
        await sql.unsafe(BARE, appendArguments({ sessionId: "bare", epoch: 0 }, batch), { prepare: true });
      }
      const bare = EVENTS / ((performance.now() - bareAt) / 1_000);
      const goal = { kind: "ratioAtLeast", value: 0.6 } as const;
      return [{ name: "log.append", value: Math.round(rate), unit: "events/s", baseline: Math.round(bare), goal }];
    } finally {
      await directory.close();
      await Promise.all([store.close(), sql.end()]);
      await database.drop();
      await stopServer();
    }
  },
};
