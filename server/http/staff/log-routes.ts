import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import type { StoredEvent } from "#domain/event.ts";
import type { Json } from "#domain/op.ts";
import { engine } from "#domain/ops/index.ts";
import { mayManage } from "../access.ts";
import { enterShow, type ApiContext, type ApiInstance } from "../context.ts";
import { denied } from "../failures.ts";
import { numberInQuery } from "../number-in-query.ts";
import { failures, IdParams } from "../shapes.ts";

const EVENTS_MAX = 1_000_000;
const PAGE = 5_000;

/** The log itself, for those who answer for the room. */
export function serveLog(app: ApiInstance, context: ApiContext): void {
  app.get(
    "/api/v1/sessions/:id/events",
    {
      schema: {
        tags: ["shows"],
        summary: "The log, one event a line (owner and manager)",
        description:
          'JSON lines in order of seq, without the fields that are secret (seeds, codes). The last line is `{"end":true,"seq":n,"more":bool}`: `n` is the seq of the last event told (or `after`, when there was none), `more` whether the limit was reached, so that there may be more. An answer without this line broke off: go on with `after=` the seq of the last whole line.',
        params: IdParams,
        querystring: z.object({
          after: numberInQuery(z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0)),
          limit: numberInQuery(z.int().min(1).max(EVENTS_MAX).default(1_000)),
        }),
        produces: ["application/x-ndjson"],
        response: { 200: z.string(), ...failures },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { principal, place } = await enterShow(request, id, context);
      if (!mayManage(principal, place.roomId)) throw denied();
      const { after, limit } = request.query;
      // A range of seq is a range of rows: seq is dense.
      const pages = linesOf(context.eventLog, id, { after, upTo: Math.min(after + limit, Number.MAX_SAFE_INTEGER) });
      // While the database is away the answer is to come back, not a list that breaks off.
      const first = await pages.next();
      void reply.header("cache-control", "no-store").type("application/x-ndjson; charset=utf-8");
      return sendLines(reply, joined(first.value ?? "", pages));
    },
  );
}

/**
 * Page by page, each when the reader has taken the one before. When the database goes away in between, the connection is cut as the answer has begun;
 * as a proxy on the way may make a whole answer of that, only the line of the end says that nothing is missing.
 */
async function* linesOf(
  eventLog: ApiContext["eventLog"],
  sessionId: string,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): AsyncGenerator<string, void> {
  let seq = after;
  let more = true;
  for (let from = after; more && from < upTo; from += PAGE) {
    let lines = "";
    const to = Math.min(from + PAGE, upTo);
    await eventLog.read(sessionId, { after: from, upTo: to }, (events) => {
      seq = events.at(-1)?.seq ?? seq;
      for (const event of events) lines += `${JSON.stringify(withoutSecrets(event))}\n`;
    });
    more = seq === to;
    if (lines !== "") yield lines;
  }
  yield `${JSON.stringify({ end: true, seq, more })}\n`;
}

async function* joined(first: string, rest: AsyncGenerator<string, void>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

/** A stream has no schema to be checked against. */
function sendLines(reply: FastifyReply, lines: AsyncGenerator<string>): FastifyReply {
  return reply.send(Readable.from(lines));
}

export function withoutSecrets(event: StoredEvent): StoredEvent {
  const secret = engine.events.get(event.type)?.op.secret?.[event.type];
  if (!secret || typeof event.data !== "object" || event.data === null) return event;
  const shown = Object.entries(event.data as Record<string, Json>).filter(([field]) => !secret.includes(field));
  return { ...event, data: Object.fromEntries(shown) };
}
