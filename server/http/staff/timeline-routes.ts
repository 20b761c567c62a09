import { z } from "zod";
import { rowsIn, valueIn } from "#domain/snapshot-parts.ts";
import { enterShow, requireSight, type ApiContext, type ApiInstance } from "../context.ts";
import { requireSharedPast } from "../share-view.ts";
import { At, failures, IdParams } from "../shapes.ts";

const Interruption = z.object({ from: z.number(), to: z.number().nullable() });
const Course = z.object({
  phase: z.string(),
  plannedStartAt: z.number(),
  plannedEndAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  interruptions: z.array(Interruption),
});

/** A show's course for charts: minutes, markers and rounds of explaining, by when they happened. */
export function serveTimeline(app: ApiInstance, context: ApiContext): void {
  app.get(
    "/api/v1/sessions/:id/timeline",
    {
      schema: {
        tags: ["shows"],
        summary: "Series by minute, markers and rounds",
        description:
          "`series`, `rounds` and `markers` are rows as the view's slices `series`, `roundFigures` and `markers` show them.",
        params: IdParams,
        response: {
          200: Course.extend({
            seq: z.int(),
            at: At,
            series: z.array(z.unknown()),
            markers: z.array(z.unknown()),
            rounds: z.array(z.unknown()),
          }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const entry = await enterShow(request, id, context);
      requireSight(entry, "review");
      requireSharedPast(entry.principal);
      const snapshot = await context.directory.snapshot(id, "review");
      void reply.header("cache-control", "no-store");
      return {
        ...Course.parse(valueIn(snapshot, "session")),
        seq: snapshot.seq,
        at: snapshot.at,
        series: rowsIn(snapshot, "series"),
        markers: rowsIn(snapshot, "markers"),
        rounds: rowsIn(snapshot, "roundFigures"),
      };
    },
  );
}
