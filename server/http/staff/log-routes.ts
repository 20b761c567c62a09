import { once } from "node:events";
import { PassThrough, type Readable, type Writable } from "node:stream";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import type { StoredEvent } from "#domain/event.ts";
import type { Json } from "#domain/op.ts";
import { engine } from "#domain/ops/index.ts";
import { mayManage } from "../access.ts";
import { enterShow, type ApiContext, type ApiInstance } from "../context.ts";
import { denied } from "../failures.ts";
import { failures, IdParams } from "../shapes.ts";

const EVENTS_MAX = 1_000_000;

/** The log itself, for those who answer for the room. */
export function serveLog(app: ApiInstance, context: ApiContext): void {
  app.get(
    "/api/v1/sessions/:id/events",
    {
      schema: {
        tags: ["shows"],
        summary: "The log, one event a line (owner and manager)",
        description: "JSON lines in order of seq, without the fields that are secret (seeds, codes).",
        params: IdParams,
        querystring: z.object({
          after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
          limit: z.coerce.number().int().min(1).max(EVENTS_MAX).default(1_000),
        }),
        produces: ["application/x-ndjson"],
        response: failures,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { principal, place } = await enterShow(request, id, context);
      if (!mayManage(principal, place.roomId)) throw denied();
      const { after, limit } = request.query;
      const lines = new PassThrough();
      void reply.header("cache-control", "no-store").type("application/x-ndjson; charset=utf-8");
      // A range of seq is a range of rows: seq is dense.
      const upTo = after + limit;
      context.eventLog
        .read(id, { after, upTo }, (events) => writeLines(lines, events))
        .then(
          () => lines.end(),
          (error: unknown) => {
            if (!lines.destroyed) request.log.error({ err: error, sessionId: id }, "reading the log failed");
            lines.destroy();
          },
        );
      return sendStream(reply, lines);
    },
  );
}

/** A stream has no schema to be checked against. */
function sendStream(reply: FastifyReply, lines: Readable): FastifyReply {
  return reply.send(lines);
}

/** Throws when the reader went away, which ends the reading of the log. */
async function writeLines(lines: Writable, events: readonly StoredEvent[]): Promise<void> {
  if (lines.destroyed) throw new Error("the reader went away");
  const text = events.map((event) => `${JSON.stringify(withoutSecrets(event))}\n`).join("");
  if (!lines.write(text)) await Promise.race([once(lines, "drain"), once(lines, "close")]);
}

export function withoutSecrets(event: StoredEvent): StoredEvent {
  const secret = engine.events.get(event.type)?.op.secret?.[event.type];
  if (!secret || typeof event.data !== "object" || event.data === null) return event;
  const shown = Object.entries(event.data as Record<string, Json>).filter(([field]) => !secret.includes(field));
  return { ...event, data: Object.fromEntries(shown) };
}
