import * as z from "zod/mini";

/** How a request can fail, in the shapes of docs/api-for-screens.md. `data` is what the words for the code need. */
export type Failure = {
  readonly kind: "refused" | "invalid" | "denied" | "missing" | "retry" | "offline" | "broken";
  readonly code: string;
  readonly data?: unknown;
  readonly issues?: readonly Issue[];
  readonly retryAfterMs?: number;
};

export type Issue = { readonly path: string; readonly code: string; readonly message: string };

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

const ErrorBody = z.object({
  status: z.optional(z.string()),
  code: z.optional(z.string()),
  data: z.optional(z.unknown()),
  issues: z.optional(z.array(z.object({ path: z.string(), code: z.string(), message: z.string() }))),
  retryAfterMs: z.optional(z.number()),
});

export type RequestOptions<T> = {
  readonly method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** JSON; a file goes as it is. */
  readonly body?: unknown;
  /** What the answer must look like; another shape is a bug and says so. */
  readonly shape: z.ZodMiniType<T>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

/** For answers of which only the success matters. */
export const AnyAnswer = z.unknown();

let bearer: string | null = null;

/** From now on this page asks with a token in place of the visitor's cookie: it was opened by a link. */
export function askWithToken(token: string): void {
  bearer = token;
}

/** One call of the API with the visitor's cookie. Never throws but for an abort: what went wrong comes back as a value. */
export async function request<T>(path: string, options: RequestOptions<T>): Promise<Reply<T>> {
  const { method = "GET", body, shape, headers, signal } = options;
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      headers: {
        accept: "application/json",
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { "content-type": body instanceof Blob ? body.type : "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    answer = await bodyOf(response);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    return { ok: false, failure: { kind: "offline", code: "http.offline" } };
  }
  if (response.ok) {
    const parsed = shape.safeParse(answer);
    if (parsed.success) return { ok: true, value: parsed.data };
    console.error(`${method} ${path} answered in another shape`, parsed.error.issues);
    return { ok: false, failure: { kind: "broken", code: "http.shape" } };
  }
  return { ok: false, failure: failureOf(response, answer) };
}

/** `null`: no JSON, as from a proxy. Throws when the line broke, or the caller gave up, in the middle of it. */
async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const kinds: Readonly<Record<number, Failure["kind"]>> = {
  400: "invalid",
  401: "denied",
  403: "denied",
  404: "missing",
  409: "refused",
  429: "retry",
  502: "retry",
  503: "retry",
};

function failureOf(response: Response, answer: unknown): Failure {
  const parsed = ErrorBody.safeParse(answer);
  const body = parsed.success ? parsed.data : {};
  const kind = kinds[response.status] ?? "broken";
  const fallback = kind === "invalid" ? "input.invalid" : kind === "retry" ? "http.retry" : "http.broken";
  return {
    kind,
    code: body.code ?? fallback,
    ...(body.data === undefined ? {} : { data: body.data }),
    ...(body.issues ? { issues: body.issues } : {}),
    ...(kind === "retry"
      ? { retryAfterMs: body.retryAfterMs ?? (Number(response.headers.get("retry-after")) || 1) * 1000 }
      : {}),
  };
}
