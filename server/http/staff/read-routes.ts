import { z } from "zod";
import { AUDIENCES } from "#domain/op.ts";
import { Instant } from "#domain/units.ts";
import { audienceOf } from "../access.ts";
import { enterShow, requireSight, type ApiContext, type ApiInstance } from "../context.ts";
import { notFound } from "../failures.ts";
import { numberInQuery } from "../number-in-query.ts";
import { createShareTurns } from "../share-turns.ts";
import { requireSharedPast, sharedNames, sharedSnapshot } from "../share-view.ts";
import { AnySnapshot, At, failures, IdParams } from "../shapes.ts";

const REPLAY_MS_MAX = 600_000;
/** The first look into the past of a very long show folds all of it. */
const FOLD_MS = 60_000;

/** The view of a show for an audience: now, as it was, or a stretch of it. */
export function serveReads(app: ApiInstance, context: ApiContext): void {
  const tags = ["shows"];
  const { directory, personal, replay } = context;
  const inTurn = createShareTurns();

  app.get(
    "/api/v1/sessions/:id/view",
    {
      handlerTimeout: FOLD_MS,
      schema: {
        tags,
        summary: "What an audience sees",
        description:
          "`at`: as it was after the last event with at ≤ T. `names` and `comments` hold what the ids in the view stand for.",
        params: IdParams,
        querystring: z.object({
          audience: z.enum(AUDIENCES),
          at: numberInQuery(Instant).optional(),
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
      if (at !== undefined) requireSharedPast(entry.principal);
      const shown = audienceOf(entry.grants, audience);
      const found = await (at === undefined
        ? directory.snapshot(id, shown)
        : inTurn(entry.principal, () => replay.viewAt(id, shown, at)));
      if (!found) throw notFound("session");
      const snapshot = sharedSnapshot(entry.principal, found);
      const isStaffView = audience !== "viewer";
      const personalia = isStaffView
        ? await personal.ofView(entry.place, snapshot.slices)
        : { names: {}, comments: {} };
      void reply.header("cache-control", "no-store");
      return { ...snapshot, now: Date.now(), ...sharedNames(entry.principal, personalia) };
    },
  );

  app.get(
    "/api/v1/sessions/:id/replay",
    {
      handlerTimeout: FOLD_MS,
      schema: {
        tags,
        summary: "A stretch of the past to play",
        description:
          "The view at `from`, and a frame for each step of `step` ms in which something changed, with `until`: the end of its step. At most 10 minutes and 1,200 steps.",
        params: IdParams,
        querystring: z
          .object({
            audience: z.enum(AUDIENCES).default("control"),
            from: numberInQuery(Instant),
            to: numberInQuery(Instant),
            step: numberInQuery(z.int().min(100).max(60_000).default(1_000)),
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
      requireSharedPast(entry.principal);
      const shown = audienceOf(entry.grants, audience);
      const stretch = await inTurn(entry.principal, () => replay.windowAt(id, shown, { from, to, stepMs: step }));
      if (!stretch) throw notFound("session");
      const personalia =
        audience === "viewer" ? { names: {}, comments: {} } : await personal.ofView(entry.place, stretch);
      void reply.header("cache-control", "no-store");
      return { ...stretch, ...sharedNames(entry.principal, personalia) };
    },
  );
}
