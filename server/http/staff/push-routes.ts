import { z } from "zod";
import type { Role } from "#domain/op.ts";
import { engine } from "#domain/ops/index.ts";
import { targetsOf, TARGET_STATES } from "#domain/push/target-rows.ts";
import { TaskCode } from "#domain/push/shapes.ts";
import type { PushState } from "#domain/push/state.ts";
import { Id } from "#domain/units.ts";
import { NotOwnerError } from "../../live/directory.ts";
import { pushesOf } from "../../wecom/pushes/task-facts.ts";
import { rolesIn } from "../access.ts";
import { enterShow, requireSight, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, HttpError } from "../failures.ts";
import { numberInQuery } from "../number-in-query.ts";
import { At, failures } from "../shapes.ts";

/** Who plans pushes or stops them. */
const READERS: ReadonlySet<Role> = new Set(["owner", "manager", "operator", "community", "floor"]);

const Target = z.object({
  id: z.string(),
  taskId: z.string(),
  /** Of customers masked; null: forgotten, or never read. */
  name: z.string().nullable(),
  state: z.enum(TARGET_STATES),
  /** When it was sent, as WeCom says, or ticked. */
  at: At.nullable(),
});

/** What became of each group or customer of a push: views carry sums only (PSH24). */
export function servePushes(app: ApiInstance, context: ApiContext): void {
  app.get(
    "/api/v1/sessions/:id/pushes/:pushId/targets",
    {
      schema: {
        tags: ["wecom"],
        summary: "Groups or customers of a push, with what became of each (owner, manager, operator, community, floor)",
        description:
          "Of its last hand-over, in the order of its tasks. `overQuota`: WeCom's own refusal; `noQuota`: left out before, by the account of quota.",
        params: z.object({ id: Id, pushId: Id }),
        querystring: z.object({
          task: TaskCode.optional(),
          state: z.enum(TARGET_STATES).optional(),
          offset: numberInQuery(z.int().min(0).max(100_000).default(0)),
          limit: numberInQuery(z.int().min(1).max(2_000).default(200)),
        }),
        response: {
          200: z.object({ targets: z.array(Target), total: z.int() }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { id, pushId } = request.params;
      const { task, state, offset, limit } = request.query;
      const entry = await enterShow(request, id, context);
      requireSight(entry, "control");
      if (!rolesIn(entry.principal, entry.place.roomId).some((role) => READERS.has(role))) throw denied();
      const found = await lookAt(context, id, (own) => {
        const all = targetsOf(own, pushId);
        const wanted = all?.filter(
          (row) => (task === undefined || row.taskId === task) && (state === undefined || row.state === state),
        );
        return wanted && { total: wanted.length, rows: wanted.slice(offset, offset + limit) };
      });
      if (!found) throw new HttpError(404, "push.notFound");
      const { names } = await context.personal.ofIds(
        id,
        found.rows.map((row) => row.id),
      );
      void reply.header("cache-control", "no-store");
      return { total: found.total, targets: found.rows.map((row) => ({ ...row, name: names[row.id] ?? null })) };
    },
  );
}

/** From the show as it is open here; one that is written on another node is folded from its log. */
async function lookAt<T>(
  { directory, eventLog }: ApiContext,
  sessionId: string,
  look: (own: PushState) => T,
): Promise<T> {
  try {
    return await directory.read(sessionId, (state) => look(pushesOf(state)));
  } catch (error) {
    if (!(error instanceof NotOwnerError)) throw error;
    const state = engine.initial();
    await eventLog.read(sessionId, { after: 0 }, (events) => {
      for (const event of events) engine.apply(state, event);
    });
    return look(pushesOf(state));
  }
}
