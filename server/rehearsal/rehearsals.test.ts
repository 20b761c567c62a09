import { createServer, type Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createLog } from "#server/lib/log.ts";
import { memoryDirectory } from "#tests/support/memory-directory.ts";
import { createRehearsals } from "./rehearsals.ts";

let http: HttpServer;
let sockets: Server;
let baseUrl = "";
let knocks = 0;
beforeEach(async () => {
  http = createServer();
  sockets = new Server(http);
  // A house that lets no simulator in: each fails at once.
  sockets.use((_socket, next) => next(new Error(`示例:第 ${(knocks += 1)} 个进不来`)));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const address = http.address();
  baseUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});
afterEach(() => sockets.close());

const by = { id: "staff:p_1", grants: ["owner" as const] };
const wish = { seed: 1, minutes: 5, speed: 1, audience: false, pilot: false };

async function rehearsalsOf(sessionIds: readonly string[]) {
  const directory = memoryDirectory();
  for (const sessionId of sessionIds) {
    const show = {
      sessionId,
      roomId: "r_1",
      title: "示例彩排",
      rehearsal: true,
      plannedStartAt: Date.now() + 60_000,
      plannedEndAt: Date.now() + 120_000,
    };
    await directory.send(sessionId, { id: `create ${sessionId}`, type: "session.create", input: show }, by);
  }
  const rehearsals = createRehearsals({
    directory,
    baseUrl,
    tokenFor: () => "token",
    phonesUrl: () => Promise.reject(new Error("away")),
    listening: Promise.resolve(),
    log: createLog("silent"),
  });
  return { directory, rehearsals };
}

it("takes no more than two, also of those who ask in the same moment", async () => {
  const shows = ["s_1", "s_2", "s_3"];
  const { directory, rehearsals } = await rehearsalsOf(shows);
  const answers = await Promise.all(shows.map((sessionId) => rehearsals.begin(sessionId, wish, by)));
  expect(answers.map((answer) => (typeof answer === "string" ? answer : answer.status))).toEqual([
    "ok",
    "ok",
    "rehearsal.tooMany",
  ]);
  expect(directory.logOf("s_3").some(({ type }) => type === "rehearsal.begun.v1")).toBe(false);
  await rehearsals.close();
});

it("replaces a simulator that fails twice, then says what failed", async () => {
  const { directory, rehearsals } = await rehearsalsOf(["s_1"]);
  expect(await rehearsals.begin("s_1", wish, by)).toMatchObject({ status: "ok" });
  await rehearsals.ended("s_1");
  const events = directory.logOf("s_1").filter(({ type }) => type.startsWith("rehearsal."));
  expect(events.map(({ type }) => type)).toEqual([
    "rehearsal.begun.v1",
    "rehearsal.resumed.v1",
    "rehearsal.resumed.v1",
    "rehearsal.ended.v1",
  ]);
  const runIds = events.map(({ data }) => Object(data).runId);
  expect(new Set(runIds.slice(0, 3)).size).toBe(3);
  expect(events.at(-1)?.data).toEqual({ runId: runIds[2], how: "failed", message: "示例:第 3 个进不来" });
  await rehearsals.close();
});
