import { z } from "zod";
import { groupsLeftToRead } from "#db/queries/wecom-groups.ts";
import { listMemberRows } from "#db/queries/wecom-member-list.ts";
import { roomsById } from "#db/queries/rooms.ts";
import { corpsOfRooms, setRoomCorp } from "#db/queries/wecom-room-corps.ts";
import { syncOfCorp, type SyncRow } from "#db/queries/wecom-sync.ts";
import { tagsOfCorp } from "#db/queries/wecom-tags.ts";
import { listCorps } from "#db/queries/wecom-corps.ts";
import { Id, text } from "#domain/units.ts";
import { STAND_IN_CORP } from "#domain/wecom-stand-in.ts";
import type { GroupsAndPeople } from "../../wecom/groups-and-people.ts";
import { SYNC_PARTS } from "../../wecom/sync/sync-parts.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { staffOf } from "../context.ts";
import { denied, notFound } from "../failures.ts";
import { numberInQuery } from "../number-in-query.ts";
import { At, Done, failures, IdParams } from "../shapes.ts";
import { visibleRoom } from "../visible-room.ts";
import { askingFor, corpsWithRight, roomsWithRight } from "../wecom-rights.ts";
import { narrowed } from "./wecom-group-routes.ts";

export type PeopleRoutes = { readonly context: ApiContext; readonly groupsAndPeople: GroupsAndPeople };

const tags = ["wecom"];

export function serveWecomMembers(app: ApiInstance, routes: PeopleRoutes): void {
  serveMemberList(app, routes.context);
  serveRoomCorps(app, routes.context);
  serveSync(app, routes);
}

function serveMemberList(app: ApiInstance, context: ApiContext): void {
  const { db } = context;
  const Member = z.object({
    id: z.string(),
    corpId: z.string(),
    /** The userid where WeCom tells no names. */
    name: z.string(),
    active: z.boolean(),
    groups: z.int(),
    customers: z.int().nullable(),
  });
  app.get(
    "/api/v1/wecom/members",
    {
      schema: {
        tags,
        summary: "Staff of the company who speak to customers (owner, manager, community, operator)",
        querystring: z.object({
          corp: Id.optional(),
          q: text(40).optional(),
          all: z.enum(["true", "false"]).default("false").describe("Also those who may speak to customers no more."),
          cursor: Id.optional(),
          limit: numberInQuery(z.int().min(1).max(500).default(200)),
        }),
        response: { 200: z.object({ members: z.array(Member), cursor: z.string().nullable() }), ...failures },
      },
    },
    async (request) => {
      const { corpIds } = await askingFor(request, "read", context);
      const { corp, q, all, cursor, limit } = request.query;
      const filter = {
        corpIds: narrowed(corpIds, corp),
        q,
        activeOnly: all === "false",
        after: cursor,
        limit: limit + 1,
      };
      const rows = await listMemberRows(db, filter);
      const page = rows.slice(0, limit);
      const members = page.map(({ id, corpId, name, userid, active, groups, customerCount }) => ({
        id,
        corpId,
        name: name ?? userid,
        active,
        groups,
        customers: customerCount,
      }));
      return { members, cursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
    },
  );

  const TagShape = z.object({ tagId: z.string(), name: z.string(), groupName: z.string() });
  app.get(
    "/api/v1/wecom/corps/:id/tags",
    {
      schema: {
        tags,
        summary: "Tags that WeCom has for customers of a company",
        params: IdParams,
        response: { 200: z.object({ tags: z.array(TagShape) }), ...failures },
      },
    },
    async (request) => {
      const { corpIds } = await askingFor(request, "read", context);
      requireCorp(corpIds, request.params.id);
      return { tags: await tagsOfCorp(db, request.params.id) };
    },
  );
}

function serveRoomCorps(app: ApiInstance, context: ApiContext): void {
  const { db } = context;
  const Choice = z.object({ roomId: z.string(), use: z.enum(["show", "rehearsal"]), corpId: z.string() });
  const CorpName = z.object({ id: z.string(), name: z.string() });
  app.get(
    "/api/v1/wecom/rooms",
    {
      schema: {
        tags,
        summary: "Which company's WeCom each of your rooms uses, and whose groups and codes you may see",
        description: "Rehearsals use a company of their own, `stand-in`, unless another one was chosen for them.",
        response: { 200: z.object({ rooms: z.array(Choice), corps: z.array(CorpName) }), ...failures },
      },
    },
    async (request) => {
      const principal = await staffOf(request, context);
      const rooms = roomsWithRight(principal, "read");
      if (rooms?.length === 0) return { rooms: [], corps: [] };
      const [choices, known, seen, corps] = await Promise.all([
        corpsOfRooms(db, rooms),
        roomsById(db, rooms),
        corpsWithRight(principal, "read", context),
        listCorps(db),
      ]);
      const named = corps.filter(({ id }) => seen.includes(id)).map(({ id, name }) => ({ id, name }));
      const chosen = new Set(choices.filter(({ use }) => use === "rehearsal").map(({ roomId }) => roomId));
      const rehearsed = known
        .filter(({ id }) => !chosen.has(id))
        .map(({ id }) => ({ roomId: id, use: "rehearsal" as const, corpId: STAND_IN_CORP }));
      return { rooms: [...z.array(Choice).parse(choices), ...rehearsed], corps: named };
    },
  );

  app.put(
    "/api/v1/wecom/rooms/:id",
    {
      schema: {
        tags,
        summary: "Say which company's WeCom a room's shows use (owner, manager)",
        params: IdParams,
        body: z.object({ corpId: Id.nullable() }),
        response: { 200: Done, ...failures },
      },
    },
    async (request) => {
      const principal = await staffOf(request, context);
      const roomId = request.params.id;
      const rooms = roomsWithRight(principal, "manage");
      if (rooms !== null && !rooms.includes(roomId)) throw denied();
      await visibleRoom(roomId, principal, context);
      const { corpId } = request.body;
      if (corpId !== null && !(await listCorps(db)).some(({ id }) => id === corpId)) throw notFound("wecomCorp");
      await setRoomCorp(db, { roomId, use: "show", corpId, by: principal.personId, now: Date.now() });
      return { status: "ok" as const };
    },
  );
}

const Part = z.object({
  part: z.enum(SYNC_PARTS),
  state: z.enum(["waiting", "running", "done", "failed"]),
  done: z.int(),
  /** null: not known yet. */
  total: z.int().nullable(),
  startedAt: At,
  movedAt: At,
  endedAt: At.nullable(),
  /** `until`: tried again then by itself; null: somebody has to do something. */
  failure: z.object({ code: z.string(), errcode: z.int().nullable(), until: At.nullable() }).nullable(),
});
const SyncShape = z.object({
  state: z.enum(["never", "running", "done", "failed"]),
  parts: z.array(Part),
  groups: z
    .object({ all: z.int(), left: z.int() })
    .describe("How many groups there are, and how many are still to be read."),
});

function serveSync(app: ApiInstance, { context, groupsAndPeople }: PeopleRoutes): void {
  const { sync } = groupsAndPeople;
  app.get(
    "/api/v1/wecom/corps/:id/sync",
    {
      schema: {
        tags,
        summary: "How far the reading of groups and people is",
        description: "Read by the server itself once a day; ask again every second or two while it runs.",
        params: IdParams,
        response: { 200: SyncShape, ...failures },
      },
    },
    async (request) => {
      const { corpIds } = await askingFor(request, "read", context);
      requireCorp(corpIds, request.params.id);
      return syncState(request.params.id, context);
    },
  );

  app.post(
    "/api/v1/wecom/corps/:id/sync",
    {
      schema: {
        tags,
        summary: "Read groups and people from WeCom (owner, manager, community)",
        description: "What stopped goes on where it was; `fresh` begins anew.",
        params: IdParams,
        body: z.object({ fresh: z.boolean().default(false) }),
        response: { 202: SyncShape, ...failures },
      },
    },
    async (request, reply) => {
      const { corpIds } = await askingFor(request, "write", context);
      const { id } = request.params;
      requireCorp(corpIds, id);
      const { state } = await syncState(id, context);
      if (state === "failed" && !request.body.fresh) await sync.resume(id);
      // What runs already needs no second beginning, unless somebody wants one.
      else if (state !== "running" || request.body.fresh) await sync.start(id);
      return reply.code(202).send(await syncState(id, context));
    },
  );
}

async function syncState(corpId: string, { db }: ApiContext): Promise<z.infer<typeof SyncShape>> {
  const [rows, groups] = await Promise.all([syncOfCorp(db, corpId), groupsLeftToRead(db, corpId)]);
  // Who sent what is read with these too; that is the quota's to tell.
  const byPart = new Map(rows.map((row) => [row.part, row]));
  const parts = SYNC_PARTS.flatMap((part) => byPart.get(part) ?? []).map(shownPart);
  const has = (...states: string[]) => parts.some(({ state }) => states.includes(state));
  const state =
    parts.length === 0 ? "never" : has("waiting", "running") ? "running" : has("failed") ? "failed" : "done";
  return { state, parts, groups };
}

function shownPart({ part, state, done, total, startedAt, movedAt, endedAt, failure }: SyncRow): z.infer<typeof Part> {
  return Part.parse({ part, state, done, total, startedAt, movedAt, endedAt, failure });
}

/** A corp that is none of theirs looks like one that does not exist. */
export function requireCorp(corpIds: readonly string[], id: string): void {
  if (!corpIds.includes(id)) throw notFound("wecomCorp");
}
