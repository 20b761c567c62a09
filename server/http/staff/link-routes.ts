import { z } from "zod";
import {
  insertScreenLink,
  listScreenLinks,
  renameScreenLink,
  revokeScreenLink,
  screenNumber,
} from "#db/queries/screen-links.ts";
import { Id } from "#domain/units.ts";
import { newId, randomLetters, sha256Hex } from "../../auth/ids.ts";
import { enterShow, type ApiContext, type ApiInstance, type Entry } from "../context.ts";
import { denied, notFound, rejected } from "../failures.ts";
import { At, Done, failures, IdParams, Name, RejectedBody } from "../shapes.ts";

const LinkShape = z.object({
  id: z.string(),
  number: z.int().describe("Which of the show's screens it is, from 1; it stays when others are revoked"),
  name: z.string(),
  createdAt: At,
  lastSeenAt: At.nullable().describe("When a screen last came or went by it; who is online is told over sockets"),
});
const LinkParams = IdParams.extend({ linkId: Id });
/** Links that hold at a time: more than any room has screens. */
const LINKS_MAX = 40;

/** Links for the host's second screen: they open one show's host view, until revoked. */
export function serveLinks(app: ApiInstance, context: ApiContext): void {
  const tags = ["shows"];
  const { db, principals } = context;

  app.get(
    "/api/v1/sessions/:id/links",
    {
      schema: {
        tags,
        summary: "Links of host screens",
        params: IdParams,
        response: { 200: z.object({ links: z.array(LinkShape) }), ...failures },
      },
    },
    async (request) => {
      const { id } = request.params;
      requireDesk(await enterShow(request, id, context));
      return { links: await listScreenLinks(db, id) };
    },
  );

  app.post(
    "/api/v1/sessions/:id/links",
    {
      schema: {
        tags,
        summary: "Make a link for a host screen; its token is shown once",
        params: IdParams,
        body: z.object({ name: Name }),
        response: { 201: LinkShape.extend({ token: z.string(), path: z.string() }), ...failures, 409: RejectedBody },
      },
    },
    async (request, reply) => {
      const sessionId = request.params.id;
      const staff = requireDesk(await enterShow(request, sessionId, context));
      if ((await listScreenLinks(db, sessionId)).length >= LINKS_MAX)
        throw rejected("link.tooMany", { max: LINKS_MAX });
      const token = `ks_${randomLetters(24)}`;
      const row = { id: newId("k"), name: request.body.name, createdAt: Date.now() };
      await insertScreenLink(db, { ...row, sessionId, createdBy: staff.personId, hash: sha256Hex(token) });
      const number = (await screenNumber(db, { sessionId, id: row.id })) ?? 1;
      void reply.header("cache-control", "no-store");
      return reply.code(201).send({ ...row, number, lastSeenAt: null, token, path: `/screen/${token}` });
    },
  );

  app.patch(
    "/api/v1/sessions/:id/links/:linkId",
    {
      schema: {
        tags,
        summary: "Rename a host screen",
        params: LinkParams,
        body: z.object({ name: Name }),
        response: { 200: Done, ...failures },
      },
    },
    async (request) => {
      const { id: sessionId, linkId } = request.params;
      requireDesk(await enterShow(request, sessionId, context));
      if (!(await renameScreenLink(db, { sessionId, id: linkId }, request.body.name))) throw notFound("link");
      principals.forget();
      return { status: "ok" as const };
    },
  );

  app.delete(
    "/api/v1/sessions/:id/links/:linkId",
    {
      schema: {
        tags,
        summary: "Revoke a link; its screens close",
        params: LinkParams,
        response: { 200: Done, ...failures },
      },
    },
    async (request) => {
      const { id: sessionId, linkId } = request.params;
      requireDesk(await enterShow(request, sessionId, context));
      if (!(await revokeScreenLink(db, { sessionId, id: linkId, now: Date.now() }))) throw notFound("link");
      principals.forget();
      return { status: "ok" as const };
    },
  );
}

/** Those who run the show set up its screens. */
function requireDesk({ principal, grants }: Entry) {
  const runs = grants.some((grant) => ["owner", "manager", "operator", "floor"].includes(grant));
  if (principal.kind !== "staff" || !runs) throw denied();
  return principal;
}
