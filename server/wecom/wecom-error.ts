import { meaningOf, type WecomAdvice, type WecomErrorClass } from "#domain/wecom-errcodes.ts";

/**
 * Whether WeCom may have done what it was asked for. `notSent`: surely not, asking again does nothing twice. `unknown`: the request was on its way
 * when the answer was lost, and only a look at WeCom's own lists can tell.
 */
export type WecomOutcome = "notSent" | "unknown";

type Refusal = {
  readonly api: string;
  readonly errcode: number;
  readonly errmsg: string;
  readonly outcome?: WecomOutcome;
  readonly retryAfterMs?: number;
  /** Said by ourselves, to spare WeCom a call whose answer is known. */
  readonly foreseen?: boolean;
};

const MESSAGE_MAX = 300;

/** WeCom answered, and refused. */
export class WecomError extends Error {
  override readonly name = "WecomError";
  readonly api: string;
  readonly errcode: number;
  /** Not a stable text; for logs and people. */
  readonly errmsg: string;
  readonly class: WecomErrorClass;
  /** What a person can do; its words are those of the interface. */
  readonly advice: WecomAdvice;
  /** By this number WeCom's own page for questions finds the call. */
  readonly hint: string | null;
  /** The address that WeCom saw the call come from: with 60020 the one to be trusted. */
  readonly ip: string | null;
  readonly outcome: WecomOutcome;
  readonly retryAfterMs: number | null;
  readonly foreseen: boolean;

  constructor({ api, errcode, errmsg, outcome = "notSent", retryAfterMs, foreseen = false }: Refusal) {
    super(`${api}: ${errcode} ${errmsg.slice(0, MESSAGE_MAX)}`);
    this.errmsg = errmsg.slice(0, MESSAGE_MAX);
    const { class: kind, advice } = meaningOf(errcode);
    this.api = api;
    this.errcode = errcode;
    this.class = kind;
    this.advice = advice;
    this.hint = /hint: ?\[(\w+)\]/.exec(errmsg)?.[1] ?? null;
    this.ip = /from ip: ?([0-9a-fA-F.:]+)/.exec(errmsg)?.[1]?.replace(/[.:]+$/, "") ?? null;
    this.outcome = outcome;
    this.retryAfterMs = retryAfterMs ?? null;
    this.foreseen = foreseen;
  }
}

export type TransportReason =
  /** No connection: name, address, certificate, time-out of connecting. */
  | "connect"
  | "timeout"
  | "cut"
  /** A status other than 200: a gateway, or no such path. */
  | "status"
  /** An answer that is not what the document says. */
  | "body"
  | "stopped"
  | "circuitOpen"
  | "queueFull"
  | "tooLate";

type Lost = {
  readonly api: string;
  readonly reason: TransportReason;
  readonly outcome: WecomOutcome;
  readonly detail?: string;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
};

/** No answer of WeCom's. */
export class WecomTransportError extends Error {
  override readonly name = "WecomTransportError";
  readonly api: string;
  readonly reason: TransportReason;
  readonly outcome: WecomOutcome;
  readonly retryAfterMs: number | null;

  constructor({ api, reason, outcome, detail, retryAfterMs, cause }: Lost) {
    super(`${api}: ${reason}${detail === undefined ? "" : ` ${detail}`}`, cause === undefined ? {} : { cause });
    this.api = api;
    this.reason = reason;
    this.outcome = outcome;
    this.retryAfterMs = retryAfterMs ?? null;
  }
}

export type WecomFailure = WecomError | WecomTransportError;

export function isWecomFailure(error: unknown): error is WecomFailure {
  return error instanceof WecomError || error instanceof WecomTransportError;
}

/** The same failure seen by a call that never left, because what it needed first failed. */
export function asNotSent(failure: WecomFailure): WecomFailure {
  if (failure.outcome === "notSent") return failure;
  const { api, retryAfterMs } = failure;
  const known = { api, outcome: "notSent" as const, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  if (failure instanceof WecomTransportError) {
    return new WecomTransportError({ ...known, reason: failure.reason, cause: failure });
  }
  const { errcode, errmsg, foreseen } = failure;
  return new WecomError({ ...known, errcode, errmsg, foreseen });
}
