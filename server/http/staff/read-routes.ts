import { once } from "node:events";
import { PassThrough, type Readable, type Writable } from "node:stream";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import type { StoredEvent } from "#domain/event.ts";
import { AUDIENCES, type Json } from "#domain/op.ts";
import { engine } from "#domain/ops/index.ts";
import { Instant } from "#domain/units.ts";
import { mayManage } from "../access.ts";
import { enterShow, requireSight, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, notFound } from "../failures.ts";
import { AnySnapshot, At, failures, IdParams } from "../shapes.ts";

const EVENTS_MAX = 1_000_000;
const REPLAY_MS_MAX = 600_000;

/** Reads of a show: its view for an audience, now or as it was, and the log itself. */
export function serveReads(app: ApiInstance, context: ApiContext): void {
  const tags = ["shows"];
  const { directory, personal, replay, eventLog } = context;

  app.get(
    "/api/v1/sessions/:id/view",
    {
      schema: {
        tags,
        summary: "What an audience sees",
        description: "`at`: as it was after the last event with at ≤ T. `names` and `comments` hold what the ids in the view stand for.",
        params: IdParams,
        querystring: z.object({
          audience: z.enum(AUDIENCES),
          at: z.coerce.number().pipe(Instant).optional(),
        }),
        response: {
          200: AnySnapshot.extend({
            now: At,
            names: z.record(z.string(), z.string()),
            comments: z.record(z.string(), z.string()),
          }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { audience, at } = request.query;
      const entry = await enterShow(request, id, context);
      requireSight(entry, audience);
      const snapshot = await (at === undefined ? directory.snapshot(id, audience) : replay.viewAt(id, audience, at));
      if (!snapshot) throw notFound("session");
      const isStaffView = audience !== "viewer";
      const personalia = isStaffView ? await personal.ofView(entry.place, snapshot.slices) : { names: {}, comments: {} };
      void reply.header("cache-control", "no-store");
      return { ...snapshot, now: Date.now(), ...personalia };
    },
  );

  app.get(
    "/api/v1/sessions/:id/replay",
    {
      schema: {
        tags,
        summary: "A stretch of the past to play",
        description:
          "The view at `from`, and a frame for each step of `step` ms in which something changed, with `until`: the end of its step. At most 10 minutes and 1,200 steps.",
        params: IdParams,
        querystring: z
          .object({
            audience: z.enum(AUDIENCES).default("control"),
            from: z.coerce.number().pipe(Instant),
            to: z.coerce.number().pipe(Instant),
            step: z.coerce.number().int().min(100).max(60_000).default(1_000),
          })
          .refine(({ from, to, step }) => to > from && to - from <= REPLAY_MS_MAX && (to - from) / step <= 1_200, {
            error: "stretch",
            path: ["to"],
          }),
        response: {
          200: z.object({
            from: At,
            to: At,
            snapshot: AnySnapshot,
            frames: z.array(AnySnapshot.extend({ until: At })).readonly(),
            names: z.record(z.string(), z.string()),
            comments: z.record(z.string(), z.string()),
          }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { audience, from, to, step } = request.query;
      const entry = await enterShow(request, id, context);
      requireSight(entry, audience);
      const stretch = await replay.windowAt(id, audience, { from, to, stepMs: step });
      if (!stretch) throw notFound("session");
      const personalia = audience === "viewer" ? { names: {}, comments: {} } : await personal.ofView(entry.place, stretch);
      void reply.header("cache-control", "no-store");
      return { ...stretch, ...personalia };
    },
  );

  app.get(
    "/api/v1/sessions/:id/events",
    {
      schema: {
        tags,
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
      eventLog
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
