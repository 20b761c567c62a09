import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Issue } from "#domain/engine.ts";
import type { Json } from "#domain/op.ts";
import { isDatabaseAway } from "../lib/database-away.ts";
import { errorForLog, type Logger } from "../lib/log.ts";
import { BusyError, UnknownSessionError } from "../live/directory-contract.ts";

/**
 * Everything that is not a plain answer leaves through here, so that each status has one shape:
 * 400 `{status:"invalid", issues}`, 409 `{status:"rejected", code, data?}`, 503 `{status:"retry", retryAfterMs}`, all others `{status:"error", code}`.
 */

/** Thrown by handlers; becomes the answer. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429;
  readonly code: string;
  readonly detail: { readonly issues?: readonly Issue[]; readonly data?: Json; readonly retryAfterMs?: number };
  constructor(status: HttpError["status"], code: string, detail: HttpError["detail"] = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

export const notFound = (what: string) => new HttpError(404, `${what}.unknown`);
export const denied = () => new HttpError(403, "access.denied");
export const rejected = (code: string, data?: Json) => new HttpError(409, code, data === undefined ? {} : { data });
export const invalid = (issues: readonly Issue[]) => new HttpError(400, INVALID, { issues });

/** Input that is not what it should be; the issues say where. */
export const INVALID = "input.invalid";

/** `code` is what a refusal is counted under; each is written in the code, so that there are few. */
export type Failure = {
  readonly status: number;
  readonly code: string;
  readonly body: Json;
  readonly retryAfterMs?: number;
};
/** Counts a refusal for those who watch over the process. */
export type Refused = (code: string) => void;
/** Who is told of failures beside the one who asked. */
type Told = { readonly refused: Refused; readonly log: Pick<Logger, "warn" | "error"> };

const DATABASE_AWAY_MS = 1_000;
export function failureOf(error: unknown): Failure {
  if (error instanceof HttpError) return ofHttpError(error);
  if (error instanceof UnknownSessionError) return plain(404, "session.unknown");
  if (error instanceof BusyError) return retry(error.retryAfterMs);
  if (isDatabaseAway(error)) return retry(DATABASE_AWAY_MS);
  if (hasZodFastifySchemaValidationErrors(error)) return ofIssues(400, validationBody(error));
  const status = statusOf(error);
  if (status === 503) return retry(DATABASE_AWAY_MS);
  if (status === 400) return ofIssues(400, { status: "invalid", issues: [BAD_REQUEST] });
  if (status < 500) return plain(status, frameworkCodes[status] ?? "http.badRequest");
  return plain(500, "server.failed");
}

export function handleFailures(app: FastifyInstance, told: Told): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answerFailure(error, { request, reply, told }));
  app.setNotFoundHandler((_request, reply) => {
    told.refused("http.notFound");
    return reply.code(404).send({ status: "error", code: "http.notFound" });
  });
}

type Asked = { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly told: Told };

export function answerFailure(error: unknown, { request, reply, told: { refused, log } }: Asked): FastifyReply {
  const failure = failureOf(error);
  refused(failure.code);
  const where = { method: request.method, route: request.routeOptions.url };
  if (failure.status === 500) log.error({ err: error, ...where }, "request failed");
  // Busy is no bug, and many are told at once: a line, no stack.
  else if (failure.status > 500) log.warn({ reason: reasonOf(error), ...where }, "told to come back");
  if (failure.retryAfterMs !== undefined) void reply.header("retry-after", Math.ceil(failure.retryAfterMs / 1000));
  return reply
    .code(failure.status)
    .header("cache-control", "no-store")
    .type("application/json; charset=utf-8")
    .send(JSON.stringify(failure.body));
}

/** The innermost cause says what is away; those around it may repeat what was asked. */
function reasonOf(error: unknown): string {
  let told = errorForLog(error);
  while (told.cause) told = told.cause;
  return `${told.type ?? ""} ${told.code ?? ""} ${told.message}`.trim();
}

function ofHttpError({ status, code, detail }: HttpError): Failure {
  const { issues, data, retryAfterMs } = detail;
  if (issues) return ofIssues(status, { status: "invalid", issues });
  if (status === 409)
    return {
      status,
      code,
      body: data === undefined ? { status: "rejected", code } : { status: "rejected", code, data },
    };
  return { ...plain(status, code), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

const plain = (status: number, code: string): Failure => ({ status, code, body: { status: "error", code } });
const ofIssues = (status: number, body: Json): Failure => ({ status, code: INVALID, body });
const retry = (retryAfterMs: number): Failure => ({
  status: 503,
  code: "server.retry",
  retryAfterMs,
  body: { status: "retry", retryAfterMs },
});

const frameworkCodes: Readonly<Record<number, string>> = {
  404: "http.notFound",
  405: "http.method",
  408: "http.timeout",
  413: "http.bodyTooLarge",
  414: "http.addressTooLong",
  415: "http.mediaType",
  429: "http.tooMany",
  431: "http.headersTooLarge",
};

/** A request that no route could be found for; there is no input yet whose part could be named. */
const BAD_REQUEST = { path: "", code: "http.badRequest", message: "not a request that can be read" };

function statusOf(error: unknown): number {
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return 500;
  const { statusCode } = error;
  return typeof statusCode === "number" && statusCode >= 400 && statusCode < 600 ? statusCode : 500;
}

type ZodFailure = {
  readonly validationContext?: string | undefined;
  readonly validation: readonly {
    readonly instancePath: string;
    readonly keyword: string;
    readonly message?: string | undefined;
    readonly params?: Readonly<Record<string, unknown>>;
  }[];
};

/** The fields that an object may not hold: each is told by its own path, as that is what whoever misspelt it looks for. */
const Unknown = z.object({ keys: z.array(z.string()) });

/** Paths start at the body itself; those of other parts name the part. */
function validationBody({ validation, validationContext: context }: ZodFailure): Json {
  const part = context === "querystring" ? "query" : context;
  const under = part === undefined || part === "body" ? [] : [part];
  const issues = validation.flatMap(({ instancePath, keyword, message = "invalid", params }) => {
    const path = [...under, ...instancePath.split("/").filter(Boolean)];
    const unknown = keyword === "unrecognized_keys" ? Unknown.safeParse(params).data : undefined;
    const places = unknown ? unknown.keys.map((key) => [...path, key]) : [path];
    return places.map((place) => ({ path: place.join("."), code: keyword, message }));
  });
  return { status: "invalid", issues: issues.slice(0, 20) };
}
