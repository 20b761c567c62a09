import { z } from "zod";
import { listShows } from "#db/queries/list-shows.ts";
import { roomsById } from "#db/queries/rooms.ts";
import { showRow, type ShowRow } from "#db/queries/show-row.ts";
import type { Ok } from "#domain/engine.ts";
import { PHASES, session } from "#domain/ops/session.ts";
import { Id, text } from "#domain/units.ts";
import type { CommandAnswer } from "#domain/wire.ts";
import { idFrom, newId } from "../../auth/ids.ts";
import { senderId, type Principal } from "../../auth/principal.ts";
import { grantsIn, mayCreateShow, maySee, rolesIn, visibleRooms } from "../access.ts";
import { enterShow, principalOf, requireSight, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, invalid, notFound, rejected } from "../failures.ts";
import { numberInQuery } from "../number-in-query.ts";
import { readPageCursor, writePageCursor } from "../page-cursor.ts";
import { failures, IdParams, RejectedBody, RoleShape, ShowShape } from "../shapes.ts";
import { BusyError } from "../../live/directory-contract.ts";
import { copyPlan } from "./copy-show.ts";

const createRule = session.commands.create;
const NewShow = createRule.input.omit({ sessionId: true }).extend({
  /** A show whose plan is taken over. */
  copyFrom: Id.optional(),
});
type NewShow = z.infer<typeof NewShow>;

const Filter = z.object({
  room: Id.optional(),
  phase: z.enum(PHASES).optional(),
  rehearsal: z.enum(["true", "false"]).optional(),
  q: text(80).optional(),
  cursor: z.string().max(200).optional(),
  limit: numberInQuery(z.int().min(1).max(100).default(30)),
});

const IdempotencyKey = z.object({ "idempotency-key": Id.optional() });

export function serveShows(app: ApiInstance, context: ApiContext): void {
  const tags = ["shows"];
  const { db } = context;

  app.post(
    "/api/v1/sessions",
    {
      schema: {
        tags,
        summary: "Plan a show, empty or after a past one",
        description: "With `Idempotency-Key` the same request gives the same show, however often it comes.",
        headers: IdempotencyKey,
        body: NewShow,
        response: { 201: z.object({ id: z.string() }), ...failures, 409: RejectedBody },
      },
    },
    async (request, reply) => {
      const principal = await principalOf(request, context);
      const { roomId } = request.body;
      if (!mayCreateShow(principal, roomId, createRule)) throw denied();
      if ((await roomsById(db, [roomId])).length === 0) throw notFound("room");
      const id = await createShow(request.body, principal, { context, key: request.headers["idempotency-key"] });
      return reply.code(201).send({ id });
    },
  );

  app.get(
    "/api/v1/sessions",
    {
      schema: {
        tags,
        summary: "Shows, newest planned start first",
        querystring: Filter,
        response: {
          200: z.object({ sessions: z.array(ShowShape), cursor: z.string().nullable() }),
          ...failures,
        },
      },
    },
    async (request) => {
      const principal = await principalOf(request, context);
      const { room, phase, rehearsal, q, cursor, limit } = request.query;
      const visible = visibleRooms(principal);
      const roomIds = room === undefined ? visible : visible === null || visible.includes(room) ? [room] : [];
      const from = readPageCursor(cursor);
      const rows = await listShows(db, {
        roomIds,
        phase,
        rehearsal: rehearsal === undefined ? undefined : rehearsal === "true",
        q,
        after: from && { plannedStartAt: from.value, id: from.id },
        limit: limit + 1,
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return { sessions: page.map(describe), cursor: rows.length > limit && last ? cursorAfter(last) : null };
    },
  );

  app.get(
    "/api/v1/sessions/:id",
    {
      schema: {
        tags,
        summary: "One show, as the list has it",
        params: IdParams,
        response: { 200: ShowShape.extend({ roles: z.array(RoleShape) }), ...failures },
      },
    },
    async (request) => {
      const { id } = request.params;
      const entry = await enterShow(request, id, context);
      // Its figures are what the host view shows too; viewers have a page of their own.
      requireSight(entry, "host");
      const { principal, place } = entry;
      let row = await showRow(db, id);
      if (!row) {
        await context.showIndex.refresh(id);
        row = await showRow(db, id);
      }
      if (!row) throw notFound("session");
      return { ...describe(row), roles: [...rolesIn(principal, place.roomId)] };
    },
  );
}

type Creating = { readonly context: ApiContext; readonly key: string | undefined };

async function createShow(
  { copyFrom, ...plan }: NewShow,
  principal: Principal,
  { context, key }: Creating,
): Promise<string> {
  const { directory, places, showIndex, takeOver, secret } = context;
  const source = copyFrom === undefined ? undefined : await places.find(copyFrom);
  // A copy shows all of a plan, floor prices too: for who may see them there.
  if (copyFrom !== undefined && !(source && maySee(grantsIn(principal, source), "control"))) throw notFound("session");
  const sender = senderId(principal);
  const id = key === undefined ? newId("s") : idFrom("s", secret, sender, key);
  const grants = grantsIn(principal, { sessionId: id, roomId: plan.roomId });
  const input = { ...plan, sessionId: id };
  accepted(await directory.send(id, { id: `create:${id}`, type: "session.create", input }, { id: sender, grants }));
  places.remember({ sessionId: id, roomId: plan.roomId });
  if (copyFrom !== undefined)
    await copyPlan({ from: copyFrom, to: id, plan, sender: { id: sender, grants } }, directory);
  await takeOver.now({ sessionId: id, roomId: plan.roomId });
  await showIndex.refresh(id);
  return id;
}

/** The answer of a command that a route sent on its own. */
export function accepted(answer: CommandAnswer): Ok {
  if (answer.status === "rejected") throw rejected(answer.code, answer.data);
  if (answer.status === "invalid") {
    throw invalid(answer.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^input\.?/, "") })));
  }
  if (answer.status === "retry") throw new BusyError(answer.retryAfterMs);
  return answer;
}

function describe({ seq: _seq, createdAt: _createdAt, ...row }: ShowRow) {
  return { ...row, phase: z.enum(PHASES).parse(row.phase) };
}

const cursorAfter = ({ plannedStartAt, id }: ShowRow) => writePageCursor({ value: plannedStartAt, id });
