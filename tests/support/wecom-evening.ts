import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { z } from "zod";
import { type Emulator, startEmulator } from "#server/wecom/emulator/start.ts";
import { testDatabase } from "./pg.ts";
import { freePort } from "./ports.ts";
import { type Relay, startRelay } from "./relay.ts";
import { startServer, type TestServer } from "./server.ts";
import { tempDir } from "./temp-dir.ts";

/**
 * A whole Kaibo with a true show in each of its rooms, connected as an owner connects it, and a WeCom of its own on a fixed port. Each may be killed,
 * stopped and started again.
 */
export type WecomEvening = {
  readonly wire: Relay;
  readonly sql: postgres.Sql;
  readonly kaibo: () => TestServer;
  /** As Kaibo calls it; another object after each start. */
  readonly wecom: () => Emulator;
  killKaibo(): Promise<void>;
  startKaibo(): Promise<void>;
  stopWecom(): Promise<void>;
  startWecom(): Promise<void>;
  call(method: "GET" | "POST" | "PUT", path: string, body?: object): Promise<{ status: number; body: unknown }>;
  /** A room with a show, connected to a company of the stand-in whose groups have been read. */
  connect(company: { readonly corpId: string; readonly staff: number; readonly groups: number }): Promise<Connected>;
  close(): Promise<void>;
};

export type Connected = {
  readonly corpId: string;
  readonly sessionId: string;
  readonly groupIds: readonly string[];
};

const PASSWORD = "wecom-faults-test";
const Made = z.object({ id: z.string() });

export async function wecomEvening(): Promise<WecomEvening> {
  const database = await testDatabase();
  const wire = await startRelay(database.url);
  const sql = postgres(database.url, { max: 2, onnotice: () => undefined });
  const place = tempDir("wecom");
  const [wecomPort, port] = [await freePort(), await freePort()];
  const openWecom = () => startEmulator({ port: wecomPort, seed: 3, dataFile: `${place.dir}/wecom.json` });
  let wecom = await openWecom();
  const env = {
    DATABASE_URL: wire.url,
    KAIBO_WECOM_URL: wecom.url,
    KAIBO_SECRET: "one secret for every start of this test",
    KAIBO_ADMIN_PASSWORD: PASSWORD,
  };
  const openKaibo = () => startServer({ port, env: { ...env, KAIBO_ROLE: "live" } });
  let kaibo = await openKaibo();
  // Writes the tables of pushes, by which a show is found again that nobody has open.
  const followers = await startServer({ env: { ...env, KAIBO_ROLE: "jobs" } });
  const cookie = await signIn(kaibo);

  const call: WecomEvening["call"] = async (method, path, body) => {
    const answer = await fetch(`${kaibo.url}/api/v1/${path}`, {
      method,
      headers: { origin: kaibo.url, cookie, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
  };
  const make = async (path: string, body: object) => {
    const made = await call("POST", path, body);
    if (made.status >= 300) throw new Error(`${path}: ${made.status} ${JSON.stringify(made.body)}`);
    return made.body;
  };

  return {
    wire,
    sql,
    kaibo: () => kaibo,
    wecom: () => wecom,
    killKaibo: () => kaibo.kill(),
    async startKaibo() {
      kaibo = await openKaibo();
    },
    stopWecom: () => wecom.close(),
    async startWecom() {
      wecom = await openWecom();
    },
    call,
    async connect({ corpId, staff, groups }) {
      const seeded = wecom.control.seed({ corpId, staff, groups, customers: 12, customersPerGroup: 3 });
      const [app] = seeded.apps.values();
      if (!app) throw new Error("a seeded corp has an app");
      const { agentId, secret, callbackToken: token, aesKey } = app;
      const corp = Made.parse(await make("wecom/corps", { corpId, name: "示例企业" })).id;
      const added = await make(`wecom/corps/${corp}/apps`, {
        name: "开播",
        agentId,
        secret,
        callback: { token, aesKey },
      });
      const { callbackUrl } = z.object({ callbackUrl: z.string() }).parse(added);
      await wecom.control.ask("PATCH", `/emulator/apps/${agentId}`, { corp: corpId, callbackUrl });
      const roomId = Made.parse(await make("rooms", { name: `示例直播间 ${corpId}` })).id;
      const chosen = await call("PUT", `wecom/rooms/${roomId}`, { corpId: corp });
      if (chosen.status !== 200) throw new Error(JSON.stringify(chosen));
      await make(`wecom/corps/${corp}/sync`, {});
      await until("the groups are read", async () => {
        const { state } = z.object({ state: z.string() }).parse((await call("GET", `wecom/corps/${corp}/sync`)).body);
        return state === "done";
      });
      const listed = await call("GET", `wecom/groups?corp=${corp}&limit=200`);
      const groupIds = z
        .object({ groups: z.array(Made) })
        .parse(listed.body)
        .groups.map(({ id }) => id);
      const at = Date.now();
      const times = { plannedStartAt: at + 900_000, plannedEndAt: at + 4 * 3_600_000 };
      const sessionId = Made.parse(await make("sessions", { roomId, title: "示例场次", ...times })).id;
      return { corpId, sessionId, groupIds };
    },
    async close() {
      await Promise.all([kaibo.stop(), followers.stop()]);
      await Promise.all([wecom.close(), sql.end(), wire.close()]);
      await database.drop();
      place.remove();
    },
  };
}

async function signIn(kaibo: TestServer): Promise<string> {
  const answer = await fetch(`${kaibo.url}/api/auth/sign-in/username`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: kaibo.url },
    body: JSON.stringify({ username: "owner", password: PASSWORD }),
  });
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
}

/** Generous: the machine may be busy, and nothing is measured here. */
export async function until(what: string, holds: () => Promise<boolean>, ms = 110_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`it did not come true: ${what}`);
    await sleep(100);
  }
}

const PushId = z.object({ status: z.literal("ok"), result: z.object({ pushId: z.string() }) });

/** Plans a 群发 to all groups that goes out by itself as soon as it is ready: in about four seconds. */
export async function planNow(
  { call }: WecomEvening,
  { sessionId, groupIds }: Connected,
  title: string,
): Promise<string> {
  const leadMs = 900_000;
  const input = {
    kind: "groups",
    title,
    copy: { text: `${title} {{startsAt}} 开播` },
    audience: { groupIds },
    when: { by: "time", at: Date.now() + leadMs + 1_000 },
    leadMs,
  };
  const answer = await call("POST", `sessions/${sessionId}/commands`, { id: randomUUID(), type: "push.plan", input });
  return PushId.parse(answer.body).result.pushId;
}

export type TaskRow = { readonly taskId: string; readonly state: string; readonly msgid: string | null };

export async function tasksOf({ sql }: WecomEvening, pushId: string): Promise<TaskRow[]> {
  const rows = await sql<TaskRow[]>`
    select task_id as "taskId", state, msgid from push_tasks where push_id = ${pushId} order by task_id`;
  return [...rows];
}

/** What WeCom has of a push, by the code in each message's link. */
export function messagesOf(evening: WecomEvening, { corpId }: Connected, tasks: readonly TaskRow[]) {
  const corp = evening.wecom().control.corp(corpId);
  if (!corp) throw new Error(`there is no ${corpId}`);
  const codes = new Set(tasks.map(({ taskId }) => taskId));
  return [...corp.tasks.values()].flatMap(({ msgid, contentId, senders, cancelledAt }) => {
    const code = /[?]p=([\w-]+)/.exec(corp.contents.get(contentId)?.text ?? "")?.[1] ?? "";
    return codes.has(code) ? [{ msgid, code, senders, cancelledAt }] : [];
  });
}

/** Everybody presses send. */
export async function press(evening: WecomEvening, company: Connected, tasks: readonly TaskRow[]): Promise<void> {
  for (const { msgid, senders } of messagesOf(evening, company, tasks)) {
    for (const { userid } of senders) {
      const path = `/emulator/staff/${userid}/tasks/${msgid}/send`;
      await evening.wecom().control.ask("POST", path, { corp: company.corpId });
    }
  }
}
