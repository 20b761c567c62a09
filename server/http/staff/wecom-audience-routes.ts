import { z } from "zod";
import { namesOfWecom } from "#db/queries/wecom-names.ts";
import { listRobots } from "#db/queries/wecom-robots.ts";
import { PushAudience } from "#domain/push/shapes.ts";
import { Id } from "#domain/units.ts";
import { STAND_IN_CORP, STAND_IN_NAMES, STAND_IN_ROBOT } from "#domain/wecom-stand-in.ts";
import { resolveAudience } from "../../wecom/sync/resolve-audience.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { failures } from "../shapes.ts";
import { askingFor } from "../wecom-rights.ts";
import { narrowed } from "./wecom-group-routes.ts";
import { requireCorp } from "./wecom-member-routes.ts";

const tags = ["wecom"];
const LEFT_OUT_MAX = 500;
/** The one internal group of rehearsals. */
const rehearsed = {
  corpId: STAND_IN_CORP,
  name: STAND_IN_NAMES.internalGroup,
  robots: [{ id: STAND_IN_ROBOT, name: STAND_IN_NAMES.robot, purpose: "all" }],
};

const Reached = z.object({
  /** Different groups or customers. */
  targets: z.int(),
  tasks: z
    .int()
    .describe("What WeCom is asked for: one a member, more where a member has more than WeCom takes at once."),
  staff: z.array(z.object({ staffId: z.string(), name: z.string().nullable(), targets: z.int() })),
  /** At most 500 of them; `leftOutCount` is their whole number. */
  leftOut: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      reason: z.enum(["unknown", "dismissed", "ownerless"]),
    }),
  ),
  leftOutCount: z.int(),
});

/** What a selection would reach now, before anything is planned; and the internal groups that robots speak in. */
export function serveWecomAudience(app: ApiInstance, context: ApiContext): void {
  const { db } = context;
  app.post(
    "/api/v1/wecom/audience",
    {
      schema: {
        tags,
        summary: "Whom a selection of groups or customers reaches (owner, manager, community, operator)",
        description:
          "Named groups are meant as they are. Owners, purposes and tags narrow one another; the words within each widen it. Customers: of the members named, with any of the tags.",
        body: z.object({
          corpId: Id,
          kind: z.enum(["groups", "customers", "forward"]),
          audience: PushAudience,
        }),
        response: { 200: Reached, ...failures },
      },
    },
    async (request) => {
      const { corpIds } = await askingFor(request, "read", context);
      requireCorp(corpIds, request.body.corpId);
      const { tasks, leftOut } = await resolveAudience(db, request.body);
      const byStaff = new Map<string, number>();
      for (const { staffId, targets } of tasks) byStaff.set(staffId, (byStaff.get(staffId) ?? 0) + targets.length);
      const told = leftOut.slice(0, LEFT_OUT_MAX);
      const { open } = await namesOfWecom(db, [...byStaff.keys(), ...told.map(({ id }) => id)]);
      const nameOf = (id: string) => open.get(id) ?? null;
      return {
        targets: [...byStaff.values()].reduce((sum, count) => sum + count, 0),
        tasks: tasks.length,
        staff: [...byStaff].map(([staffId, targets]) => ({ staffId, name: nameOf(staffId), targets })),
        leftOut: told.map(({ id, reason }) => ({ id, reason, name: reason === "unknown" ? null : nameOf(id) })),
        leftOutCount: leftOut.length,
      };
    },
  );

  const InternalGroup = z.object({
    corpId: z.string(),
    name: z.string(),
    robots: z.array(z.object({ id: z.string(), name: z.string(), purpose: z.string() })),
  });
  app.get(
    "/api/v1/wecom/internal-groups",
    {
      schema: {
        tags,
        summary: "Internal groups, as far as a robot of ours speaks in them (owner, manager, community, operator)",
        description: "WeCom tells nothing of internal groups; each robot is entered with the name of its group.",
        querystring: z.object({ corp: Id.optional() }),
        response: { 200: z.object({ groups: z.array(InternalGroup) }), ...failures },
      },
    },
    async (request) => {
      const { corpIds } = await askingFor(request, "read", context);
      const corps = narrowed(corpIds, request.query.corp);
      const robots = (await listRobots(db)).filter(({ corpRow }) => corps.includes(corpRow));
      const byGroup = Map.groupBy(robots, ({ corpRow, groupName }) => JSON.stringify([corpRow, groupName]));
      const groups = [...byGroup.values()].flatMap((list) => {
        const [first] = list;
        if (!first) return [];
        const shown = list.map(({ id, name, purpose }) => ({ id, name, purpose }));
        return [{ corpId: first.corpRow, name: first.groupName, robots: shown }];
      });
      return { groups: corps.includes(STAND_IN_CORP) ? [...groups, rehearsed] : groups };
    },
  );
}
