import { z } from "zod";
import { pushCalendar, type CalendarPush } from "#db/queries/push-calendar.ts";
import { Instant } from "#domain/units.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { rejected } from "../failures.ts";
import { numberInQuery } from "../number-in-query.ts";
import { failures, RejectedBody } from "../shapes.ts";
import { askingFor, roomsWithRight } from "../wecom-rights.ts";
import { CalendarShape } from "./quota-shapes.ts";

const PUSHES_MAX = 2_000;
const SPAN_MS_MAX = 100 * 86_400_000;

/** Pushes of all shows side by side: two of them on one evening to the same groups are seen before they are armed. */
export function serveCalendar(app: ApiInstance, context: ApiContext): void {
  app.get(
    "/api/v1/wecom/calendar",
    {
      schema: {
        tags: ["wecom"],
        summary: "Pushes of all shows in a span of time (owner, manager, community, operator: of their rooms)",
        description: "From the follower's table: a few moments behind the shows. A hundred days at most.",
        querystring: z.object({
          from: numberInQuery(Instant),
          to: numberInQuery(Instant),
          rehearsal: z.enum(["true", "false"]).default("false"),
        }),
        response: { 200: CalendarShape, ...failures, 409: RejectedBody },
      },
    },
    async (request) => {
      const { principal } = await askingFor(request, "read", context);
      const { from, to, rehearsal } = request.query;
      if (to <= from || to - from > SPAN_MS_MAX) throw rejected("calendar.span");
      const roomIds = roomsWithRight(principal, "read");
      const filter = { roomIds, from, to, rehearsal: rehearsal === "true", limit: PUSHES_MAX + 1 };
      const rows = await pushCalendar(context.db, filter);
      return {
        pushes: rows
          .slice(0, PUSHES_MAX)
          .map(shown)
          .toSorted((a, b) => a.at - b.at),
        cut: rows.length > PUSHES_MAX,
      };
    },
  );
}

function shown(row: CalendarPush): z.infer<typeof CalendarShape>["pushes"][number] {
  const { sessionId, pushId, roomId, kind, title, showTitle, status, heldReason, targets, over, sent, unsent } = row;
  const { sendAt, handedOverAt, plannedStartAt } = row;
  return {
    sessionId,
    pushId,
    roomId,
    kind,
    title,
    showTitle,
    status,
    heldReason,
    targets,
    over,
    sent,
    unsent,
    at: handedOverAt ?? sendAt ?? plannedStartAt,
    timedBy: handedOverAt !== null ? "handedOver" : sendAt !== null ? "time" : "show",
  };
}
