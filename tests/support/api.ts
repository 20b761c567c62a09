import pino from "pino";
import { openDatabase } from "#db/client.ts";
import type { EventLogReader } from "#db/event-log-reader.ts";
import { savePerson } from "#db/queries/save-person.ts";
import { insertRoom } from "#db/queries/rooms.ts";
import { hashPassword } from "better-auth/crypto";
import { createHistory } from "#domain/history/show-history.ts";
import { newId } from "#server/auth/ids.ts";
import { createApi, type Api } from "#server/http/api.ts";
import { newRoom } from "#server/http/staff/room-routes.ts";
import { createMetrics } from "#server/lib/metrics.ts";
import { createGroupsAndPeople, type GroupsAndPeople } from "#server/wecom/groups-and-people.ts";
import { noStandIns } from "#server/wecom/rehearsal-wecom.ts";
import { createLinkDomains, type LinkDomains } from "#server/links/link-domains.ts";
import { createWechat, type Wechat } from "#server/wechat/wechat.ts";
import { createWecom, type Wecom } from "#server/wecom/wecom.ts";
import { memoryDirectory, type MemoryDirectory } from "./memory-directory.ts";
import { testDatabase } from "./pg.ts";

/** The HTTP side on a database of its own, over shows in memory. */

export const ORIGIN = "http://kaibo.test";
export const SECRET = "a-secret-of-the-tests-0123456789abcdef";
export const API_TOKEN = "env-token-of-the-tests-0123456789";
const PASSWORD = "correct horse";

export type TestApi = Api & {
  readonly directory: MemoryDirectory;
  readonly roomId: string;
  readonly wecom: Wecom;
  /** Reads nothing by itself until it is begun. */
  readonly groupsAndPeople: GroupsAndPeople;
  readonly wechat: Wechat;
  /** Looks at none by itself until it is begun. */
  readonly domains: LinkDomains;
  /** Adds a person with an account; `roles` in the test's room. */
  addPerson(
    username: string,
    options?: { readonly roles?: readonly string[]; readonly owner?: boolean },
  ): Promise<string>;
  /** The cookie of a fresh sign-in. */
  signIn(username: string): Promise<string>;
  /** A figure of /metrics, by its name and labels as they stand there; 0 when it does not. */
  metric(line: string): Promise<number>;
  stop(): Promise<void>;
};

/** Parts that are another than usual; each is given the address of the test's database. */
export type OtherParts = {
  readonly eventLog?: (databaseUrl: string) => EventLogReader;
  /** Runs before each look into the past. */
  readonly beforePast?: () => Promise<void>;
  /** Where WeCom is reached. */
  readonly wecomUrl?: string;
  /** Where WeChat itself is reached. */
  readonly wechatUrl?: string;
};

const NOBODY_THERE = "http://127.0.0.1:9";

export async function testApi(other: OtherParts = {}): Promise<TestApi> {
  const database = await testDatabase();
  const { db, close } = openDatabase({ url: database.url, name: "test-api", connectionsMax: 8 });
  const directory = memoryDirectory(SECRET);
  const metrics = createMetrics();
  const log = pino({ level: process.argv.includes("--log") ? "info" : "error" });
  const wecom = createWecom({
    db,
    secret: SECRET,
    baseUrl: other.wecomUrl ?? NOBODY_THERE,
    redisUrl: null,
    standIns: noStandIns,
    metrics: metrics.registry,
    log,
  });
  const wecomUrl = other.wecomUrl ?? NOBODY_THERE;
  const groupsAndPeople = createGroupsAndPeople({ db, wecomFor: wecom.wecomFor, wecomUrl, directory, log });
  const wechat = createWechat({ db, secret: SECRET, baseUrl: other.wechatUrl ?? NOBODY_THERE, log });
  const domains = createLinkDomains({ db, secret: SECRET, publicUrl: ORIGIN, log });
  const api = await createApi({
    publicUrl: ORIGIN,
    secret: SECRET,
    apiToken: API_TOKEN,
    db,
    directory,
    eventLog: other.eventLog?.(database.url) ?? {
      read: async (sessionId, { after, upTo = Number.MAX_SAFE_INTEGER }, onChunk) =>
        onChunk(directory.logOf(sessionId).filter(({ seq }) => seq > after && seq <= upTo)),
      close: () => Promise.resolve(),
    },
    log,
    wecom,
    groupsAndPeople,
    wechat,
    domains,
    metrics: metrics.registry,
    refused: metrics.refused,
    trustedProxies: [],
    ping: () => db.execute("select 1"),
    replay: {
      async viewAt(sessionId, audience) {
        await other.beforePast?.();
        return directory.snapshot(sessionId, audience);
      },
      async windowAt(sessionId, audience, { from, to }) {
        await other.beforePast?.();
        return { from, to, snapshot: await directory.snapshot(sessionId, audience), frames: [] };
      },
    },
    histories: {
      of: (sessionId) => {
        const pass = createHistory();
        pass.append(directory.logOf(sessionId));
        return Promise.resolve(pass.result());
      },
    },
    rehearsals: { begin: () => Promise.resolve("rehearsal.tooMany") },
    relay: null,
  });
  const room = newRoom({ name: "示例直播间" });
  await insertRoom(db, room);
  const { app } = api;
  return {
    ...api,
    directory,
    roomId: room.id,
    wecom,
    groupsAndPeople,
    wechat,
    domains,
    async addPerson(username, { roles = [], owner = false } = {}) {
      const id = newId("p");
      const passwordHash = await hashPassword(PASSWORD);
      const change = { name: username, username, passwordHash, owner, roles: { [room.id]: roles } };
      await savePerson(db, id, change, Date.now());
      return id;
    },
    async signIn(username) {
      const answer = await app.inject({
        method: "POST",
        url: "/api/auth/sign-in/username",
        headers: { origin: ORIGIN },
        payload: { username, password: PASSWORD },
      });
      if (answer.statusCode !== 200) throw new Error(`sign-in failed: ${answer.body}`);
      return answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
    },
    async metric(line) {
      const found = (await metrics.registry.metrics()).split("\n").find((one) => one.startsWith(`${line} `));
      return Number(found?.slice(line.length) ?? 0);
    },
    async stop() {
      await app.close();
      await api.close();
      await domains.close();
      await groupsAndPeople.close();
      await wecom.close();
      await close();
      await database.drop();
    },
  };
}
