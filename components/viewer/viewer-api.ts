import { takeAsked } from "./asked-ahead.ts";
import { asMe, asShow, isRecord, type Me, type ViewerShow } from "./viewer-data.ts";
import { isInMiniProgram } from "./warmup/in-wechat.ts";

/** The viewer's side of docs/api-for-screens.md, without a schema library. What goes wrong comes back as a value. */

export type Failure = {
  /** `lost`: no answer, so it is not known whether it was done. `busy`: not now. `denied`: the token is no good here. */
  readonly kind: "lost" | "busy" | "refused" | "denied" | "missing" | "broken";
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly retryAfterMs: number;
};

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** A phone in a lift waits for nothing; a second try is cheaper. */
const ANSWER_MS = 8_000;
const BUSY_MS = 1_000;

const kinds: Readonly<Record<number, Failure["kind"]>> = {
  401: "denied",
  403: "denied",
  404: "missing",
  409: "refused",
  429: "busy",
  502: "busy",
  503: "busy",
  504: "busy",
};

export const pathOf = (sessionId: string) => `/api/v1/viewer/sessions/${encodeURIComponent(sessionId)}`;

export type ShowAnswer = Answer<{
  readonly show: ViewerShow | null;
  readonly etag: string | null;
  /** The server's clock as it answered; `null` when a cache on the way answered for it. */
  readonly serverNow: number | null;
  /** When it was asked and answered, by this phone's clock, ms: perhaps before anybody waited for it. */
  readonly sentAt: number;
  readonly receivedAt: number;
}>;

/** `show` is `null` when nothing changed since `etag`. */
export async function getShow(sessionId: string, etag: string | null): Promise<ShowAnswer> {
  const path = isInMiniProgram() ? `${pathOf(sessionId)}?in=miniProgram` : pathOf(sessionId);
  const asked = takeAsked(path);
  const startedAt = Date.now();
  const answer = await ask(path, { headers: etag ? { "if-none-match": etag } : {}, begun: asked?.answer });
  const receivedAt = asked?.receivedAt || Date.now();
  if (!answer.ok) return answer;
  const { response, body } = answer.value;
  const { headers } = response;
  const serverNow = headers.has("age") ? null : Number(headers.get("x-kaibo-now")) || null;
  const heard = { serverNow, sentAt: asked?.receivedAt ? asked.sentAt : startedAt, receivedAt };
  if (response.status === 304) return { ok: true, value: { show: null, etag, ...heard } };
  const show = asShow(body);
  return show ? { ok: true, value: { show, etag: headers.get("etag"), ...heard } } : broken();
}

export async function getMe(sessionId: string, token: string): Promise<Answer<Me>> {
  const answer = await ask(`${pathOf(sessionId)}/me`, { headers: bearer(token) });
  if (!answer.ok) return answer;
  const me = asMe(answer.value.body);
  return me ? { ok: true, value: me } : broken();
}

/** The mini program by which one tap reserves the show; `null`: none can be had now. */
export async function getReserveLink(sessionId: string): Promise<string | null> {
  const answer = await ask(`${pathOf(sessionId)}/reserve`, {});
  const body = answer.ok ? answer.value.body : null;
  if (!isRecord(body) || body["by"] !== "miniProgram" || typeof body["url"] !== "string") return null;
  return /^(https|weixin):\/\//.test(body["url"]) ? body["url"] : null;
}

type Asked = {
  readonly method?: "POST" | "PUT" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | null;
  /** The same, asked before; asked again when it came to nothing. */
  readonly begun?: Promise<Response> | undefined;
};

export async function ask(path: string, { method, headers = {}, body: sent, begun }: Asked, answerMs = ANSWER_MS) {
  const tooLate = new AbortController();
  const timer = setTimeout(() => tooLate.abort(), answerMs);
  // The tag is compared by us: a browser's cache would hide the 304, and WeChat's keeps what it should not.
  const send = () =>
    fetch(path, {
      ...(method ? { method } : {}),
      headers: sent ? { ...headers, "content-type": "application/json" } : headers,
      ...(sent ? { body: JSON.stringify(sent) } : {}),
      cache: "no-store",
      signal: tooLate.signal,
    });
  try {
    const response = await (begun ? Promise.race([begun.catch(send), aborted(tooLate.signal)]) : send());
    const body: unknown = response.status === 304 ? null : await response.json();
    if (response.ok || response.status === 304) return { ok: true as const, value: { response, body } };
    return { ok: false as const, failure: failureOf(response, body) };
  } catch (error) {
    // An answer that is not JSON comes from something between us and the server; anything else is the network.
    const kind = error instanceof SyntaxError ? "busy" : "lost";
    return { ok: false as const, failure: { kind, code: `http.${kind}`, data: {}, retryAfterMs: BUSY_MS } as const };
  } finally {
    clearTimeout(timer);
  }
}

/** What was begun elsewhere knows nothing of our patience. */
const aborted = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("too late"))));

function failureOf(response: Response, body: unknown): Failure {
  const said = isRecord(body) ? body : {};
  const { code, data, retryAfterMs } = said;
  const kind = kinds[response.status] ?? "broken";
  return {
    kind,
    code: typeof code === "string" ? code : `http.${kind}`,
    data: isRecord(data) ? data : {},
    retryAfterMs:
      typeof retryAfterMs === "number" ? retryAfterMs : (Number(response.headers.get("retry-after")) || 1) * 1_000,
  };
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
export const broken = () => ({
  ok: false as const,
  failure: { kind: "broken" as const, code: "http.broken", data: {}, retryAfterMs: 0 },
});
