import { onTestFinished, expect, it } from "vitest";
import { createLongShow } from "#tests/support/long-show.ts";
import { testDatabase } from "#tests/support/pg.ts";
import { openEventStore } from "./event-store.ts";
import { LogClient } from "./log-client.ts";

it("reads a page by the key and sorts nothing, also in a table that grew fast and was not analysed yet", async () => {
  const database = await testDatabase();
  const store = openEventStore({ url: database.url, name: "writer" });
  const client = new LogClient({ url: database.url, name: "reader", connectionsMax: 1, deadlineMs: 8_000 });
  onTestFinished(async () => {
    await Promise.all([store.close(), client.close()]);
    await database.drop();
  });
  await store.acquire("s1", { owner: "test", address: "" }).then(async (acquired) => {
    if (acquired.status === "held") throw new Error("held");
    const show = createLongShow("s1");
    for (let batch = 0; batch < 10; batch += 1) await store.append(acquired.lease, show.rows(1_000));
  });
  const plan = await client.run((sql) =>
    sql.unsafe<{ "QUERY PLAN": string }[]>(
      `explain select seq, data from session_events where session_id = $1::text and seq > $2::bigint order by seq limit 5000`,
      ["s1", 1_000],
    ),
  );
  const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
  expect(text).toContain("Index Scan using session_events_session_id_seq_pk");
  expect(text).not.toContain("Sort");
});
