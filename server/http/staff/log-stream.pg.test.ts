import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openEventLogReader, type EventLogReader } from "#db/event-log-reader.ts";
import { openEventStore } from "#db/event-store.ts";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";
import { fillLog } from "#tests/support/fill-log.ts";
import { startRelay, type Relay } from "#tests/support/relay.ts";

/** A log of several pages, read over a wire that can be taken away. */
const EVENTS = 23_000;
let api: TestApi;
let wire: Relay;
let url = "";
let cookie = "";
let sessionId = "";
/** Runs before a page behind this seq is read. */
let before: { seq: number; act: () => Promise<void> } | null = null;
let reader: EventLogReader | undefined;
let databaseUrl = "";

beforeAll(async () => {
  api = await testApi({
    eventLog(own) {
      databaseUrl = own;
      return {
        async read(id, range, onChunk) {
          if (before && range.after >= before.seq) await before.act();
          await reader?.read(id, range, onChunk);
        },
        close: () => Promise.resolve(),
      };
    },
  });
  wire = await startRelay(databaseUrl);
  reader = openEventLogReader(wire.url, "log-test");
  await api.addPerson("boss", { owner: true });
  cookie = await api.signIn("boss");
  const made = await api.app.inject({
    method: "POST",
    url: "/api/v1/sessions",
    headers: { origin: ORIGIN, cookie },
    payload: { roomId: api.roomId, title: "示例", plannedStartAt: 1, plannedEndAt: 2 },
  });
  sessionId = z.object({ id: z.string() }).parse(made.json()).id;
  const store = openEventStore({ url: databaseUrl, name: "fill" });
  await fillLog(store, sessionId, EVENTS);
  await store.close();
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await reader?.close();
  await wire.close();
  await api.stop();
});

const Line = z.union([
  z.object({ end: z.literal(true), seq: z.int(), more: z.boolean() }),
  z.object({ seq: z.int(), type: z.string() }),
]);

/** What a client has in hand at the end, and whether its connection told it of a cut. */
async function ask(query: string) {
  const answer = await fetch(`${url}/api/v1/sessions/${sessionId}/events?${query}`, { headers: { cookie } });
  let text = "";
  let cut = false;
  try {
    const decoder = new TextDecoder();
    for await (const bytes of answer.body ?? []) text += decoder.decode(bytes, { stream: true });
  } catch {
    cut = true;
  }
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const lines = whole.split("\n").filter(Boolean);
  const told = answer.ok ? lines.map((line) => Line.parse(JSON.parse(line))) : [];
  return { status: answer.status, cut, lines: told, end: told.find((line) => "end" in line) };
}

describe("the log in many pages", () => {
  it("ends with a line that says so, and how far it came", async () => {
    const all = await ask(`limit=1000000`);
    expect(all).toMatchObject({ status: 200, cut: false, end: { seq: EVENTS, more: false } });
    expect(all.lines).toHaveLength(EVENTS + 1);
    expect(await ask("limit=7000")).toMatchObject({ end: { seq: 7_000, more: true } });
    expect(await ask("after=22999&limit=5")).toMatchObject({ end: { seq: EVENTS, more: false } });
    expect(await ask("after=30000")).toMatchObject({ status: 200, end: { seq: 30_000, more: false } });
  });

  it("shows a cut for what it is when the database goes away in between, and can be gone on with", async () => {
    before = { seq: 10_000, act: () => wire.goAway() };
    const first = await ask("limit=1000000");
    expect(first).toMatchObject({ status: 200, cut: true, end: undefined });
    const last = first.lines.at(-1)?.seq ?? 0;
    before = null;
    expect(await ask(`after=${last}&limit=1000000`)).toMatchObject({ status: 503 });
    await wire.resume();
    await expect.poll(async () => (await ask(`after=${last}&limit=1`)).status, { timeout: 10_000 }).toBe(200);
    const rest = await ask(`after=${last}&limit=1000000`);
    expect(rest).toMatchObject({ status: 200, cut: false, end: { seq: EVENTS, more: false } });
    const seqs = [...first.lines, ...rest.lines.slice(0, -1)].map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: EVENTS }, (_, index) => index + 1));
  });
});
