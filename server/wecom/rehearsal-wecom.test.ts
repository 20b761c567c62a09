import { readFileSync } from "node:fs";
import path from "node:path";
import pino from "pino";
import { afterEach, expect, expectTypeOf, it } from "vitest";
import { startTinyWecom, type TinyWecom } from "#tests/support/tiny-wecom.ts";
import { cancelMassMessage } from "./api/mass-send.ts";
import type { WecomClient } from "./client.ts";
import { createRehearsalWecom, type RehearsalClients, type StandIn } from "./rehearsal-wecom.ts";
import { createWecomFor, type RealWecom } from "./wecom-for.ts";

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const log = pino({ level: "silent" });
const standIn = (baseUrl: string): StandIn => ({
  baseUrl,
  corpId: "ww-stand-in",
  agentId: 1,
  secret: "stand-in-secret",
});

function rehearsals(places: Readonly<Record<string, StandIn>>): RehearsalClients {
  const wecom = createRehearsalWecom({
    standIns: {
      corp: (id) => Promise.resolve(places[id] ?? null),
      robot: (id) => Promise.resolve(places[id] ? { ...places[id], key: "stand-in-robot-key" } : null),
    },
    log,
  });
  open.push(() => wecom.close());
  return wecom;
}

async function tinyWecom(): Promise<TinyWecom> {
  const tiny = await startTinyWecom();
  open.push(() => tiny.stop());
  return tiny;
}

/** The true corp of the house, which a rehearsal asks for by its own id. */
function realWecom(): { readonly real: RealWecom; readonly asked: string[] } {
  const asked: string[] = [];
  const refuse = (id: string) => {
    asked.push(id);
    return Promise.reject(new Error("a rehearsal reached the real WeCom"));
  };
  return { asked, real: { world: "real", clientFor: refuse, robotFor: refuse } };
}

it("gives a rehearsal the stand-in's client, and none for the id of a real corp", async () => {
  const tiny = await tinyWecom();
  const { real, asked } = realWecom();
  const wecomFor = createWecomFor(real, rehearsals({ "stand-in": standIn(tiny.url) }));
  const rehearsing = wecomFor({ rehearsal: true });
  expect(await rehearsing.clientFor("w_real")).toBeNull();
  expect(await rehearsing.robotFor("b_real")).toBeNull();
  const client = await rehearsing.clientFor("stand-in");
  expect(client).toMatchObject({ world: "rehearsal", corpId: "ww-stand-in" });
  if (client) await cancelMassMessage(client, "m-1");
  const robot = await rehearsing.robotFor("stand-in");
  await robot?.send({
    message: { msgtype: "text", text: { content: "示例" } },
    lane: "normal",
    useBy: Date.now() + 5_000,
  });
  expect(tiny.of("gettoken")[0]?.query.get("corpsecret")).toBe("stand-in-secret");
  expect(tiny.of("webhook/send")[0]?.query.get("key")).toBe("stand-in-robot-key");
  expect(asked).toEqual([]);
  expect(wecomFor({ rehearsal: false })).toBe(real);
});

it("refuses to carry a rehearsal anywhere but to this machine", async () => {
  for (const baseUrl of [
    "https://qyapi.weixin.qq.com",
    "http://203.0.113.1:80",
    "https://127.0.0.1:1",
    "http://127.0.0.1.example.com",
  ]) {
    const wecom = rehearsals({ "stand-in": standIn(baseUrl) });
    await expect(wecom.clientFor("stand-in")).rejects.toThrow("on this machine alone");
    await expect(wecom.robotFor("stand-in")).rejects.toThrow("on this machine alone");
  }
});

it("lets nobody pass a real client for a rehearsal's, or the other way round", () => {
  const { real } = realWecom();
  const wecomFor = createWecomFor(real, rehearsals({}));
  expectTypeOf(
    wecomFor({ rehearsal: true }).clientFor,
  ).returns.resolves.toEqualTypeOf<WecomClient<"rehearsal"> | null>();
  expectTypeOf<WecomClient<"real">>().not.toExtend<WecomClient<"rehearsal">>();
  expectTypeOf<WecomClient<"rehearsal">>().not.toExtend<WecomClient<"real">>();
  // @ts-expect-error A stand-in's place is no corp's row.
  createWecomFor(rehearsals({}), rehearsals({}));
});

/** All that a file of ours takes in, also through others; types alone take in nothing. */
function takenIn(file: string, known: Set<string> = new Set()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  const text = readFileSync(file, "utf8");
  for (const [, names = "", from = ""] of text.matchAll(/^import\s+(type\s)?[^;]*?from\s+"([^"]+)";/gms)) {
    if (names.startsWith("type")) continue;
    if (from.startsWith(".")) takenIn(path.resolve(path.dirname(file), from), known);
    else if (from.startsWith("#")) takenIn(path.resolve(import.meta.dirname, "../..", from.slice(1)), known);
    else known.add(from);
  }
  return known;
}

it("has no way to the database, the vault or the Redis, not even through three files", () => {
  const files = [...takenIn(path.resolve(import.meta.dirname, "rehearsal-wecom.ts"))];
  expect(files.length).toBeGreaterThan(8);
  const forbidden = files.filter((file) =>
    /\/db\/|vault|corp-secrets|lib\/redis|ioredis|postgres|drizzle|env\.ts/.test(file),
  );
  expect(forbidden).toEqual([]);
});
