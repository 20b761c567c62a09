import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";
import { promised } from "#tests/support/machine-pace.ts";
import pino from "pino";
import { z } from "zod";
import { createGateway, type Gateway } from "./gateway.ts";

let api: TestApi;
let gateway: Gateway;
let url = "";
let cookie = "";
let sessionId = "";
const sockets: Socket[] = [];
/** Until a test says that something never came. */
const PATIENCE_MS = 20_000;

beforeAll(async () => {
  api = await testApi();
  gateway = createGateway({ server: api.app.server, context: api.context, log: pino({ level: "error" }), relay: null });
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
  await api.addPerson("op", { roles: ["operator"] });
  await api.addPerson("anchor", { roles: ["host"] });
  cookie = await api.signIn("op");
  const made = await send("POST", "/api/v1/sessions", {
    roomId: api.roomId,
    title: "示例",
    plannedStartAt: 1_800_000_000_000,
    plannedEndAt: 1_800_003_600_000,
  });
  sessionId = made.id;
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await gateway.close();
  await api.stop();
});

async function send(method: "POST" | "PATCH" | "DELETE", path: string, payload?: object, as = cookie) {
  const headers = { origin: ORIGIN, cookie: as };
  return (await api.app.inject({ method, url: path, headers, ...(payload ? { payload } : {}) })).json();
}

type Opening = { as?: string; token?: string; origin?: string; forwardedFor?: string };

function open(options: Opening): Socket {
  const socket = io(url, {
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    auth: options.token ? { token: options.token } : {},
    extraHeaders: {
      ...(options.as ? { cookie: options.as } : {}),
      ...(options.origin ? { origin: options.origin } : {}),
      ...(options.forwardedFor ? { "x-forwarded-for": options.forwardedFor } : {}),
    },
  });
  sockets.push(socket);
  return socket;
}

const next = <T>(socket: Socket, event: string, withinMs = PATIENCE_MS): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event} within ${withinMs} ms`)), withinMs);
    socket.once(event, (value: T) => {
      clearTimeout(timer);
      resolve(value);
    });
  });

type Titled = { frame: number; slices: { session?: { value: { title: string } } } };

async function join(socket: Socket, audience: string) {
  const snapshot = next<{ frame: number; seq: number; slices: Record<string, { value: unknown }> }>(socket, "snapshot");
  snapshot.catch(() => undefined);
  const answer: unknown = await socket
    .timeout(PATIENCE_MS)
    .emitWithAck("join", { sessionId, audience, page: "control" });
  return { answer, snapshot };
}

describe("who gets in", () => {
  it("refuses pages of somebody else, and sockets without a sign-in", async () => {
    expect(await next(open({ as: cookie, origin: "https://evil.example" }), "connect_error")).toBeInstanceOf(Error);
    expect(await next(open({}), "connect_error")).toMatchObject({ message: "auth.required" });
    expect(await next(open({ token: "kb_forged" }), "connect_error")).toMatchObject({ message: "auth.required" });
    await next(open({ as: cookie, origin: ORIGIN }), "connect");
  });

  it("stops whoever tries many tokens, by the address that a trusted proxy names, and counts them", async () => {
    const from = (address: string, options: { token?: string; as?: string }) =>
      next<Error>(open({ ...options, forwardedFor: address }), "connect_error").then(({ message }) => message);
    for (let at = 0; at < 100; at += 1) expect(await from("203.0.113.9", { token: "kb_forged" })).toBe("auth.required");
    expect(await from("203.0.113.9", { as: cookie })).toBe("http.tooMany");
    expect(await from("203.0.113.8", { token: "kb_forged" })).toBe("auth.required");
    await next(open({ as: cookie }), "connect");
    expect(await api.metric('kaibo_refusals_total{code="http.tooMany"}')).toBe(1);
    expect(await api.metric('kaibo_refusals_total{code="auth.required"}')).toBeGreaterThan(100);
    expect(await api.metric('kaibo_refusals_total{code="access.origin"}')).toBe(1);
  });

  it("lets hosts into the host view only", async () => {
    const socket = open({ as: await api.signIn("anchor") });
    expect((await join(socket, "control")).answer).toEqual({ status: "error", code: "access.denied" });
    const { answer, snapshot } = await join(socket, "host");
    expect(answer).toEqual({ status: "ok" });
    expect((await snapshot).slices["session"]?.value).toMatchObject({ title: "示例" });
  });
});

describe("viewers", () => {
  it("follow the public view, and act only through the doors for viewers", async () => {
    const visitor = await api.app.inject({ method: "POST", url: `/api/v1/viewer/sessions/${sessionId}/visitor` });
    const socket = open({ token: visitor.json().token });
    expect((await join(socket, "control")).answer).toEqual({ status: "error", code: "access.denied" });
    await (
      await join(socket, "viewer")
    ).snapshot;
    const command = { id: "v1", type: "coupon.claim", input: { couponId: "x" } };
    expect(await socket.timeout(PATIENCE_MS).emitWithAck("command", command)).toEqual({
      status: "error",
      code: "access.denied",
    });
  });
});

describe("a joined socket", () => {
  it("gets a snapshot, then every frame, its answer, names and who is online", async () => {
    const [one, two] = [open({ as: cookie }), open({ as: cookie })];
    const names = next<{ names: Record<string, string> }>(one, "names");
    const online = next(two, "presence");
    const seen = [one, two].map((socket) => {
      const frames: Titled[] = [];
      socket.on("frame", (frame: Titled) => void frames.push(frame));
      return frames;
    });
    const first = [await (await join(one, "control")).snapshot, await (await join(two, "control")).snapshot];
    expect(Object.values((await names).names)).toContain("op");
    const title = `改 ${Date.now()}`;
    const command = { id: "e1", type: "session.edit", input: { title } };
    expect(await one.timeout(PATIENCE_MS).emitWithAck("command", command)).toMatchObject({ status: "ok" });
    for (const [at, frames] of seen.entries()) {
      // A screen of the test before may have its end told in a frame between.
      await expect.poll(() => frames.at(-1)?.slices.session?.value.title).toBe(title);
      const after = frames.map(({ frame }) => frame).filter((frame) => frame > (first[at]?.frame ?? 0));
      expect(after).toEqual(after.map((_, index) => (first[at]?.frame ?? 0) + 1 + index));
    }
    expect(await online).toMatchObject({
      online: [{ name: "op", kind: "staff", roles: ["operator"], pages: ["control"] }],
    });
    const fresh = next<{ seq: number }>(one, "snapshot");
    one.emit("resync");
    expect((await fresh).seq).toBeGreaterThan(first[0]?.seq ?? 0);
  });

  it("is answered whatever it sends, and told the server's clock", async () => {
    const socket = open({ as: cookie });
    const ask = (event: string, payload: unknown): Promise<unknown> =>
      socket.timeout(PATIENCE_MS).emitWithAck(event, payload);
    const clock: { now: number } = await socket.timeout(PATIENCE_MS).emitWithAck("clock");
    expect(Math.abs(clock.now - Date.now())).toBeLessThan(5_000);
    expect(await ask("command", { id: "x", type: "session.edit", input: {} })).toEqual({
      status: "error",
      code: "socket.notJoined",
    });
    expect(await ask("join", { sessionId: "s_nope", audience: "control" })).toEqual({
      status: "error",
      code: "session.unknown",
    });
    for (const bad of [null, 7, "x", {}, { sessionId: "\u0000", audience: "control" }]) {
      expect(await ask("join", bad)).toMatchObject({ status: "invalid" });
    }
    await (
      await join(socket, "control")
    ).snapshot;
    expect(await ask("command", { id: "x", type: "session.edit", input: { title: "a\u0000" } })).toMatchObject({
      status: "invalid",
    });
    expect(await ask("command", { id: "y", type: "nothing.such", input: {} })).toMatchObject({ status: "invalid" });
  });
});

it("writes down when a screen came and went", async () => {
  const link = await send("POST", `/api/v1/sessions/${sessionId}/links`, { name: "屏" });
  const lastSeenAt = async (): Promise<number | null> => {
    const { links } = (await api.app.inject({ url: `/api/v1/sessions/${sessionId}/links`, headers: { cookie } })).json<{
      links: { id: string; lastSeenAt: number | null }[];
    }>();
    return links.find(({ id }) => id === link.id)?.lastSeenAt ?? null;
  };
  expect(await lastSeenAt()).toBeNull();
  const socket = open({ token: link.token });
  await (
    await join(socket, "host")
  ).snapshot;
  await expect.poll(lastSeenAt).not.toBeNull();
  const came = (await lastSeenAt()) ?? 0;
  await sleep(20);
  socket.disconnect();
  await expect.poll(lastSeenAt).toBeGreaterThan(came);
});

describe("what is revoked closes within 2 s", () => {
  const closes = async (socket: Socket, revoke: () => Promise<unknown>): Promise<string> => {
    const revoked = next<{ code: string }>(socket, "revoked");
    const gone = next(socket, "disconnect");
    const limit = promised(2_000);
    const startedAt = performance.now();
    await revoke();
    const { code } = await revoked;
    await gone;
    expect(performance.now() - startedAt).toBeLessThan(limit.onThisMachine());
    return code;
  };

  it("a session, a role, a link, a token", async () => {
    const owner = await api.addPerson("boss", { owner: true }).then(() => api.signIn("boss"));
    const moverId = await api.addPerson("mover", { roles: ["floor"] });
    const link = await send("POST", `/api/v1/sessions/${sessionId}/links`, { name: "屏" });
    const token = await send("POST", "/api/v1/tokens", { name: "ERP", roomIds: [api.roomId] }, owner);
    const leaving = await api.signIn("op");
    const cases = [
      {
        socket: open({ as: leaving }),
        audience: "control",
        code: "auth.revoked",
        revoke: () => send("POST", "/api/auth/sign-out", {}, leaving),
      },
      {
        socket: open({ as: await api.signIn("mover") }),
        audience: "control",
        code: "access.denied",
        revoke: () => send("PATCH", `/api/v1/people/${moverId}`, { roles: { [api.roomId]: ["host"] } }, owner),
      },
      {
        socket: open({ token: link.token }),
        audience: "host",
        code: "auth.revoked",
        revoke: () => send("DELETE", `/api/v1/sessions/${sessionId}/links/${link.id}`),
      },
      {
        socket: open({ token: token.token }),
        audience: "control",
        code: "auth.revoked",
        revoke: () => send("DELETE", `/api/v1/tokens/${token.id}`, undefined, owner),
      },
    ];
    for (const { socket, audience, code, revoke } of cases) {
      await (
        await join(socket, audience)
      ).snapshot;
      expect(await closes(socket, revoke)).toBe(code);
    }
  });
});

/** Some 20 kB. */
const manyShifts = (mark: string) =>
  Array.from({ length: 48 }, (_none, at) => ({
    shiftId: `shift-${at}`,
    from: 1_800_000_000_000 + at * 60_000,
    to: 1_800_000_000_000 + (at + 1) * 60_000,
    hosts: Array.from({ length: 8 }, (_host, host) => `person-${at}-${host}-${mark}`),
    operators: [],
  }));

describe("a reader that can't keep up", () => {
  it("gets a fresh snapshot instead of an ever longer queue", async () => {
    const socket = open({ as: cookie });
    await (
      await join(socket, "control")
    ).snapshot;
    // The client stops reading, as a phone with a dead line does.
    const raw: unknown = Reflect.get(socket.io.engine.transport, "ws");
    const tcp = raw && typeof raw === "object" ? Reflect.get(raw, "_socket") : undefined;
    if (!tcp || typeof tcp !== "object" || !("pause" in tcp) || !("resume" in tcp)) throw new Error("no TCP socket");
    Reflect.apply(tcp.pause as () => void, tcp, []);
    const got = { snapshots: 0, frames: 0, seq: 0 };
    const take = (kind: "snapshots" | "frames") => (message: { seq: number }) => {
      got[kind] += 1;
      got.seq = message.seq;
    };
    socket.on("snapshot", take("snapshots"));
    socket.on("frame", take("frames"));
    // More than any kernel keeps for a reader, and told before the silence itself ends the connection: that takes 45 s.
    const acts = 1_500;
    for (let at = 0; at < acts; at += 1) {
      const input = { shifts: manyShifts(`${at}`) };
      await api.directory.send(
        sessionId,
        { id: `w${at}`, type: "session.setShifts", input },
        { id: "staff:p_x", grants: [] },
      );
      if (at % 50 === 0) await sleep(1);
    }
    Reflect.apply(tcp.resume as () => void, tcp, []);
    await expect.poll(() => got.seq).toBeGreaterThan(acts);
    expect(got.snapshots).toBeGreaterThan(0);
    expect(got.frames).toBeLessThan(0.9 * acts);
  });
});

describe("a large snapshot", () => {
  it("comes packed to those who asked for that, as it is to others, and frames go on from it", async () => {
    const act = (type: string, input: object) =>
      api.directory.send(sessionId, { id: randomUUID(), type, input }, { id: "staff:p_x", grants: [] });
    await act("session.setShifts", { shifts: manyShifts("") });
    const [plain, packing] = [open({ as: cookie }), open({ as: cookie })];
    const packed = next<{ sessionId: string; gzip: Buffer }>(packing, "packedSnapshot");
    const frame = next<{ frame: number }>(packing, "frame");
    await packing.timeout(PATIENCE_MS).emitWithAck("join", { sessionId, audience: "control", packed: true });
    const { gzip } = await packed;
    const unpacked = z
      .object({ frame: z.number(), slices: z.looseObject({ shifts: z.looseObject({ rows: z.array(z.unknown()) }) }) })
      .parse(JSON.parse(gunzipSync(gzip).toString()));
    const seen = await (await join(plain, "control")).snapshot;
    expect(unpacked.slices.shifts.rows).toHaveLength(48);
    expect(unpacked.slices).toEqual(seen.slices);
    expect(gzip.length).toBeLessThan(JSON.stringify(seen).length / 4);
    await act("session.edit", { theme: "之后" });
    expect((await frame).frame).toBe(unpacked.frame + 1);
  });
});

it("opens for nobody who came by a link that shares a show", async () => {
  const { token } = await send("POST", `/api/v1/sessions/${sessionId}/shares`, { what: "review", days: 1 });
  expect(token).toMatch(/^kh_/);
  expect((await next<Error>(open({ token }), "connect_error")).message).toBe("auth.required");
});

describe("host screens", () => {
  it("are counted for the show's checks", async () => {
    const socket = open({ as: cookie });
    await (
      await join(socket, "host")
    ).snapshot;
    await expect
      .poll(async () => (await api.directory.snapshot(sessionId, "control")).slices["checks"])
      .toMatchObject({ value: { screensOnline: 1 } });
    socket.disconnect();
    await expect
      .poll(async () => (await api.directory.snapshot(sessionId, "control")).slices["checks"])
      .toMatchObject({ value: { screensOnline: 0 } });
  });
});
