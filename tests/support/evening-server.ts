import { openEventLogReader } from "#db/event-log-reader.ts";
import { openEventStore } from "#db/event-store.ts";
import { engine } from "#domain/ops/index.ts";
import { eveningRows } from "./evening.ts";
import { startTestServer, testDatabase } from "./pg.ts";
import { startServer, type ServerOptions } from "./server.ts";

/** A Kaibo of its own whose only show is a whole evening, written into the log while it was away. */
export type EveningServer = { readonly url: string; readonly sessionId: string; stop(): Promise<void> };

export type EveningServerOptions = {
  readonly events: number;
  readonly hours: number;
  readonly env: Record<string, string> & { readonly KAIBO_ADMIN_PASSWORD: string };
};

const HOUR_MS = 3_600_000;

export async function eveningLog({ events, hours, env }: EveningServerOptions): Promise<EveningServer> {
  const stopPostgres = await startTestServer();
  const database = await testDatabase();
  const options: ServerOptions = { env: { ...env, DATABASE_URL: database.url } };
  const first = await startServer(options);
  // A log's time never runs back: the evening lies ahead of its creation.
  const startAt = Math.ceil(Date.now() / 60_000) * 60_000 + HOUR_MS;
  const sessionId = await createShow(first.url, env.KAIBO_ADMIN_PASSWORD, {
    startAt,
    endAt: startAt + hours * HOUR_MS,
  });
  await first.stop();
  await writeEvening(database.url, { sessionId, events, startAt, lengthMs: hours * HOUR_MS });
  const server = await startServer(options);
  return {
    url: server.url,
    sessionId,
    async stop() {
      await server.stop();
      await database.drop();
      await stopPostgres();
    },
  };
}

async function createShow(
  origin: string,
  password: string,
  times: { startAt: number; endAt: number },
): Promise<string> {
  const json = { "content-type": "application/json", origin };
  const body = JSON.stringify({ username: "owner", password });
  const signedIn = await fetch(`${origin}/api/auth/sign-in/username`, { method: "POST", headers: json, body });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";", 1)[0])
    .join("; ");
  const headers = { ...json, cookie };
  const { rooms } = Object(await (await fetch(`${origin}/api/v1/rooms`, { headers })).json());
  const show = {
    roomId: rooms[0].id,
    title: "示例 · 四小时",
    theme: "",
    plannedStartAt: times.startAt,
    plannedEndAt: times.endAt,
    rehearsal: true,
    anonymousClaims: true,
  };
  const made = await fetch(`${origin}/api/v1/sessions`, { method: "POST", headers, body: JSON.stringify(show) });
  return String(Object(await made.json()).id);
}

async function writeEvening(
  url: string,
  show: { sessionId: string; events: number; startAt: number; lengthMs: number },
): Promise<void> {
  const { sessionId, events, startAt, lengthMs } = show;
  const store = openEventStore({ url, name: "evening" });
  const reader = openEventLogReader(url, "evening");
  try {
    const acquired = await store.acquire(sessionId, { owner: "evening", address: "" });
    if (acquired.status === "held") throw new Error(`${sessionId} is held by ${acquired.by.owner}`);
    const state = engine.initial();
    await reader.read(sessionId, { after: 0 }, (chunk) => {
      for (const event of chunk) engine.apply(state, event);
    });
    for (const rows of eveningRows({ state, startAt, lengthMs, events })) await store.append(acquired.lease, rows);
    await store.release({ ...acquired.lease, dueAt: null });
  } finally {
    await Promise.all([store.close(), reader.close()]);
  }
}
