import { z } from "zod";
import { listCorps } from "#db/queries/wecom-corps.ts";
import { mapMember, membersWithPeople, unmapMember } from "#db/queries/wecom-member-people.ts";
import { membersById } from "#db/queries/wecom-members.ts";
import { Id } from "#domain/units.ts";
import { staffOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, notFound, rejected } from "../failures.ts";
import { At, Done, failures, IdParams, RejectedBody } from "../shapes.ts";
import { corpsWithRight } from "../wecom-rights.ts";
import { findPerson, looksAfter } from "./people-routes.ts";

const tags = ["people"];
const Member = z.object({
  memberId: z.string(),
  corpId: z.string(),
  corpName: z.string(),
  name: z.string(),
  personId: z.string().nullable().describe("null: asked to sign in and is nobody here yet"),
  askedAt: At.nullable(),
});

/** Which member of WeCom is which person: with that they sign in as them, so it is for those who look after the account. */
export function servePeopleOfWecom(app: ApiInstance, context: ApiContext): void {
  const { db } = context;
  app.get(
    "/api/v1/people/wecom",
    {
      schema: {
        tags,
        summary: "Members of WeCom who are somebody here, and those who asked to be (owner, manager)",
        response: { 200: z.object({ members: z.array(Member) }), ...failures },
      },
    },
    async (request) => {
      const asking = await staffOf(request, context);
      looksAfter(asking);
      const [corpIds, corps, members] = await Promise.all([
        corpsWithRight(asking, "manage", context),
        listCorps(db),
        membersWithPeople(db),
      ]);
      const names = new Map(corps.map(({ id, name }) => [id, name]));
      const seen = members.filter(({ corpId }) => corpIds.includes(corpId));
      return { members: seen.map((member) => ({ ...member, corpName: names.get(member.corpId) ?? "" })) };
    },
  );

  app.put(
    "/api/v1/people/:id/wecom",
    {
      schema: {
        tags,
        summary: "Say that a member of WeCom is this person",
        params: IdParams,
        body: z.object({ memberId: Id }),
        response: { 200: Done, ...failures, 409: RejectedBody },
      },
    },
    async (request) => {
      const asking = await staffOf(request, context);
      const { id: personId } = request.params;
      const { memberId } = request.body;
      const person = await findPerson(personId, context);
      // Whoever signs in as somebody has all their rights: as much as resetting a password gives away.
      if (!looksAfter(asking).mayControl(person)) throw denied();
      if (person.username === null) throw rejected("person.noAccount");
      const [member] = await membersById(db, [memberId]);
      const corpIds = await corpsWithRight(asking, "manage", context);
      if (!member || !corpIds.includes(member.corpId)) throw notFound("wecomMember");
      const outcome = await mapMember(db, { memberId, personId, by: asking.personId, now: Date.now() });
      if (outcome === "unknown") throw notFound("wecomMember");
      if (outcome === "taken") throw rejected("person.wecomTaken");
      return { status: "ok" as const };
    },
  );

  app.delete(
    "/api/v1/people/:id/wecom/:memberId",
    {
      schema: {
        tags,
        summary: "Say that a member of WeCom is this person no more; ends no session",
        params: IdParams.extend({ memberId: Id }),
        response: { 200: Done, ...failures },
      },
    },
    async (request) => {
      const asking = await staffOf(request, context);
      const { id: personId, memberId } = request.params;
      if (!looksAfter(asking).mayControl(await findPerson(personId, context))) throw denied();
      if (!(await unmapMember(db, memberId, personId))) throw notFound("wecomMember");
      return { status: "ok" as const };
    },
  );
}
