import { z } from "zod";
import { insertApiToken, listApiTokens, revokeApiToken, type ApiTokenRow } from "#db/queries/api-tokens.ts";
import { roomsById } from "#db/queries/rooms.ts";
import { Id } from "#domain/units.ts";
import { newId, randomLetters, sha256Hex } from "../../auth/ids.ts";
import { managedRooms } from "../access.ts";
import { staffOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, invalid, notFound } from "../failures.ts";
import { signingSecret } from "../ingest/signature.ts";
import { Done, failures, IdParams, Name } from "../shapes.ts";

const TokenShape = z.object({
  id: z.string(),
  name: z.string(),
  roomIds: z.array(z.string()).nullable(),
  createdBy: z.string(),
  createdAt: z.int(),
});

/** Keys for programs. A token acts as `program` in its rooms; it and the secret for signing are shown once. */
export function serveTokens(app: ApiInstance, context: ApiContext): void {
  const tags = ["programs"];
  const { db, secret, principals } = context;

  app.get(
    "/api/v1/tokens",
    {
      schema: {
        tags,
        summary: "API tokens (owner, managers)",
        response: { 200: z.object({ tokens: z.array(TokenShape) }), ...failures },
      },
    },
    async (request) => {
      const mayHandle = handles(managedRooms(await staffOf(request, context)));
      const tokens = await listApiTokens(db);
      return { tokens: tokens.filter(mayHandle) };
    },
  );

  app.post(
    "/api/v1/tokens",
    {
      schema: {
        tags,
        summary: "Make an API token; it is shown once",
        description:
          "`roomIds: null` reaches every room (owner only). `signingSecret` is for signed requests, see docs/ingest.md.",
        body: z.object({ name: Name, roomIds: z.array(Id).min(1).max(200).nullable() }),
        response: { 201: TokenShape.extend({ token: z.string(), signingSecret: z.string() }), ...failures },
      },
    },
    async (request, reply) => {
      const asking = await staffOf(request, context);
      const { name, roomIds } = request.body;
      if (!handles(managedRooms(asking))({ roomIds })) throw denied();
      if (roomIds && (await roomsById(db, roomIds)).length < new Set(roomIds).size) {
        throw invalid([{ path: "roomIds", code: "room.unknown", message: "there is no such room" }]);
      }
      const token = `kb_${randomLetters(24)}`;
      const row: ApiTokenRow = { id: newId("t"), name, roomIds, createdBy: asking.personId, createdAt: Date.now() };
      await insertApiToken(db, { ...row, hash: sha256Hex(token) });
      void reply.header("cache-control", "no-store");
      return reply.code(201).send({ ...row, token, signingSecret: signingSecret(secret, row.id) });
    },
  );

  app.delete(
    "/api/v1/tokens/:id",
    { schema: { tags, summary: "Revoke a token", params: IdParams, response: { 200: Done, ...failures } } },
    async (request) => {
      const mayHandle = handles(managedRooms(await staffOf(request, context)));
      const { id } = request.params;
      const token = (await listApiTokens(db)).find((row) => row.id === id);
      if (!token || !mayHandle(token)) throw notFound("token");
      await revokeApiToken(db, id, Date.now());
      principals.forget();
      return { status: "ok" as const };
    },
  );
}

/** Whether they look after every room that a token reaches. */
function handles(rooms: readonly string[] | null): (token: { readonly roomIds: readonly string[] | null }) => boolean {
  if (rooms?.length === 0) throw denied();
  return ({ roomIds }) => rooms === null || (roomIds !== null && roomIds.every((id) => rooms.includes(id)));
}
