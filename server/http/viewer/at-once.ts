import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest, onRequestHookHandler, preParsingHookHandler } from "fastify";
import { z } from "zod";
import type { CommandAnswer } from "#domain/wire.ts";
import type { ApiInstance } from "../context.ts";
import { parseJson } from "../json-body.ts";
import { sendAnswer } from "../staff/command-routes.ts";
import { headersSet } from "./send-view.ts";

/**
 * A way through a route for acts that come by the thousand a second: when everything is as it mostly is, without what Fastify does around
 * a handler (streams, schemas one by one, promises, serialising), which costs as much as the act. What is unusual in any way goes the
 * route's own way, as if it had never been looked at: refusals have one place.
 */
export type AtOnce = {
  readonly onRequest: onRequestHookHandler;
  readonly preParsing: preParsingHookHandler;
};

type Shapes = { readonly params: z.ZodType; readonly headers: z.ZodType; readonly body: z.ZodType };

/** What these schemas make of a request. */
export type AskedOf<S extends Shapes> = z.infer<z.ZodObject<S>>;

declare module "fastify" {
  interface FastifyRequest {
    /** What was read of the body before the route's own way was taken. */
    bodyAhead: Buffer | null;
  }
}

/** Acts are small; what is longer, or of unknown length, goes the route's own way. */
const BYTES_MAX = 4_096;

/**
 * Hooks for a route with these schemas. `act` gets what they made of a request; `undefined` sends it the route's own way, what it throws is
 * answered as there.
 */
export function atOnce<S extends Shapes>(
  shapes: S,
  act: (asked: AskedOf<S>, request: FastifyRequest, reply: FastifyReply) => Promise<CommandAnswer> | undefined,
): AtOnce {
  const Whole = z.object(shapes);
  const readIn = ({ params, headers }: FastifyRequest, bytes: Buffer): AskedOf<S> | undefined => {
    const parsed = bytes.length === 0 ? { value: undefined } : parseJson(bytes);
    return "value" in parsed ? Whole.safeParse({ params, headers, body: parsed.value }).data : undefined;
  };
  return {
    onRequest(request, reply, done) {
      const length = lengthAhead(request);
      if (length === undefined) return done();
      readAhead(request, length, (bytes) => {
        try {
          const asked = readIn(request, bytes);
          const answered = asked && act(asked, request, reply);
          if (answered) {
            answered.then((answer) => sendAtOnce(reply, answer)).catch((error: unknown) => void reply.send(error));
            return;
          }
        } catch (error) {
          void reply.send(error);
          return;
        }
        request.bodyAhead = bytes;
        done();
      });
    },
    preParsing(request, _reply, payload, done) {
      done(null, request.bodyAhead ? Readable.from([request.bodyAhead]) : payload);
    },
  };
}

/** For the scope whose routes have these hooks. */
export function readBodiesAhead(app: ApiInstance): void {
  app.decorateRequest("bodyAhead", null);
}

/** How long the body is, where it can be read before Fastify does. */
function lengthAhead({ headers }: FastifyRequest): number | undefined {
  if (headers["content-type"] !== "application/json" || "transfer-encoding" in headers) return undefined;
  const length = Number(headers["content-length"] ?? 0);
  return length <= BYTES_MAX ? length : undefined;
}

/** Whoever leaves before it is all there is never heard of again: nobody waits for an answer. */
function readAhead({ raw }: FastifyRequest, length: number, done: (bytes: Buffer) => void): void {
  if (length === 0) return done(Buffer.alloc(0));
  let bytes: Buffer | undefined;
  raw.on("data", (chunk: Buffer) => {
    bytes = bytes ? Buffer.concat([bytes, chunk]) : chunk;
    if (bytes.length >= length) done(bytes);
  });
}

function sendAtOnce(reply: FastifyReply, answer: CommandAnswer): void {
  if (answer.status !== "ok") {
    void sendAnswer(reply, answer);
    return;
  }
  const text = JSON.stringify(answer);
  const bytes = Buffer.byteLength(text);
  const headers = headersSet(reply);
  headers.push("cache-control", "no-store", "content-type", "application/json; charset=utf-8", "content-length", bytes);
  // A byte a letter is the same in both, and Node writes Latin without looking at each letter.
  reply
    .hijack()
    .raw.writeHead(200, headers)
    .end(text, bytes === text.length ? "latin1" : "utf8");
}
