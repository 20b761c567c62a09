import { WECOM_COUNTS } from "#domain/wecom-limits.ts";
import { fileBody, jsonBody, type UploadedFile } from "./api-call.ts";
import { Nothing, UploadAnswer, type Uploaded } from "./api/answers.ts";
import { withRetries } from "./retries.ts";
import { joinedMessage, type RobotMessage } from "./robot-message.ts";
import {
  isWecomFailure,
  type TransportReason,
  WecomError,
  type WecomFailure,
  WecomTransportError,
} from "./wecom-error.ts";
import type { RobotTurns } from "./shared-pace.ts";
import type { Ask, WecomLine, World } from "./wecom-line.ts";

/**
 * The robot of one internal group. At most 20 messages in any minute, one after the other, urgent ones first. A message is sent at most once: what surely
 * did not go waits its turn until `useBy`, what may have gone is never sent again. One object for each key in a process: it is the queue; nodes that share a
 * pace share the robot's turns.
 */
export type RobotLane = "urgent" | "normal";

export type RobotSend = {
  readonly message: RobotMessage;
  readonly lane: RobotLane;
  /** ms UTC; whatever has not gone by then does not go. */
  readonly useBy: number;
  /** When it is late it may go out together with others of its lane, as one message. */
  readonly mayJoin?: boolean | undefined;
  /** Takes it out of the queue; under way it can't be called back. */
  readonly signal?: AbortSignal | undefined;
};

export type RobotQueue = {
  readonly urgent: number;
  readonly normal: number;
  /** How long the next one waits, in ms. */
  readonly nextInMs: number;
};

/** How the last message of this process went; `failure`: null when WeCom took it. */
export type RobotLast = { readonly at: number; readonly failure: WecomFailure | null };

export type RobotCredentials = { readonly corpId: string; readonly key: string };

type Waiting = RobotSend & {
  readonly since: number;
  readonly settle: PromiseWithResolvers<void>;
  readonly takeOut: () => void;
};

const SEND = "webhook/send";
const UPLOAD = "webhook/upload_media";
const WINDOW_MS = 60_000;
const WAITING_MAX = 200;
const WHOLE_MS = 10_000;
const UPLOAD_MS = 60_000;
/** Short troubles are tried again at once; longer ones wait in the queue. */
const QUICK_MS = 3_000;
const AGAIN_MS = 2_000;
/** Who has waited this long for a turn goes out together with others. */
const LATE_MS = 2_000;

type Together = { readonly message: RobotMessage; readonly parts: readonly Waiting[] };

export class RobotClient<W extends World = World> {
  readonly world: W;
  readonly #line: WecomLine<W>;
  readonly #robot: RobotCredentials;
  readonly #waiting: Record<RobotLane, Waiting[]> = { urgent: [], normal: [] };
  /** When the last messages were answered: between the answers of any 21 there is a minute. */
  readonly #ends: number[] = [];
  readonly #woken = new Set<() => void>();
  readonly #turns: RobotTurns | null;
  #blockedUntil = 0;
  /** The turns of all nodes are taken until then. */
  #heldUntil = 0;
  #last: RobotLast | null = null;
  #pumping = false;
  #closed = false;

  constructor(line: WecomLine<W>, robot: RobotCredentials) {
    this.world = line.world;
    this.#line = line;
    this.#robot = robot;
    this.#turns = line.sharedPace?.turnsOf(robot.key) ?? null;
  }

  /** Resolves when WeCom took it; rejects with WecomError or WecomTransportError. */
  send(send: RobotSend): Promise<void> {
    const settle = Promise.withResolvers<void>();
    const takeOut = () => {
      const lane = this.#waiting[send.lane];
      const at = lane.indexOf(waiting);
      if (at < 0) return;
      lane.splice(at, 1);
      reject(waiting, "stopped");
    };
    const waiting: Waiting = { ...send, since: this.#line.clock.now(), settle, takeOut };
    if (this.#closed || send.signal?.aborted) reject(waiting, "stopped");
    else if (this.#makeRoom(send.lane)) {
      this.#waiting[send.lane].push(waiting);
      send.signal?.addEventListener("abort", takeOut, { once: true });
      void this.#pump();
    } else reject(waiting, "queueFull");
    return settle.promise;
  }

  /** For a `file` or `voice` message; the id lives three days and serves this robot only. */
  async upload(kind: "file" | "voice", file: UploadedFile): Promise<Uploaded> {
    const ask = () =>
      this.#ask({ api: UPLOAD, query: { type: kind }, body: fileBody(file), wholeMs: UPLOAD_MS, answer: UploadAnswer });
    return withRetries({ line: this.#line, api: UPLOAD, repeat: "always", options: {} }, ask);
  }

  queue(): RobotQueue {
    const { urgent, normal } = this.#waiting;
    return { urgent: urgent.length, normal: normal.length, nextInMs: this.#waitMs() };
  }

  last(): RobotLast | null {
    return this.#last;
  }

  /** What waits is not sent. */
  close(): void {
    this.#closed = true;
    for (const lane of [this.#waiting.urgent, this.#waiting.normal]) {
      for (const waiting of lane.splice(0)) reject(waiting, "stopped");
    }
    this.#wake();
  }

  /** An urgent message takes the place of the last normal one. */
  #makeRoom(lane: RobotLane): boolean {
    const { urgent, normal } = this.#waiting;
    if (urgent.length + normal.length < WAITING_MAX) return true;
    const last = lane === "urgent" ? normal.pop() : undefined;
    if (!last) return false;
    reject(last, "queueFull");
    return true;
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return this.#wake();
    this.#pumping = true;
    try {
      for (;;) {
        this.#expire();
        const { urgent, normal } = this.#waiting;
        if (urgent.length + normal.length === 0) return;
        const waitMs = this.#waitMs();
        if (waitMs > 0) {
          await this.#sleep(Math.min(waitMs, this.#untilNextExpiry()));
          continue;
        }
        await this.#takeTurn();
      }
    } finally {
      this.#pumping = false;
    }
  }

  /** What is next is chosen when the turn is had: meanwhile something urgent may have come, or all of it gone. */
  async #takeTurn(): Promise<void> {
    const told = await this.#turns?.take();
    if (told && told.waitMs > 0) {
      this.#heldUntil = this.#line.clock.now() + told.waitMs;
      return;
    }
    this.#expire();
    const { urgent, normal } = this.#waiting;
    const together = this.#nextOf(urgent.length > 0 ? urgent : normal);
    if (together) await this.#deliver(together);
    if (told) await (together ? this.#turns?.ended(told.turn) : this.#turns?.giveBack(told.turn));
  }

  /** The first of a lane; when it is late, with those behind it that fit into one message. */
  #nextOf(lane: Waiting[]): Together | null {
    const first = lane.shift();
    if (!first) return null;
    const parts = [first];
    let { message } = first;
    while (first.mayJoin && this.#line.clock.now() - first.since >= LATE_MS && lane[0]?.mayJoin) {
      const joined = joinedMessage(message, lane[0].message);
      const next = joined && lane.shift();
      if (!joined || !next) break;
      message = joined;
      parts.push(next);
    }
    return { message, parts };
  }

  async #deliver({ message, parts }: Together): Promise<void> {
    const { now } = this.#line.clock;
    for (const { signal, takeOut } of parts) signal?.removeEventListener("abort", takeOut);
    const once = () => this.#ask({ api: SEND, query: {}, body: jsonBody(message), wholeMs: WHOLE_MS, answer: Nothing });
    try {
      const options = { deadlineMs: QUICK_MS };
      await withRetries({ line: this.#line, api: SEND, repeat: "never", options }, once);
      this.#last = { at: now(), failure: null };
      for (const { settle } of parts) settle.resolve();
    } catch (error) {
      if (isWecomFailure(error)) this.#last = { at: now(), failure: error };
      const again = isWecomFailure(error) ? parts.filter((part) => this.#mayWait(error, part)) : [];
      for (const part of parts) if (!again.includes(part)) part.settle.reject(error);
      if (again.length === 0) return;
      // The rule is one of minutes, so the block is one.
      const blocked = error instanceof WecomError && error.class === "rate";
      const restMs = retryAfterOf(error) ?? (blocked ? WINDOW_MS : AGAIN_MS);
      this.#blockedUntil = now() + restMs;
      if (blocked) void this.#turns?.block(restMs);
      this.#putBack(again);
    } finally {
      this.#ends.push(now());
      if (this.#ends.length > WECOM_COUNTS.robotPerMinute) this.#ends.shift();
    }
  }

  #putBack(parts: readonly Waiting[]): void {
    for (const part of parts.toReversed()) {
      this.#waiting[part.lane].unshift(part);
      part.signal?.addEventListener("abort", part.takeOut, { once: true });
      if (part.signal?.aborted) part.takeOut();
    }
  }

  /** It surely did not go, and the trouble passes by itself. */
  #mayWait(error: WecomFailure, { useBy }: Waiting): boolean {
    if (this.#closed || error.outcome === "unknown" || this.#line.clock.now() >= useBy) return false;
    return error instanceof WecomError
      ? error.class === "rate" || error.class === "concurrency"
      : error.reason === "connect" || error.reason === "circuitOpen";
  }

  #ask<T>(call: Pick<Ask<T>, "api" | "query" | "body" | "wholeMs" | "answer">): Promise<T> {
    const { corpId, key } = this.#robot;
    return this.#line.ask({
      ...call,
      corp: corpId,
      method: "POST",
      query: { key, ...call.query },
      fresh: call.api === SEND,
      // Counted by robot, here.
      pace: false,
      hidden: [key],
    });
  }

  /** 0: the next one may go. */
  #waitMs(): number {
    const now = this.#line.clock.now();
    const [oldest = 0] = this.#ends;
    const full = this.#ends.length >= WECOM_COUNTS.robotPerMinute ? oldest + WINDOW_MS - now : 0;
    return Math.max(0, full, this.#blockedUntil - now, this.#heldUntil - now);
  }

  #expire(): void {
    const now = this.#line.clock.now();
    for (const lane of [this.#waiting.urgent, this.#waiting.normal]) {
      for (const waiting of lane.filter(({ useBy }) => now >= useBy)) {
        lane.splice(lane.indexOf(waiting), 1);
        reject(waiting, "tooLate");
      }
    }
  }

  #untilNextExpiry(): number {
    const { urgent, normal } = this.#waiting;
    const first = Math.min(...[...urgent, ...normal].map(({ useBy }) => useBy));
    return Math.max(1, first - this.#line.clock.now());
  }

  async #sleep(ms: number): Promise<void> {
    const early = new AbortController();
    const wake = () => early.abort();
    this.#woken.add(wake);
    await this.#line.clock.sleep(ms, early.signal);
    this.#woken.delete(wake);
  }

  #wake(): void {
    for (const wake of this.#woken) wake();
  }
}

const retryAfterOf = (error: unknown): number | null => (isWecomFailure(error) ? error.retryAfterMs : null);

function reject({ settle, signal, takeOut }: Waiting, reason: TransportReason): void {
  signal?.removeEventListener("abort", takeOut);
  settle.reject(new WecomTransportError({ api: SEND, reason, outcome: "notSent" }));
}
