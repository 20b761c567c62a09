import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import { z } from "zod";
import { applyFrame, applySnapshot, type StoredView } from "#domain/view-store.ts";
import type { Frame, Snapshot } from "#domain/wire.ts";
import { controlView, type ControlView } from "./control-view.ts";
import type { Coming } from "./spread-model.ts";
import { demoKey } from "../wechat/demo-key.ts";

/** The public API as a simulated audience uses it: sockets to see, HTTP to act. Nothing here is open to it that is not open to everybody. */

export type RehearsalApiConfig = {
  readonly baseUrl: string;
  readonly sessionId: string;
  /** Token of the rehearsal: a program, and an operator of this one show. */
  readonly token: string;
};

const OPEN_MS = 20_000;
/** Of one question; a server that is no more than busy answers sooner. */
const ANSWER_MS = 10_000;
/** What the rehearsal itself asks for is tried again so long. */
const BUSY_MS_MAX = 60_000;
/** What one simulated person does, so often. */
const PERSON_TRIES = 2;
const AGAIN_MS_MAX = 5_000;
/** It says itself that it lives every second, so a view that hears nothing for so long has lost touch, and is asked for anew. */
const SILENT_MS = 5_000;
const BATCH = 500;
/** Whoever hears one of these has said something that the other does not understand. */
const MISUNDERSTOOD = new Set([400, 405, 413, 415, 422]);

export class RehearsalApi {
  readonly #config: RehearsalApiConfig;
  readonly #socket: Socket;
  readonly #visitors = new Map<string, Promise<string | null>>();
  /** By which keys shops report the orders of those who said who they are. */
  readonly #keys = new Map<string, string>();
  /** What the browser of each simulated phone remembers. */
  readonly #cookies = new Map<string, string>();
  #view: StoredView | undefined;
  #heardAt = performance.now();
  #askedAt = performance.now();

  constructor(config: RehearsalApiConfig) {
    this.#config = config;
    this.#socket = io(config.baseUrl, {
      auth: { token: config.token },
      transports: ["websocket"],
      autoConnect: false,
    });
    this.#socket.on("snapshot", (snapshot: Snapshot) => {
      this.#heardAt = performance.now();
      this.#view = applySnapshot(snapshot);
    });
    this.#socket.on("frame", (frame: Frame) => {
      this.#heardAt = performance.now();
      const result = this.#view && applyFrame(this.#view, frame);
      if (!result || result.status === "gap") this.#socket.emit("resync");
      else this.#view = result.view;
    });
    this.#socket.on("connect", () => this.#join());
  }

  /** Resolves with the first view; throws when none comes in time. */
  async open(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const tooLate = setTimeout(() => reject(new Error("the show's view does not come")), OPEN_MS);
    this.#socket.once("snapshot", () => resolve());
    // One that is not active was turned away; all others try again by themselves.
    this.#socket.on("connect_error", (error) => this.#socket.active || reject(error));
    this.#socket.connect();
    try {
      await promise;
    } finally {
      clearTimeout(tooLate);
    }
  }

  close(): void {
    this.#socket.close();
  }

  view(): ControlView {
    if (!this.#view) throw new Error("the rehearsal was not opened");
    return controlView(this.#view);
  }

  /** Real time since the show was last heard of; asks for its view again meanwhile. */
  silentMs(): number {
    const now = performance.now();
    const silentMs = now - this.#heardAt;
    if (silentMs > SILENT_MS && now - this.#askedAt > SILENT_MS) {
      this.#askedAt = now;
      if (this.#socket.connected) this.#join();
    }
    return silentMs;
  }

  /** Whether it was done. */
  async stepClock(to: number): Promise<boolean> {
    return (await this.#post(`/api/v1/sessions/${this.#config.sessionId}/clock`, { to })).ok;
  }

  /** Whether it was done; a refusal is an answer, not an error. */
  async command(type: string, input: unknown): Promise<boolean> {
    const path = `/api/v1/sessions/${this.#config.sessionId}/commands`;
    return (await this.#post(path, { id: randomUUID(), type, input })).ok;
  }

  /** The code that the person holds from now on; `undefined`: they go without, here as in all that single persons do. */
  async claim(personId: string, couponId: string, via: string | null): Promise<string | undefined> {
    const done = await this.#asVisitor(personId, `coupons/${couponId}/claim`, via === null ? {} : { via });
    return done ? Claimed.parse(done.body).result.code : undefined;
  }

  async enter(personId: string, lotteryId: string, via: string | null): Promise<boolean> {
    return (await this.#asVisitor(personId, `lotteries/${lotteryId}/enter`, via === null ? {} : { via })) !== null;
  }

  /** Opens the page on a phone by a link, says who they are, and signs up; the code to bring others by. */
  async comeAndSignUp(coming: Coming): Promise<string | undefined> {
    const { phone, inviterCode, sourceCode, via, looksFirst } = coming;
    const link = {
      ...(inviterCode === null ? {} : { i: inviterCode }),
      ...(sourceCode === null ? {} : { s: sourceCode }),
      ...(via === null ? {} : { p: via }),
    };
    const visitor = looksFirst ? await this.#onPhone(phone, "visitor", {}) : null;
    const held = visitor ? Token.parse(visitor.body).token : undefined;
    if (held !== undefined) await this.#onPhone(phone, "touch", link, held);
    const token = await this.#sayWho(coming, held);
    if (token === null) return undefined;
    if (held === undefined) await this.#onPhone(phone, "touch", link, token);
    const said = { ...(sourceCode === null ? {} : { sourceCode }), ...(via === null ? {} : { via }) };
    const done = await this.#onPhone(phone, "signup", said, token);
    return done ? SignedUp.parse(done.body).result.code : undefined;
  }

  /** By which key the orders of this person come in. */
  keyOf(name: string): string {
    return this.#keys.get(name) ?? demoKey(this.#config.sessionId, name);
  }

  /** Of somebody who has signed up. */
  async again(name: string): Promise<boolean> {
    return this.#asKnown(name, "signup");
  }

  async cancelSignup(name: string): Promise<boolean> {
    return this.#asKnown(name, "signup/cancel");
  }

  async openPage(name: string): Promise<boolean> {
    return this.#asKnown(name, "touch");
  }

  /** The person opened the show's page by a link with this code. */
  async opened(personId: string, via: string): Promise<void> {
    await this.#asPerson(`${this.#viewerPath()}/opens`, { code: via, visitor: personId });
  }

  /** What the link of a 员工转发 leads to; undefined: it opens nothing any more. */
  async forwardList<T>(token: string, path: string, shape: z.ZodType<T>): Promise<T | undefined> {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await this.#ask(`/api/v1/forward${path}`, { headers }).catch(() => null);
    return answer?.ok ? shape.parse(answer.body) : undefined;
  }

  /** As the member does on the page of a 员工转发. */
  async tick(token: string, memberId: string, target: { taskId: string; groupId: string }): Promise<boolean> {
    const body = { id: randomUUID(), ...target, ticked: true, agoMs: 0 };
    return (await this.#asPerson(`/api/v1/forward/members/${memberId}/ticks`, body, { token })) !== null;
  }

  /** Throws when an item was malformed or refused: then simulator and server don't speak the same language. */
  async ingest(kind: "orders" | "audience" | "comments", items: readonly object[]): Promise<void> {
    for (let from = 0; from < items.length; from += BATCH) {
      const path = `/api/v1/ingest/sessions/${this.#config.sessionId}/${kind}`;
      const answer = Ingested.parse((await this.#post(path, { items: items.slice(from, from + BATCH) })).body);
      const bad = answer.items.find(({ status }) => status !== "ok");
      if (bad) throw new Error(`${kind}: ${JSON.stringify(bad)}`);
    }
  }

  #join(): void {
    this.#socket.emit("join", { sessionId: this.#config.sessionId, audience: "control", page: "rehearsal" });
  }

  /** As a customer of 示例企业 where they are one that the tables know; else by their name alone. */
  async #sayWho({ name, phone, customer }: Coming, held: string | undefined): Promise<string | null> {
    const asCustomer = customer && (await this.#onPhone(phone, "demo-sign-in", { name, customer: customer.id }, held));
    const done = asCustomer ?? (await this.#onPhone(phone, "demo-sign-in", { name }, held));
    if (!done) return null;
    const { token } = Token.parse(done.body);
    this.#visitors.set(name, Promise.resolve(token));
    if (asCustomer) this.#keys.set(name, customer.unionid);
    return token;
  }

  /** Each simulated person is one visitor, from their first act on; null: they could not get in. */
  #visitor(personId: string): Promise<string | null> {
    const known = this.#visitors.get(personId);
    if (known) return known;
    const minted = this.#asPerson(`${this.#viewerPath()}/visitor`).then((done) => {
      if (!done) this.#visitors.delete(personId);
      return done && Token.parse(done.body).token;
    });
    this.#visitors.set(personId, minted);
    return minted;
  }

  async #asVisitor(personId: string, path: string, body: object): Promise<Done | null> {
    const token = await this.#visitor(personId);
    return token === null ? null : this.#asPerson(`${this.#viewerPath()}/${path}`, body, { token });
  }

  /** On their own phone. */
  async #asKnown(name: string, path: string): Promise<boolean> {
    const token = await this.#visitors.get(name);
    return token ? (await this.#onPhone(name, path, {}, token)) !== null : false;
  }

  #onPhone(phone: string, path: string, body: object, token?: string): Promise<Done | null> {
    return this.#asPerson(`${this.#viewerPath()}/${path}`, body, { phone, token });
  }

  #viewerPath(): string {
    return `/api/v1/viewer/sessions/${this.#config.sessionId}`;
  }

  /**
   * What somebody gets who is no more than simulated; null: a rule or the server refused them, was too busy, or did not answer. That ends no rehearsal. Throws
   * where simulator and server don't speak the same language.
   */
  async #asPerson(path: string, body?: object, { phone, token }: As = {}): Promise<Done | null> {
    const cookie = phone === undefined ? undefined : this.#cookies.get(phone);
    const headers = {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    for (let attempt = 1; ; attempt += 1) {
      const init = { method: "POST", headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const answer = await this.#ask(path, init).catch(() => null);
      // Like a browser, which keeps the cookies it is given.
      for (const given of answer?.cookies ?? []) if (phone !== undefined) this.#cookies.set(phone, given);
      if (answer?.ok) return { body: answer.body };
      if (answer && MISUNDERSTOOD.has(answer.status)) throw misunderstood(path, answer);
      const isBusy = answer === null || answer.status >= 500;
      if (!isBusy || attempt >= PERSON_TRIES) return null;
      await sleep(answer?.againMs ?? 500);
    }
  }

  /** `retry` answers, and none at all, are tried again with the same body, as the contract asks; `ok` is false when a rule refused. */
  async #post(path: string, body: object): Promise<{ ok: boolean; body: unknown }> {
    const headers = { "content-type": "application/json", authorization: `Bearer ${this.#config.token}` };
    const until = performance.now() + BUSY_MS_MAX;
    for (;;) {
      const answer = await this.#ask(path, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => null);
      if (answer?.ok) return { ok: true, body: answer.body };
      if (answer?.status === 409) return { ok: false, body: answer.body };
      if (answer && answer.status !== 429 && answer.status < 500) throw misunderstood(path, answer);
      if (performance.now() > until)
        throw new Error(`${path} was busy for ${BUSY_MS_MAX} ms: ${answer?.status ?? "no answer"}`);
      await sleep(answer?.againMs ?? 500);
    }
  }

  /** Rejects where no whole answer comes in time. */
  async #ask(path: string, init: RequestInit): Promise<Answered> {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const response = await fetch(`${this.#config.baseUrl}${path}`, { ...init, signal });
    const text = await response.text();
    const seconds = Number(response.headers.get("retry-after") ?? 1);
    return {
      ok: response.ok,
      status: response.status,
      body: response.ok && text !== "" ? JSON.parse(text) : text,
      cookies: response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? ""),
      againMs: Math.min(AGAIN_MS_MAX, Math.max(100, seconds * 1_000)),
    };
  }
}

type Done = { readonly body: unknown };
type As = { readonly phone?: string | undefined; readonly token?: string | undefined };
type Answered = Done & {
  readonly ok: boolean;
  readonly status: number;
  readonly cookies: readonly string[];
  readonly againMs: number;
};

const misunderstood = (path: string, { status, body }: Answered) =>
  new Error(`${path} answered ${status}: ${String(body).slice(0, 400)}`);

const Token = z.object({ token: z.string() });
const SignedUp = z.object({ result: z.object({ code: z.string().optional() }) });
const Claimed = z.object({ result: z.object({ code: z.string() }) });
const Ingested = z.object({ items: z.array(z.looseObject({ status: z.string() })) });
