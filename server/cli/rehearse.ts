import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Json } from "#domain/op.ts";
import type { Snapshot } from "#domain/wire.ts";
import { createLocalTokens } from "../auth/local-token.ts";
import { createRehearsalTokens } from "../auth/rehearsal-token.ts";
import { loadEnv, localUrl } from "../env.ts";
import { readJson } from "../lib/read-json.ts";
import { resolveSecret } from "../lib/secret.ts";
import { RehearsalApi } from "../rehearsal/api.ts";
import { RehearsalRunner, type RehearsalProgress } from "../rehearsal/runner.ts";
import { planSample } from "../rehearsal/sample-show.ts";
import type { ShowPort } from "../rehearsal/show-port.ts";
import { CommandError, readOptions, runCommand, UsageError } from "./command-line.ts";
import { pageWords } from "./page-words.ts";

/**
 * npm run rehearse -- --seed 7 --minutes 120 --speed 60 [--session ID] [--room ID] [--no-audience]
 * Without --session: plans a sample show in a room and lets Kaibo play its operator. With one: brings the audience to that rehearsal, and whoever
 * sits in its control room is the operator. Talks to the running Kaibo over its public API.
 */

const usage = `npm run rehearse -- [--seed 7] [--minutes 120] [--speed 60] [--session ID] [--room ID] [--no-audience]
  --seed         the same number plays the same audience; default 7
  --minutes      of the show, 1 to 720; default 120
  --speed        1 to 60 times as fast as a clock; default 60
  --session      a rehearsal to bring the audience to, led from its control room; default: a new one that plays by itself
  --room         where the new one is planned; default: the first room
  --no-audience  only the operator, to measure how long things take
  Needs a running Kaibo, with the same PORT and KAIBO_DATA_DIR.`;

type Options = {
  readonly seed: number;
  readonly minutes: number;
  readonly speed: number;
  readonly session: string | undefined;
  readonly room: string | undefined;
  readonly audience: boolean;
};

function readArguments(): Options {
  const values = readOptions({
    allowNegative: true,
    options: {
      seed: { type: "string", default: "7" },
      minutes: { type: "string", default: "120" },
      speed: { type: "string", default: "60" },
      session: { type: "string" },
      room: { type: "string" },
      audience: { type: "boolean", default: true },
    },
  });
  const number = (name: "seed" | "minutes" | "speed", from: number, to: number): number => {
    const value = Number(values[name]);
    if (Number.isFinite(value) && value >= from && value <= to) return value;
    throw new UsageError(`--${name} must be a number from ${from} to ${to}`);
  };
  return {
    seed: Math.floor(number("seed", 0, 2_147_483_647)),
    minutes: Math.floor(number("minutes", 1, 720)),
    speed: number("speed", 1, 60),
    session: values.session,
    room: values.room,
    audience: values.audience,
  };
}

/** The running server, asked as the command line. */
function serverAt(baseUrl: string, token: string) {
  const ask = async (method: "GET" | "POST", path: string, body?: object, as = token): Promise<unknown> => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${as}`, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok)
      throw new CommandError(refusalOf(text) ?? `${path} answered ${response.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text);
  };
  return { ask };
}

type Server = ReturnType<typeof serverAt>;

/** undefined: not a refusal that the pages have words for. */
function refusalOf(answer: string): string | undefined {
  const { code, data } = z.object({ code: z.string(), data: z.unknown() }).partial().catch({}).parse(readJson(answer));
  const words = code === undefined ? undefined : pageWords("refusal", code, data);
  return words === undefined ? undefined : `${words} (${code})`;
}

async function planned({ room, minutes }: Options, server: Server, tokenFor: (id: string) => string): Promise<string> {
  const rooms = z
    .object({ rooms: z.array(z.object({ id: z.string() })) })
    .parse(await server.ask("GET", "/api/v1/rooms"));
  const roomId = room ?? rooms.rooms[0]?.id;
  if (roomId === undefined) throw new CommandError("there is no room yet");
  const startAt = Date.now() + 60_000;
  const plan = {
    roomId,
    title: "示例彩排 · 命令行",
    rehearsal: true,
    anonymousClaims: true,
    plannedStartAt: startAt,
    plannedEndAt: startAt + minutes * 60_000,
  };
  const { id } = z.object({ id: z.string() }).parse(await server.ask("POST", "/api/v1/sessions", plan));
  const path = `/api/v1/sessions/${id}`;
  const port: ShowPort = {
    async send(type, input) {
      const answer = await server.ask("POST", `${path}/commands`, { id: randomUUID(), type, input }, tokenFor(id));
      return z.object({ result: z.unknown() }).partial().parse(answer).result as Json | undefined;
    },
    snapshot: async () =>
      (await server.ask("GET", `${path}/view?audience=control`, undefined, tokenFor(id))) as Snapshot,
  };
  await planSample(port, minutes);
  return id;
}

async function rehearse(): Promise<void> {
  const options = readArguments();
  const env = loadEnv();
  const secret = resolveSecret(env.secret, env.dataDir);
  const baseUrl = localUrl(env.host, env.port);
  const isUp = await fetch(`${baseUrl}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isUp) throw new CommandError(`no Kaibo answers at ${baseUrl}; start it first: npm start`);
  const rehearsalTokens = createRehearsalTokens(secret);
  const tokenFor = (id: string) => rehearsalTokens.sign(id, Date.now());
  const server = serverAt(baseUrl, createLocalTokens(secret).sign(Date.now()));
  // Asked first, so that a misspelt id is told as one.
  if (options.session !== undefined) await server.ask("GET", `/api/v1/sessions/${encodeURIComponent(options.session)}`);
  const sessionId = options.session ?? (await planned(options, server, tokenFor));
  const { seed, minutes, speed, audience } = options;
  const pilot = options.session === undefined;
  console.log(`  ${env.publicUrl}/shows/${sessionId}/control`);

  const api = new RehearsalApi({ baseUrl, sessionId, token: tokenFor(sessionId) });
  const runId = randomUUID();
  const plan = { runId, seed, minutes: minutes + 1, audience, pilot };
  if (!(await api.command("rehearsal.begin", { ...plan, speed }))) {
    throw new CommandError("this rehearsal is under way already, or the show is a real one");
  }
  // The stand-in's phones are reached by the server's own simulators alone.
  const runner = new RehearsalRunner(api, { ...plan, sessionId }, null);
  process.once("SIGINT", () => void api.command("rehearsal.stop", {}));
  let shownAt = 0;
  await runner.run((progress) => {
    if (progress.showAt < progress.endsAt && performance.now() - shownAt < 2_000) return;
    shownAt = performance.now();
    console.log(`  ${line(progress)}`);
  });
  api.close();
}

function line({ showAt, endsAt, online, orders, refused }: RehearsalProgress): string {
  const left = Math.max(0, Math.round((endsAt - showAt) / 60_000));
  return `${showAt >= endsAt ? "✓ 结束" : `还剩 ${left} 分钟`} · 在线 ${online} · 订单消息 ${orders} · 被拒 ${refused}`;
}

await runCommand(usage, rehearse);
