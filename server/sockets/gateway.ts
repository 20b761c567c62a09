import { randomUUID } from "node:crypto";
import type { Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import type { z } from "zod";
import type { Json } from "#domain/op.ts";
import { audienceOf, grantsIn, maySee } from "../http/access.ts";
import type { ApiContext } from "../http/context.ts";
import { denied, failureOf, HttpError, invalid, notFound } from "../http/failures.ts";
import { BODY_BYTES_MAX, findProblem } from "../http/json-body.ts";
import { createOriginCheck } from "../http/origin.ts";
import { CommandBody, sendCommand } from "../http/send-command.ts";
import { addressGroup } from "../lib/address-group.ts";
import type { Logger } from "../lib/log.ts";
import { RateWindow } from "../lib/rate-window.ts";
import { Channel } from "./channel.ts";
import type { Relay } from "../live/relay.ts";
import { mergeOnline, PresenceExchange, type NodePresence } from "./presence-exchange.ts";
import { Presence } from "./presence.ts";
import { answerWith, JoinPayload, PagePayload, type Client, type Gate, type Online } from "./protocol.ts";
import { sweepRevoked } from "./revocation.ts";
import { ScreenCount } from "./screen-count.ts";
import { ScreenSeen } from "./screen-seen.ts";

/**
 * Sockets of screens. No rules here: who may see and do what is decided where HTTP decides it, and views come from the directory.
 * Serves this node's sockets only.
 */

const SWEEP_MS = 1_000;
/** Sockets without a valid sign-in that one address may try; each asks the database. Those who are signed in never count. */
const STRANGERS = { limit: 100, windowMs: 60_000 };
/** Many come and go in the same moment when a node restarts. */
const PRESENCE_MS = 100;

export type Gateway = {
  readonly count: () => number;
  close(): Promise<void>;
};

export type GatewayDeps = {
  readonly server: HttpServer;
  readonly context: ApiContext;
  readonly log: Logger;
  /** The way to other nodes; without it this is the only one. */
  readonly relay?: Relay | null;
};

export function createGateway({ server, context, log, relay = null }: GatewayDeps): Gateway {
  const origins = createOriginCheck(context.publicUrl);
  const io: Gate = new Server(server, {
    // Upgrades to other paths are the proxy's (server/web/proxy.ts).
    destroyUpgrade: false,
    serveClient: false,
    transports: ["websocket"],
    maxHttpBufferSize: BODY_BYTES_MAX,
    pingInterval: 10_000,
    pingTimeout: 8_000,
    // CORS does not cover WebSockets: a page of somebody else could open one with the cookie.
    allowRequest: (request, allow) => {
      const allowed = origins.notForeign(request.headers);
      if (!allowed) context.refused("access.origin");
      allow(null, allowed);
    },
  });
  const desk = new Desk(io, { context, log, relay });
  io.use((client, next) => {
    desk.admit(client).then(
      (refusal) => {
        if (refusal !== null) context.refused(refusal);
        next(refusal === null ? undefined : new Error(refusal));
      },
      (error: unknown) => {
        log.warn({ err: error }, "a socket's sign-in could not be looked at");
        next(new Error("server.retry"));
      },
    );
  });
  io.on("connection", (client) => desk.serve(client));
  const sweep = sweepRevoked({ io, context, log, everyMs: SWEEP_MS, changed: (client) => desk.changed(client) });
  return {
    count: () => io.of("/").sockets.size,
    async close() {
      sweep.stop();
      io.local.disconnectSockets(true);
      // Not io.close(): that would close the HTTP server, which is not ours.
      io.engine.close();
      desk.close();
      await Promise.resolve();
    },
  };
}

/** Serves each socket's messages and keeps the channels. */
class Desk {
  readonly #io: Gate;
  readonly #context: ApiContext;
  readonly #log: Logger;
  readonly #channels = new Map<string, Channel>();
  readonly #presence = new Presence();
  readonly #presenceDue = new Map<string, NodeJS.Timeout>();
  readonly #strangers = new RateWindow(STRANGERS);
  readonly #joins = new RateWindow({ limit: 60, windowMs: 10_000 });
  readonly #screens: ScreenCount;
  readonly #seen: ScreenSeen;
  readonly #exchange: PresenceExchange;

  constructor(io: Gate, { context, log, relay }: Required<Omit<GatewayDeps, "server">>) {
    this.#io = io;
    this.#context = context;
    this.#log = log;
    this.#screens = new ScreenCount(context.directory, log);
    this.#seen = new ScreenSeen(context.db, log);
    this.#exchange = new PresenceExchange({
      relay,
      nodeId: randomUUID(),
      own: () => this.#presence.sessionIds().map((sessionId) => [sessionId, this.#ownPresence(sessionId)] as const),
      // Others' shows are none of this node's business until somebody opens them here.
      changed: (sessionId) => {
        if (this.#presence.sessionIds().includes(sessionId)) this.#tellPresence(sessionId);
      },
    });
  }

  /** Null, or the code of what is in the way. */
  async admit(client: Client): Promise<"auth.required" | "http.tooMany" | null> {
    const address = addressGroup(this.#context.addressOf(client.request));
    if (this.#strangers.waitMs(address, performance.now()) > 0) return "http.tooMany";
    const token: unknown = client.handshake.auth["token"];
    const { authorization, cookie } = client.handshake.headers;
    const { principals } = this.#context;
    const principal = await (typeof token === "string" && token !== ""
      ? principals.fromToken(token)
      : principals.fromHeaders({ authorization, cookie }));
    // A shared show is read page by page, and so is a list of groups: who has such a link has no business on a socket.
    if (!principal || principal.kind === "share" || principal.kind === "forward") {
      this.#strangers.take(address, performance.now());
      return "auth.required";
    }
    client.data.principal = principal;
    client.data.joined = undefined;
    client.data.page = "";
    return null;
  }

  serve(client: Client): void {
    client.on("join", (payload, ack) => this.#answer(ack, () => this.#join(client, payload)));
    client.on("command", (payload, ack) => this.#answer(ack, () => this.#command(client, payload)));
    client.on("resync", () => this.#answer(undefined, () => this.#resync(client)));
    client.on("leave", () => this.#leave(client));
    client.on("clock", (ack) => answerWith(ack)({ now: Date.now() }));
    client.on("page", (payload) => {
      const parsed = PagePayload.safeParse(payload);
      if (!parsed.success || findProblem(payload)) return;
      client.data.page = parsed.data.page;
      this.changed(client);
      this.#lookedAt(client);
    });
    client.on("disconnect", () => this.#leave(client));
  }

  /** Name, roles or page of a socket are not what they were. */
  changed(client: Client): void {
    const { joined, principal, page } = client.data;
    if (joined && this.#presence.set(client.id, principal, joined.place, page))
      this.#tellPresence(joined.place.sessionId);
  }

  close(): void {
    for (const timer of this.#presenceDue.values()) clearTimeout(timer);
    this.#screens.close();
    this.#exchange.close();
    for (const channel of this.#channels.values()) channel.close();
    this.#channels.clear();
  }

  /** Every request is answered, also when it fails; only bugs are logged. */
  #answer(ack: unknown, work: () => Promise<Json>): void {
    const answer = answerWith(ack);
    work().then(answer, (error: unknown) => {
      const { status, code, body } = failureOf(error);
      this.#context.refused(code);
      if (status === 500) this.#log.error({ err: error }, "a socket's request failed");
      answer(body);
    });
  }

  async #join(client: Client, payload: unknown): Promise<Json> {
    const { sessionId, audience: asked, page, packed } = wellFormed(JoinPayload, payload);
    this.#limit(client);
    const place = await this.#context.places.find(sessionId);
    if (!place) throw notFound("session");
    const grants = grantsIn(client.data.principal, place);
    if (!maySee(grants, asked)) throw denied();
    const audience = audienceOf(grants, asked);
    this.#leave(client);
    client.data.joined = { place, audience, packed };
    client.data.page = page ?? client.data.page;
    const key = `${sessionId} ${audience}`;
    const channel = this.#channels.get(key) ?? this.#open(key, { place, audience });
    try {
      await channel.join(client);
    } catch (error) {
      this.#leave(client);
      throw error;
    }
    // It may have gone, or gone elsewhere, while the snapshot was made.
    if (!client.connected) channel.leave(client);
    this.changed(client);
    this.#seen.note(client.data.principal);
    if (asked === "control") client.emit("presence", { online: this.#online(sessionId) });
    this.#lookedAt(client);
    return { status: "ok" };
  }

  /** Somebody plans it or is about to run it: it hears what its room learned, also while the page stays open. */
  #lookedAt({ data: { joined } }: Client): void {
    if (joined?.audience === "control" || joined?.audience === "crew") this.#context.takeOver.soon(joined.place);
  }

  #open(key: string, { place, audience }: Pick<NonNullable<Client["data"]["joined"]>, "place" | "audience">): Channel {
    const { directory, personal } = this.#context;
    const channel = new Channel({ io: this.#io, directory, personal, log: this.#log }, place, audience);
    this.#channels.set(key, channel);
    return channel;
  }

  #leave(client: Client): void {
    const { joined } = client.data;
    if (!joined) return;
    client.data.joined = undefined;
    this.#seen.note(client.data.principal);
    const { sessionId } = joined.place;
    const key = `${sessionId} ${joined.audience}`;
    const channel = this.#channels.get(key);
    channel?.leave(client);
    if (channel?.size === 0) {
      channel.close();
      this.#channels.delete(key);
    }
    if (this.#presence.remove(client.id, sessionId)) this.#tellPresence(sessionId);
  }

  async #resync(client: Client): Promise<Json> {
    const { joined } = client.data;
    if (!joined) throw new HttpError(409, "socket.notJoined");
    this.#limit(client);
    await this.#channels.get(`${joined.place.sessionId} ${joined.audience}`)?.resync(client);
    return { status: "ok" };
  }

  async #command(client: Client, payload: unknown): Promise<Json> {
    const { joined, principal } = client.data;
    if (!joined) {
      this.#context.refused("socket.notJoined");
      return { status: "error", code: "socket.notJoined" };
    }
    const command = wellFormed(CommandBody, payload);
    const { place } = joined;
    return sendCommand(command, { principal, place, grants: grantsIn(principal, place) }, this.#context);
  }

  #limit(client: Client): void {
    const retryAfterMs = this.#joins.take(client.id, performance.now());
    if (retryAfterMs > 0) throw new HttpError(429, "http.tooMany", { retryAfterMs });
  }

  #tellPresence(sessionId: string): void {
    if (this.#presenceDue.has(sessionId)) return;
    const timer = setTimeout(() => {
      this.#presenceDue.delete(sessionId);
      this.#exchange.say(sessionId, this.#ownPresence(sessionId));
      for (const audience of ["control", "crew"])
        this.#channels.get(`${sessionId} ${audience}`)?.local.emit("presence", { online: this.#online(sessionId) });
      const elsewhere = this.#exchange.others(sessionId).reduce((sum, { screens }) => sum + screens, 0);
      this.#screens.changed(sessionId, this.#ownPresence(sessionId).screens + elsewhere);
    }, PRESENCE_MS);
    this.#presenceDue.set(sessionId, timer);
  }

  #ownPresence(sessionId: string): NodePresence {
    const screens = this.#channels.get(`${sessionId} host`)?.size ?? 0;
    return { online: this.#presence.online(sessionId), screens };
  }

  #online(sessionId: string): readonly Online[] {
    return mergeOnline([
      this.#presence.online(sessionId),
      ...this.#exchange.others(sessionId).map(({ online }) => online),
    ]);
  }
}

/** The same edge as for HTTP bodies. */
function wellFormed<T>(schema: z.ZodType<T>, payload: unknown): T {
  const problem = findProblem(payload);
  if (problem) throw invalid([{ path: problem.path, code: problem.problem, message: problem.problem }]);
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues
      .slice(0, 20)
      .map(({ path, code, message }) => ({ path: path.map(String).join("."), code: code ?? "custom", message })),
  );
}
