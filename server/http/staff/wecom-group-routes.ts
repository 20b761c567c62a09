import { z } from "zod";
import {
  countGroupRows,
  listGroupRows,
  movesOfGroups,
  sortGroups,
  wordsOfGroups,
} from "#db/queries/wecom-group-list.ts";
import { staysOfGroup } from "#db/queries/wecom-group-people.ts";
import { groupById, type GroupRow } from "#db/queries/wecom-groups.ts";
import { growthByDay, joinSources } from "#db/queries/wecom-growth.ts";
import { namesOfWecom } from "#db/queries/wecom-names.ts";
import { Id, text } from "#domain/units.ts";
import { STAND_IN_CORP } from "#domain/wecom-stand-in.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { notFound } from "../failures.ts";
import { numberInQuery } from "../number-in-query.ts";
import { COUNT_MAX, readPageCursor, writePageCursor } from "../page-cursor.ts";
import { maskName } from "../personal.ts";
import { At, failures, IdParams } from "../shapes.ts";
import { askingFor } from "../wecom-rights.ts";

/** 直播, 秒杀, 内容, 福利. */
export const GROUP_PURPOSES = ["live", "flash", "content", "benefit"] as const;
const Purpose = z.enum(GROUP_PURPOSES);
const Tag = text(20, 1);

const GroupShape = z.object({
  id: z.string(),
  corpId: z.string(),
  /** "" for groups that nobody named. */
  name: z.string(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  purpose: Purpose.nullable(),
  tags: z.array(z.string()),
  /** Everybody in it; null: never read. */
  size: z.int().nullable(),
  customers: z.int().nullable(),
  status: z.string(),
  createdAt: At.nullable(),
  readAt: At.nullable(),
  /** Something changed that no reading has shown yet. */
  changing: z.boolean(),
  readFailure: z.string().nullable(),
  dismissedAt: At.nullable(),
});
const Moves = z.object({ joins: z.int(), leaves: z.int() });
const Listed = GroupShape.extend({ week: Moves });

const Narrow = z.object({
  corp: Id.optional(),
  q: text(80).optional(),
  owner: Id.optional(),
  purpose: z.enum([...GROUP_PURPOSES, "none"]).optional(),
  tag: Tag.optional(),
  sizeMin: numberInQuery(z.int().min(0).max(10_000)).optional(),
  sizeMax: numberInQuery(z.int().min(0).max(10_000)).optional(),
  dismissed: z.enum(["true", "false"]).default("false"),
});
const Paged = { cursor: z.string().max(200).optional(), limit: numberInQuery(z.int().min(1).max(200).default(50)) };

const DAY_MS = 24 * 3_600_000;
const TIME_ZONE = "Asia/Shanghai";
const tags = ["wecom"];

export function serveWecomGroups(app: ApiInstance, context: ApiContext): void {
  serveGroupList(app, context);
  serveGroupSorting(app, context);
  serveOneGroup(app, context);
}

function serveGroupList(app: ApiInstance, context: ApiContext): void {
  const { db } = context;
  app.get(
    "/api/v1/wecom/groups",
    {
      schema: {
        tags,
        summary: "Customer groups, the largest first (owner, manager, community, operator)",
        description: "`total` counts all that match. `week`: customers who came and went in the last seven days.",
        querystring: Narrow.extend(Paged),
        response: {
          200: z.object({
            groups: z.array(Listed),
            total: z.object({ groups: z.int(), people: z.int() }),
            cursor: z.string().nullable(),
          }),
          ...failures,
        },
      },
    },
    async (request) => {
      const { corpIds } = await askingFor(request, "read", context);
      const { cursor, limit } = request.query;
      const filter = filterOf(request.query, corpIds);
      const from = readPageCursor(cursor, COUNT_MAX);
      const after = from && { size: from.value, id: from.id };
      const [rows, total] = await Promise.all([
        listGroupRows(db, filter, { after, limit: limit + 1 }),
        countGroupRows(db, filter),
      ]);
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      const moves = await movesOfGroups(
        db,
        page.map(({ id }) => id),
        Date.now() - 7 * DAY_MS,
      );
      return {
        groups: page.map((row) => ({ ...shown(row), week: moves.get(row.id) ?? { joins: 0, leaves: 0 } })),
        total,
        cursor: last ? writePageCursor({ value: last.size ?? -1, id: last.id }) : null,
      };
    },
  );

  const Word = z.object({ word: z.string().nullable(), name: z.string().nullable(), groups: z.int() });
  app.get(
    "/api/v1/wecom/groups/words",
    {
      schema: {
        tags,
        summary: "Owners, purposes and tags of groups, with how many groups each has",
        querystring: z.object({ corp: Id.optional() }),
        response: {
          200: z.object({ owners: z.array(Word), purposes: z.array(Word), tags: z.array(Word) }),
          ...failures,
        },
      },
    },
    async (request) => {
      const { corpIds } = await askingFor(request, "read", context);
      return wordsOfGroups(db, narrowed(corpIds, request.query.corp));
    },
  );

  const Day = z.object({ day: z.string(), joins: z.int(), leaves: z.int() });
  app.get(
    "/api/v1/wecom/groups/growth",
    {
      schema: {
        tags,
        summary: "Customers who came into groups and left them, by day",
        querystring: z.object({
          corp: Id.optional(),
          purpose: Purpose.optional(),
          days: numberInQuery(z.int().min(1).max(180).default(30)),
        }),
        response: { 200: z.object({ days: z.array(Day) }), ...failures },
      },
    },
    async (request) => {
      const { corpIds } = await askingFor(request, "read", context);
      const { corp, purpose, days } = request.query;
      const to = Date.now();
      const of = { corpIds: narrowed(corpIds, corp), purpose: purpose ?? null };
      if (of.corpIds.length === 0) return { days: [] };
      return { days: await growthByDay(db, of, { from: to - days * DAY_MS, to, timeZone: TIME_ZONE }) };
    },
  );
}

function serveGroupSorting(app: ApiInstance, context: ApiContext): void {
  app.patch(
    "/api/v1/wecom/groups",
    {
      schema: {
        tags,
        summary: "Say what groups are for, and tag them (owner, manager, community)",
        description: "`purpose` null: for nothing in particular. Tags are Kaibo's own, WeCom knows none of them.",
        body: z.object({
          ids: z.array(Id).min(1).max(2_000),
          purpose: Purpose.nullable().optional(),
          addTags: z.array(Tag).max(20).default([]),
          removeTags: z.array(Tag).max(20).default([]),
        }),
        response: { 200: z.object({ changed: z.int() }), ...failures },
      },
    },
    async (request) => {
      const { corpIds } = await askingFor(request, "write", context);
      const { ids, ...change } = request.body;
      return { changed: await sortGroups(context.db, { ids, corpIds }, change) };
    },
  );
}

const Source = z.object({
  scene: z.enum(["invited", "link", "code", "other"]),
  codeId: z.string().nullable(),
  invitorId: z.string().nullable(),
  /** Of the code or the colleague. */
  name: z.string().nullable(),
  joins: z.int(),
  still: z.int(),
});
const GrowthShape = z.object({
  /** What is before this is known only of those who were still in. */
  knownSince: At,
  days: z.array(z.object({ day: z.string(), joins: z.int(), leaves: z.int() })),
  sources: z.array(Source),
});
const Person = z.object({
  /** A member (`m_`) or a contact (`x_`). */
  who: z.string(),
  /** Of customers masked. */
  name: z.string().nullable(),
  customer: z.boolean(),
  joinedAt: At,
  scene: z.enum(["invited", "link", "code", "other"]),
  invitorName: z.string().nullable(),
  codeName: z.string().nullable(),
  leftAt: At.nullable(),
});

function serveOneGroup(app: ApiInstance, context: ApiContext): void {
  const { db } = context;
  app.get(
    "/api/v1/wecom/groups/:id",
    {
      schema: {
        tags,
        summary: "One group: how it grew by day, and by which way customers came",
        params: IdParams,
        querystring: z.object({ days: numberInQuery(z.int().min(1).max(180).default(30)) }),
        response: { 200: GroupShape.extend({ growth: GrowthShape }), ...failures },
      },
    },
    async (request) => {
      const row = await readable(request, request.params.id, context);
      const to = Date.now();
      const from = to - request.query.days * DAY_MS;
      const [days, sources] = await Promise.all([
        growthByDay(db, { groupId: row.id }, { from, to, timeZone: TIME_ZONE }),
        joinSources(db, row.id, from),
      ]);
      const ids = [row.ownerId, ...sources.flatMap(({ codeId, invitorId }) => [codeId, invitorId])];
      const { open } = await namesOfWecom(
        db,
        ids.filter((id) => id !== null),
      );
      const named = sources.map((source) => ({
        ...source,
        scene: Source.shape.scene.parse(source.scene),
        name: open.get(source.codeId ?? source.invitorId ?? "") ?? null,
      }));
      const owner = { ownerName: open.get(row.ownerId ?? "") ?? null, ownerUserid: null };
      return { ...shown({ ...row, ...owner }), growth: { knownSince: row.firstSeenAt, days, sources: named } };
    },
  );

  app.get(
    "/api/v1/wecom/groups/:id/members",
    {
      schema: {
        tags,
        summary: "Who is in a group, or was; who joined last comes first",
        params: IdParams,
        querystring: z.object({ which: z.enum(["in", "left", "all"]).default("in"), ...Paged }),
        response: { 200: z.object({ members: z.array(Person), cursor: z.string().nullable() }), ...failures },
      },
    },
    async (request, reply) => {
      const row = await readable(request, request.params.id, context);
      const { which, cursor, limit } = request.query;
      const from = readPageCursor(cursor);
      const after = from && { joinedAt: from.value, who: from.id };
      const rows = await staysOfGroup(db, row.id, { which, after, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      const ids = page.flatMap(({ who, invitorId, codeId }) => [who, invitorId, codeId]).filter((id) => id !== null);
      const { open, toMask } = await namesOfWecom(db, ids);
      void reply.header("cache-control", "no-store");
      const members = page.map(({ who, customer, joinedAt, scene, invitorId, codeId, leftAt }) => {
        const masked = toMask.get(who);
        return {
          who,
          name: open.get(who) ?? (masked === undefined ? null : maskName(masked)),
          customer,
          joinedAt,
          scene: Person.shape.scene.parse(scene),
          invitorName: open.get(invitorId ?? "") ?? null,
          codeName: open.get(codeId ?? "") ?? null,
          leftAt,
        };
      });
      return { members, cursor: last ? writePageCursor({ value: last.joinedAt, id: last.who }) : null };
    },
  );
}

/** A group of a corp that is none of theirs looks like one that does not exist. */
async function readable(request: Parameters<typeof askingFor>[0], id: string, context: ApiContext): Promise<GroupRow> {
  const { corpIds } = await askingFor(request, "read", context);
  const row = await groupById(context.db, id);
  if (!row || !corpIds.includes(row.corpId)) throw notFound("wecomGroup");
  return row;
}

/** All true corps that they may see, or the one that was asked for if it is among them: that of rehearsals is seen by its name alone. */
export function narrowed(corpIds: readonly string[], corp: string | undefined): readonly string[] {
  return corpIds.filter((id) => (corp === undefined ? id !== STAND_IN_CORP : id === corp));
}

function filterOf(query: z.infer<typeof Narrow>, corpIds: readonly string[]) {
  const { corp, q, owner, purpose, tag, sizeMin, sizeMax, dismissed } = query;
  return {
    corpIds: narrowed(corpIds, corp),
    q,
    ownerId: owner,
    purpose,
    tag,
    sizeMin,
    sizeMax,
    dismissed: dismissed === "true",
  };
}

function shown(row: GroupRow & { readonly ownerName: string | null; readonly ownerUserid: string | null }) {
  const { id, corpId, name, ownerId, tags: words, size, customers, status, createdAt, readAt } = row;
  return {
    id,
    corpId,
    name,
    ownerId,
    ownerName: row.ownerName ?? row.ownerUserid,
    purpose: Purpose.nullable().parse(row.purpose),
    tags: words,
    size,
    customers,
    status,
    createdAt,
    readAt,
    changing: row.changedAt !== null,
    readFailure: row.readFailure,
    dismissedAt: row.dismissedAt,
  };
}
