import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import { z } from "zod";
import { applyFrame, applySnapshot, type StoredView } from "#domain/view-store.ts";
import type { Frame, Snapshot } from "#domain/wire.ts";
import { controlView, type ControlView } from "./control-view.ts";
import type { Coming } from "./spread-model.ts";

/** The public API as a simulated audience uses it: sockets to see, HTTP to act. Nothing here is open to it that is not open to everybody. */

export type RehearsalApiConfig = {
  readonly baseUrl: string;
  readonly sessionId: string;
  /** Token of the rehearsal: a program, and an operator of this one show. */
  readonly token: string;
};

const OPEN_MS = 10_000;
const RETRIES = 20;
const BATCH = 500;

export class RehearsalApi {
  readonly #config: RehearsalApiConfig;
  readonly #socket: Socket;
  readonly #visitors = new Map<string, Promise<string>>();
  /** What the browser of each simulated phone remembers. */
  readonly #cookies = new Map<string, string>();
  #view: StoredView | undefined;

  constructor(config: RehearsalApiConfig) {
    this.#config = config;
    this.#socket = io(config.baseUrl, {
      auth: { token: config.token },
      transports: ["websocket"],
      autoConnect: false,
    });
    this.#socket.on("snapshot", (snapshot: Snapshot) => (this.#view = applySnapshot(snapshot)));
    this.#socket.on("frame", (frame: Frame) => {
      const result = this.#view && applyFrame(this.#view, frame);
      if (!result || result.status === "gap") this.#socket.emit("resync");
      else this.#view = result.view;
    });
    this.#socket.on("connect", () =>
      this.#socket.emit("join", { sessionId: config.sessionId, audience: "control", page: "rehearsal" }),
    );
  }

  /** Resolves with the first view; throws when none comes in time. */
  async open(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const tooLate = setTimeout(() => reject(new Error("the show's view does not come")), OPEN_MS);
    this.#socket.once("snapshot", () => resolve());
    this.#socket.once("connect_error", reject);
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

  async stepClock(to: number): Promise<void> {
    await this.#post(`/api/v1/sessions/${this.#config.sessionId}/clock`, { to });
  }

  /** Whether it was done; a refusal is an answer, not an error. */
  async command(type: string, input: unknown): Promise<boolean> {
    const path = `/api/v1/sessions/${this.#config.sessionId}/commands`;
    return (await this.#post(path, { id: randomUUID(), type, input })).ok;
  }

  /** The code that the person holds from now on; `undefined` when a rule refused. */
  async claim(personId: string, couponId: string, via: string | null): Promise<string | undefined> {
    const path = `${this.#viewerPath()}/coupons/${couponId}/claim`;
    const { ok, body } = await this.#post(path, via === null ? {} : { via }, await this.#visitor(personId));
    return ok ? Claimed.parse(body).result.code : undefined;
  }

  async enter(personId: string, lotteryId: string, via: string | null): Promise<boolean> {
    const path = `${this.#viewerPath()}/lotteries/${lotteryId}/enter`;
    return (await this.#post(path, via === null ? {} : { via }, await this.#visitor(personId))).ok;
  }

  /** Opens the page on a phone by a link, says who they are, and signs up; the code to bring others by, `undefined` when a rule refused. */
  async comeAndSignUp(coming: Coming): Promise<string | undefined> {
    const { name, phone, inviterCode, sourceCode, via, looksFirst } = coming;
    const link = {
      ...(inviterCode === null ? {} : { i: inviterCode }),
      ...(sourceCode === null ? {} : { s: sourceCode }),
      ...(via === null ? {} : { p: via }),
    };
    let visitor: string | undefined;
    if (looksFirst) {
      visitor = Token.parse((await this.#onPhone(phone, "visitor", {})).body).token;
      await this.#onPhone(phone, "touch", link, visitor);
    }
    const token = Token.parse((await this.#onPhone(phone, "demo-sign-in", { name }, visitor)).body).token;
    this.#visitors.set(name, Promise.resolve(token));
    if (!looksFirst) await this.#onPhone(phone, "touch", link, token);
    const said = { ...(sourceCode === null ? {} : { sourceCode }), ...(via === null ? {} : { via }) };
    const { ok, body } = await this.#onPhone(phone, "signup", said, token);
    return ok ? SignedUp.parse(body).result.code : undefined;
  }

  /** Of somebody who has signed up. */
  async again(name: string): Promise<void> {
    await this.#onPhone(name, "signup", {}, await this.#visitors.get(name));
  }

  async cancelSignup(name: string): Promise<void> {
    await this.#onPhone(name, "signup/cancel", {}, await this.#visitors.get(name));
  }

  async openPage(name: string): Promise<void> {
    await this.#onPhone(name, "touch", {}, await this.#visitors.get(name));
  }

  /** The person opened the show's page by a link with this code. */
  async opened(personId: string, via: string): Promise<void> {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ code: via, visitor: personId });
    // One that is not counted is no reason to end the rehearsal.
    await fetch(`${this.#config.baseUrl}${this.#viewerPath()}/opens`, { method: "POST", headers, body });
  }

  /** What the link of a 员工转发 leads to; undefined: it opens nothing any more. */
  async forwardList<T>(token: string, path: string, shape: z.ZodType<T>): Promise<T | undefined> {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${this.#config.baseUrl}/api/v1/forward${path}`, { headers });
    return answer.ok ? shape.parse(await answer.json()) : undefined;
  }

  /** As the member does on the page of a 员工转发. */
  async tick(token: string, memberId: string, target: { taskId: string; groupId: string }): Promise<boolean> {
    const body = { id: randomUUID(), ...target, ticked: true, agoMs: 0 };
    return (await this.#post(`/api/v1/forward/members/${memberId}/ticks`, body, token)).ok;
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

  /** Each simulated person is one visitor, from their first act on. */
  #visitor(personId: string): Promise<string> {
    const known = this.#visitors.get(personId);
    if (known) return known;
    const minted = fetch(`${this.#config.baseUrl}${this.#viewerPath()}/visitor`, { method: "POST" })
      .then((response) => response.json())
      .then((body) => z.object({ token: z.string() }).parse(body).token);
    this.#visitors.set(personId, minted);
    minted.catch(() => this.#visitors.delete(personId));
    return minted;
  }

  /** Like a browser, which keeps the cookies it is given. */
  async #onPhone(phone: string, path: string, body: object, token?: string): Promise<{ ok: boolean; body: unknown }> {
    const cookie = this.#cookies.get(phone);
    const response = await fetch(`${this.#config.baseUrl}${this.#viewerPath()}/${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(cookie === undefined ? {} : { cookie }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    for (const given of response.headers.getSetCookie()) this.#cookies.set(phone, given.split(";")[0] ?? "");
    // Refused, or too busy for somebody who is no more than simulated: they go without.
    return { ok: response.ok, body: await response.json() };
  }

  #viewerPath(): string {
    return `/api/v1/viewer/sessions/${this.#config.sessionId}`;
  }

  /** `retry` answers are tried again with the same body, as the contract asks; `ok` is false when a rule refused. */
  async #post(path: string, body: object, token = this.#config.token): Promise<{ ok: boolean; body: unknown }> {
    for (let attempt = 0; attempt < RETRIES; attempt += 1) {
      const response = await fetch(`${this.#config.baseUrl}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
      if (response.ok) return { ok: true, body: await response.json() };
      const text = await response.text();
      // A viewer may be turned away, as where anonymous persons may not claim; that is no reason to end the rehearsal.
      const isTurnedAway = response.status === 403 && token !== this.#config.token;
      if (response.status === 409 || isTurnedAway) return { ok: false, body: text };
      if (response.status !== 503 && response.status !== 429) {
        throw new Error(`${path} answered ${response.status}: ${text.slice(0, 400)}`);
      }
      const seconds = Number(response.headers.get("retry-after") ?? 1);
      await sleep(Math.min(5_000, Math.max(100, seconds * 1_000)));
    }
    throw new Error(`${path} was busy ${RETRIES} times in a row`);
  }
}

const Token = z.object({ token: z.string() });
const SignedUp = z.object({ result: z.object({ code: z.string().optional() }) });
const Claimed = z.object({ result: z.object({ code: z.string() }) });
const Ingested = z.object({ items: z.array(z.looseObject({ status: z.string() })) });
