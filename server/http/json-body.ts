import type { FastifyInstance, FastifyRequest } from "fastify";
import { HttpError } from "./failures.ts";

/**
 * The only way in for a body: UTF-8 JSON, at most 1 MiB, nested at most 32 deep, without NUL or lone surrogates (PostgreSQL stores neither)
 * and without `__proto__`. What passed can be stored and shown.
 */

export const BODY_BYTES_MAX = 1_048_576;
const DEPTH_MAX = 32;

declare module "fastify" {
  interface FastifyRequest {
    bodyBytes: Buffer | null;
  }
}

/** The bytes as they came, for signatures. */
export function rawBody(request: FastifyRequest): Buffer {
  return request.bodyBytes ?? Buffer.alloc(0);
}

export function acceptJsonOnly(app: FastifyInstance): void {
  app.decorateRequest("bodyBytes", null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer", bodyLimit: BODY_BYTES_MAX },
    (request: FastifyRequest, body: Buffer, done) => {
      request.bodyBytes = body;
      // An empty body is how fetch sends "no input" with a content type.
      if (body.length === 0) return done(null, undefined);
      const parsed = parseJson(body);
      if ("problem" in parsed) {
        return done(
          new HttpError(400, "json.invalid", {
            issues: [{ path: parsed.path, code: parsed.problem, message: parsed.problem }],
          }),
        );
      }
      return done(null, parsed.value);
    },
  );
}

type Parsed = { readonly value: unknown } | { readonly problem: string; readonly path: string };

const utf8 = new TextDecoder("utf-8", { fatal: true });

export function parseJson(body: Uint8Array): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(body));
  } catch (error) {
    return { problem: error instanceof TypeError ? "json.notUtf8" : "json.syntax", path: "" };
  }
  const found = findProblem(value);
  return found ?? { value };
}

type Place = { readonly value: unknown; readonly depth: number; readonly path: readonly (string | number)[] };

/** Walks with a list of its own: a hostile body must not exhaust the stack. */
export function findProblem(root: unknown): { problem: string; path: string } | undefined {
  const open: Place[] = [{ value: root, depth: 0, path: [] }];
  for (let place = open.pop(); place; place = open.pop()) {
    const { value, depth, path } = place;
    if (typeof value === "string" && !isStorable(value)) return { problem: "text.unstorable", path: path.join(".") };
    if (typeof value !== "object" || value === null) continue;
    if (depth >= DEPTH_MAX) return { problem: "json.tooDeep", path: path.slice(0, 8).join(".") };
    const entries: Iterable<readonly [string | number, unknown]> = Array.isArray(value)
      ? value.entries()
      : Object.entries(value);
    for (const [key, child] of entries) {
      if (typeof key === "string" && (key === "__proto__" || !isStorable(key))) {
        return { problem: "json.key", path: path.join(".") };
      }
      if (typeof child === "string" || (typeof child === "object" && child !== null)) {
        open.push({ value: child, depth: depth + 1, path: depth < 8 ? [...path, key] : path });
      }
    }
  }
  return undefined;
}

const isStorable = (text: string) => text.isWellFormed() && !text.includes("\u0000");
