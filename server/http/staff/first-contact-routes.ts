import { randomUUID } from "node:crypto";
import { z } from "zod";
import { contactById } from "#db/queries/contact-by-id.ts";
import { putGreeting, takeGreetingBack } from "#db/queries/contact-greetings.ts";
import { firstContacts, type FirstContact, waitingByMember } from "#db/queries/first-contacts.ts";
import { namesOfSignups } from "#db/queries/names-of-signups.ts";
import { showRow } from "#db/queries/show-row.ts";
import type { CommandAnswer } from "#domain/wire.ts";
import { engine } from "#domain/ops/index.ts";
import { Id } from "#domain/units.ts";
import { senderId } from "../../auth/principal.ts";
import type { Wecom } from "../../wecom/wecom.ts";
import { maySend } from "../access.ts";
import { enterShow, type ApiContext, type ApiInstance, type Entry } from "../context.ts";
import { denied, notFound } from "../failures.ts";
import { numberInQuery } from "../number-in-query.ts";
import { readPageCursor, writePageCursor } from "../page-cursor.ts";
import { maskName } from "../personal.ts";
import { sharedAnswers } from "../../lib/shared-answers.ts";
import { sendCommand } from "../send-command.ts";
import { At, Done, failures, IdParams, OkBody, RejectedBody } from "../shapes.ts";
import { sendAnswer } from "./command-routes.ts";
import { createGreetReminders } from "./greet-reminders.ts";

const tags = ["warm-up"];
const SHOWS_MAX = 200;
const Name = z.string().nullable().describe("Masked; null: none is known");
const Named = z.object({ id: z.string(), name: z.string().nullable() });
const Contact = z.object({
  id: z.string().describe("`v_…` signed up; `x_…` came to a member or group by one of the show's codes"),
  kind: z.enum(["signup", "contact"]),
  name: Name,
  since: At,
  sourceCode: z.string().nullable(),
  codeId: z.string().nullable(),
  inviterName: Name,
  member: Named.nullable().describe("Whose they are; null: nobody's yet"),
  groups: z.array(Named),
});
const Greeted = { 200: OkBody.or(Done), ...failures, 409: RejectedBody };

type Parts = { readonly context: ApiContext; readonly wecom: Pick<Wecom, "wecomFor"> };

/** 首联: who signed up or was added, and has not been greeted. Whoever may greet sees them. */
export function serveFirstContacts(app: ApiInstance, parts: Parts): void {
  serveList(app, parts.context);
  serveGreeting(app, parts.context);
  serveReminding(app, parts);
}

/** Whoever may say that somebody was greeted. */
async function enterAsGreeter(
  request: Parameters<typeof enterShow>[0],
  id: string,
  context: ApiContext,
): Promise<Entry> {
  const entry = await enterShow(request, id, context);
  const rule = engine.commands.get("signup.greet");
  if (!rule || !maySend(entry.grants, rule)) throw denied();
  return entry;
}

function serveList(app: ApiInstance, context: ApiContext): void {
  const share = sharedAnswers<Awaited<ReturnType<typeof waitingByMember>>>(SHOWS_MAX);
  app.get(
    "/api/v1/sessions/:id/first-contacts",
    {
      schema: {
        tags,
        summary: "Who waits for a first greeting, the longest wait first (whoever may `signup.greet`)",
        params: IdParams,
        querystring: z.object({
          member: Id.optional(),
          cursor: z.string().max(200).optional(),
          limit: numberInQuery(z.int().min(1).max(500).default(100)),
        }),
        response: {
          200: z.object({
            contacts: z.array(Contact),
            cursor: z.string().nullable(),
            total: z.int(),
            members: z.array(
              z.object({ id: z.string().nullable(), name: z.string().nullable(), waiting: z.int(), oldestAt: At }),
            ),
          }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { member: memberId, cursor, limit } = request.query;
      await enterAsGreeter(request, id, context);
      void reply.header("cache-control", "no-store");
      const at = readPageCursor(cursor);
      const after = at ? { since: at.value, id: at.id } : null;
      const [rows, waiting] = await Promise.all([
        firstContacts(context.db, id, { memberId, after, limit }),
        share(id, () => waitingByMember(context.db, id)),
      ]);
      const names = await namesIn(context, id, rows, waiting);
      const last = rows.at(-1);
      const counted = waiting.filter((row) => memberId === undefined || row.memberId === memberId);
      return {
        contacts: rows.map((row) => shown(row, names)),
        cursor: last && rows.length === limit ? writePageCursor({ value: last.since, id: last.id }) : null,
        total: counted.reduce((sum, row) => sum + row.waiting, 0),
        members: waiting.map(({ memberId: id, waiting: count, oldestAt }) => ({
          id,
          name: id === null ? null : (names.ids[id] ?? null),
          waiting: count,
          oldestAt,
        })),
      };
    },
  );
}

type Names = { readonly ids: Readonly<Record<string, string>>; readonly inviters: ReadonlyMap<number, string> };

async function namesIn(
  { db, personal }: ApiContext,
  sessionId: string,
  rows: readonly FirstContact[],
  waiting: readonly { readonly memberId: string | null }[],
): Promise<Names> {
  const ids = [...rows.flatMap((row) => [row.memberId, ...row.groupIds]), ...waiting.map((row) => row.memberId)];
  const [found, inviters] = await Promise.all([
    personal.ofIds(sessionId, [...new Set(ids.filter((id) => id !== null))]),
    namesOfSignups(db, sessionId, [...new Set(rows.flatMap(({ inviterN }) => inviterN ?? []))]),
  ]);
  return { ids: found.names, inviters };
}

function shown(row: FirstContact, { ids, inviters }: Names): z.infer<typeof Contact> {
  const { id, kind, name, since, sourceCode, codeId, inviterN, memberId, groupIds } = row;
  const inviter = inviterN === null ? undefined : inviters.get(inviterN);
  return {
    id,
    kind,
    name: name === null ? null : maskName(name),
    since,
    sourceCode,
    codeId,
    inviterName: inviter === undefined ? null : maskName(inviter),
    member: memberId === null ? null : { id: memberId, name: ids[memberId] ?? null },
    groups: groupIds.map((groupId) => ({ id: groupId, name: ids[groupId] ?? null })),
  };
}

function serveGreeting(app: ApiInstance, context: ApiContext): void {
  const path = "/api/v1/sessions/:id/first-contacts/:who/greeted";
  const params = IdParams.extend({ who: Id });
  const command = (type: "signup.greet" | "signup.ungreet", personId: string, entry: Entry): Promise<CommandAnswer> =>
    sendCommand({ id: randomUUID(), type, input: { personId } }, entry, context);

  app.post(
    path,
    { schema: { tags, summary: "Somebody was greeted (whoever may `signup.greet`)", params, response: Greeted } },
    async (request, reply) => {
      const { id: sessionId, who } = request.params;
      const entry = await enterAsGreeter(request, sessionId, context);
      if (!who.startsWith("x_")) return sendAnswer(reply, await command("signup.greet", who, entry));
      if (!(await contactById(context.db, who))) throw notFound("person");
      const by = senderId(entry.principal);
      await putGreeting(context.db, { sessionId, contactId: who, by, at: Date.now() });
      return { status: "ok" as const };
    },
  );
  app.delete(
    path,
    { schema: { tags, summary: "They were not, after all", params, response: Greeted } },
    async (request, reply) => {
      const { id: sessionId, who } = request.params;
      const entry = await enterAsGreeter(request, sessionId, context);
      if (!who.startsWith("x_")) return sendAnswer(reply, await command("signup.ungreet", who, entry));
      await takeGreetingBack(context.db, { sessionId, contactId: who });
      return { status: "ok" as const };
    },
  );
}

function serveReminding(app: ApiInstance, { context, wecom }: Parts): void {
  const remind = createGreetReminders({ db: context.db, wecomFor: wecom.wecomFor });
  app.post(
    "/api/v1/sessions/:id/first-contacts/remind",
    {
      schema: {
        tags,
        summary: "Have the robot tell a member, in the internal group, whom they have to greet",
        description:
          "One line with at most ten masked names; to a member once in two minutes. 409 `firstContact.noRobot|nobody|justSent|robotFailed`.",
        params: IdParams,
        body: z.object({ memberId: Id, robotId: Id.optional() }),
        response: { 200: z.object({ status: z.literal("ok"), named: z.int() }), ...failures, 409: RejectedBody },
      },
    },
    async (request) => {
      const { id: sessionId } = request.params;
      const { memberId, robotId } = request.body;
      await enterAsGreeter(request, sessionId, context);
      const show = await showRow(context.db, sessionId);
      if (!show) throw notFound("session");
      const named = await remind({ sessionId, roomId: show.roomId, rehearsal: show.rehearsal, memberId, robotId });
      return { status: "ok" as const, named };
    },
  );
}
