import { z } from "zod";
import { namesOfWecom } from "#db/queries/wecom-names.ts";
import { pushesById, type PushNamed } from "#db/queries/pushes-by-id.ts";
import { quotaGroups } from "#db/queries/quota-groups.ts";
import { syncOfCorp } from "#db/queries/wecom-sync.ts";
import {
  accountOf,
  forecastOf,
  spanOf,
  standingOf,
  unreachedBy,
  type Account,
  type QuotaState,
} from "#domain/corp/quota-state.ts";
import { dayNumberOf, dayText } from "#domain/shanghai-day.ts";
import { Id, text } from "#domain/units.ts";
import type { StaffPrincipal } from "../../auth/principal.ts";
import { numberInQuery } from "../number-in-query.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { maskName } from "../personal.ts";
import { failures, IdParams } from "../shapes.ts";
import { askingFor, roomsWithRight } from "../wecom-rights.ts";
import { QuotaForecast, QuotaReading, QuotaStanding, type QuotaPush, type QuotaRow } from "./quota-shapes.ts";
import { requireCorp, type PeopleRoutes } from "./wecom-member-routes.ts";

const tags = ["wecom"];
const NAMED_MAX = 200;

/** What WeCom still lets groups and customers of a corp receive, and what the plan of all shows makes of it. */
export function serveQuota(app: ApiInstance, routes: PeopleRoutes): void {
  serveStanding(app, routes);
  serveForecast(app, routes);
  serveReading(app, routes);
}

const Wish = z.object({
  kind: z.enum(["groups", "customers"]).default("groups"),
  q: text(80).optional(),
  only: z.enum(["all", "empty", "unknown", "reserved"]).default("all"),
  offset: numberInQuery(z.int().min(0).max(1_000_000).default(0)),
  limit: numberInQuery(z.int().min(1).max(500).default(100)),
});

function serveStanding(app: ApiInstance, { context, groupsAndPeople }: PeopleRoutes): void {
  app.get(
    "/api/v1/wecom/corps/:id/quota",
    {
      schema: {
        tags,
        summary: "How many more mass messages each group or customer may receive (owner, manager, community, operator)",
        description:
          "Those with the least left first. Customers: those of whom anything is known; of all others nothing was used or nobody looked.",
        params: IdParams,
        querystring: Wish,
        response: { 200: QuotaStanding, ...failures },
      },
    },
    async (request) => {
      const { principal, corpIds } = await askingFor(request, "read", context);
      const corpId = request.params.id;
      requireCorp(corpIds, corpId);
      const state = await groupsAndPeople.quota.state(corpId);
      const today = dayNumberOf(Date.now());
      const all = await targetsOf(context, corpId, { state, wish: request.query });
      const stood = all.map((target) => ({ ...target, ...standing(state, target.account, today) }));
      const { q, only, offset, limit } = request.query;
      const wanted = stood
        .filter((row) => isWanted(row, only) && (request.query.kind === "groups" || matches(row, q)))
        .toSorted((a, b) => a.left - b.left || b.used - a.used || (a.id < b.id ? -1 : 1));
      const page = wanted.slice(offset, offset + limit);
      const pushes = await namesOfPushes(
        context,
        principal,
        page.flatMap(({ account }) => pushIdsOf(account)),
      );
      const customerIds = page.flatMap(({ id, name }) => (name === null && id.startsWith("x_") ? [id] : []));
      const nameOf = await customerNames(context.db, customerIds);
      const span = spanOf(state.rule, today);
      const left = Array.from({ length: span.limit + 1 }, () => 0);
      for (const row of stood) left[row.left] = (left[row.left] ?? 0) + 1;
      return {
        rule: state.rule,
        span: { from: dayText(span.from), to: dayText(span.to), limit: span.limit },
        sum: sumOf(stood),
        left,
        rows: page.map(({ account, ...row }) => ({
          ...row,
          name: row.name ?? nameOf(row.id),
          pushes: pushIdsOf(account).map(pushes),
        })),
        total: wanted.length,
        reading: await readingOf(context, corpId),
      };
    },
  );
}

type Target = Pick<z.infer<typeof QuotaRow>, "id" | "name" | "ownerName" | "purpose"> & { readonly account: Account };
type Stood = Target & Omit<z.infer<typeof QuotaRow>, "pushes">;

async function targetsOf(
  { db }: ApiContext,
  corpId: string,
  { state, wish }: { readonly state: QuotaState; readonly wish: z.infer<typeof Wish> },
): Promise<Target[]> {
  if (wish.kind === "groups") {
    const groups = await quotaGroups(db, corpId, wish.q);
    return groups.map(({ id, name, ownerName, purpose }) => ({
      id,
      name: name === "" ? null : name,
      ownerName,
      purpose,
      account: accountOf(state, id),
    }));
  }
  const ids = [...state.accounts.keys()].filter((id) => id.startsWith("x_"));
  // Of a hundred thousand all are named only to look among them; a page is named when it is known.
  const nameOf = await customerNames(db, wish.q ? ids : []);
  return ids.map((id) => ({
    id,
    name: nameOf(id),
    ownerName: null,
    purpose: null,
    account: accountOf(state, id),
  }));
}

async function customerNames(db: ApiContext["db"], ids: readonly string[]): Promise<(id: string) => string | null> {
  const { toMask } = await namesOfWecom(db, ids);
  return (id) => {
    const name = toMask.get(id);
    return name === undefined ? null : maskName(name);
  };
}

function standing({ rule }: QuotaState, account: Account, today: number) {
  const { used, reserved, left, known } = standingOf(account, { rule, day: today, today });
  const span = spanOf(rule, today);
  const own = account.sends.filter(({ day, source }) => source === "own" && day >= span.from && day <= span.to).length;
  return { used, own, known, reserved, left, readTo: account.readTo === null ? null : dayText(account.readTo) };
}

function isWanted({ left, known, account }: Stood, only: z.infer<typeof Wish>["only"]): boolean {
  if (only === "empty") return left === 0;
  if (only === "unknown") return known === "unknown";
  return only === "all" || account.reserved.length > 0;
}

const matches = ({ name }: Stood, q: string | undefined): boolean => !q || (name ?? "").includes(q);

const pushIdsOf = ({ reserved }: Account): string[] => [...new Set(reserved.map(({ pushId }) => pushId))];

function sumOf(rows: readonly Stood[]): z.infer<typeof QuotaStanding>["sum"] {
  const counted = (holds: (row: Stood) => boolean) => rows.filter(holds).length;
  return {
    targets: rows.length,
    exact: counted(({ known }) => known === "exact"),
    atLeast: counted(({ known }) => known === "atLeast"),
    unknown: counted(({ known }) => known === "unknown"),
    empty: counted(({ left }) => left === 0),
    reserved: counted(({ account }) => account.reserved.length > 0),
  };
}

async function namesOfPushes(
  { db }: ApiContext,
  principal: StaffPrincipal,
  pushIds: readonly string[],
): Promise<(pushId: string) => z.infer<typeof QuotaPush>> {
  const found = await pushesById(db, [...new Set(pushIds)]);
  const rooms = roomsWithRight(principal, "read");
  return (pushId) => {
    const named: PushNamed | undefined = found.get(pushId);
    return {
      pushId,
      sessionId: named?.sessionId ?? "",
      title: named?.title ?? null,
      showTitle: named?.showTitle ?? null,
      mayOpen: named !== undefined && (rooms === null || rooms.includes(named.roomId)),
    };
  };
}

function serveForecast(app: ApiInstance, { context, groupsAndPeople }: PeopleRoutes): void {
  app.get(
    "/api/v1/wecom/corps/:id/quota/forecast",
    {
      schema: {
        tags,
        summary: "What the planned pushes of all shows will use, and whom they will not reach",
        description: "As if all went out as planned: the earlier ones take what is left.",
        params: IdParams,
        querystring: z.object({ weeks: numberInQuery(z.int().min(1).max(8).default(4)) }),
        response: { 200: QuotaForecast, ...failures },
      },
    },
    async (request) => {
      const { principal, corpIds } = await askingFor(request, "read", context);
      requireCorp(corpIds, request.params.id);
      const state = await groupsAndPeople.quota.state(request.params.id);
      const missed = unreachedBy(state);
      const pushes = await namesOfPushes(context, principal, [...state.plans.keys()]);
      const told = missed.flatMap(({ targetIds }) => targetIds.slice(0, NAMED_MAX));
      const { open, toMask } = await namesOfWecom(context.db, told);
      const nameOf = (id: string): string | null => {
        const masked = toMask.get(id);
        return open.get(id) ?? (masked === undefined ? null : maskName(masked));
      };
      return {
        spans: forecastOf(state, Date.now(), request.query.weeks).map(({ from, to, limit, plans, left, unsure }) => ({
          from: dayText(from),
          to: dayText(to),
          limit,
          left: [...left],
          unsure,
          plans: plans.map(({ pushId, sessionId, day, targets, unreached }) => ({
            ...pushes(pushId),
            sessionId,
            day: dayText(day),
            targets,
            unreached,
          })),
        })),
        unreached: missed.map(({ pushId, targetIds }) => ({
          ...pushes(pushId),
          sessionId: state.plans.get(pushId)?.sessionId ?? "",
          count: targetIds.length,
          targets: targetIds.slice(0, NAMED_MAX).map((id) => ({ id, name: nameOf(id) })),
        })),
      };
    },
  );
}

function serveReading(app: ApiInstance, { context, groupsAndPeople }: PeopleRoutes): void {
  app.post(
    "/api/v1/wecom/corps/:id/quota/read",
    {
      schema: {
        tags,
        summary: "Read at WeCom who sent what to whom, so that staff's own sends count (owner, manager, community)",
        description: "The server does so by itself once a day. Ask for the quota again while it runs.",
        params: z.object({ id: Id }),
        response: { 202: QuotaReading, ...failures },
      },
    },
    async (request, reply) => {
      const { corpIds } = await askingFor(request, "write", context);
      const { id } = request.params;
      requireCorp(corpIds, id);
      const { state } = await readingOf(context, id);
      if (state !== "running" && state !== "waiting") await groupsAndPeople.sync.start(id, ["quota"]);
      return reply.code(202).send(await readingOf(context, id));
    },
  );
}

async function readingOf({ db }: ApiContext, corpId: string): Promise<z.infer<typeof QuotaReading>> {
  const row = (await syncOfCorp(db, corpId)).find(({ part }) => part === "quota");
  if (!row) return { state: "never", done: 0, startedAt: null, endedAt: null, failure: null };
  const { state, done, startedAt, endedAt, failure } = row;
  return QuotaReading.parse({ state, done, startedAt, endedAt, failure });
}
