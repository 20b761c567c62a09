import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { keepMedia, readMedia } from "#db/queries/media.ts";
import { Id } from "#domain/units.ts";
import { PICTURE_URL_BYTES_MAX } from "#domain/wecom-limits.ts";
import { idFrom } from "../../auth/ids.ts";
import { rolesIn, visibleRooms } from "../access.ts";
import { principalOf, staffOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, HttpError, notFound } from "../failures.ts";
import { failures, IdParams } from "../shapes.ts";
import { visibleRoom } from "../visible-room.ts";

const KEEPERS: ReadonlySet<string> = new Set(["owner", "manager", "operator", "community"]);
const Picture = z.object({ key: z.string(), path: z.string() });
const PictureParams = IdParams.extend({ key: Id });
/** For the description alone: the body is read as it comes. */
const BODY = z.unknown().meta({ type: "string", contentMediaType: "image/png, image/jpeg" });

/** Pictures for the cards of pushes and welcomes: kept by room, the same one once. */
export async function serveMedia(app: ApiInstance, context: ApiContext, secret: string): Promise<void> {
  const tags = ["wecom"];
  const { db } = context;

  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    for (const type of ["image/png", "image/jpeg"]) {
      scope.addContentTypeParser(
        type,
        { parseAs: "buffer", bodyLimit: PICTURE_URL_BYTES_MAX },
        (_request, body, parsed) => parsed(null, body),
      );
    }
    scope.withTypeProvider<ZodTypeProvider>().post(
      "/api/v1/rooms/:id/media",
      {
        bodyLimit: PICTURE_URL_BYTES_MAX,
        schema: {
          tags,
          summary: `Keep a picture for pushes: PNG or JPEG, at most ${PICTURE_URL_BYTES_MAX / 1_048_576} MiB`,
          params: IdParams,
          body: BODY,
          response: { 201: Picture, ...failures },
        },
      },
      async (request, reply) => {
        const { id: roomId } = request.params;
        const by = await keeperOf(request, roomId, context);
        const bytes = request.body instanceof Uint8Array ? Buffer.from(request.body) : Buffer.alloc(0);
        const mime = mimeOf(bytes);
        if (mime === null) throw new HttpError(415, "media.notAPicture");
        const key = idFrom("u", secret, roomId, createHash("sha256").update(bytes).digest("hex"));
        await keepMedia(db, { key, roomId, mime, bytes, createdBy: by, createdAt: Date.now() });
        return reply.code(201).send({ key, path: `/api/v1/rooms/${roomId}/media/${key}` });
      },
    );
    done();
  });

  app.get(
    "/api/v1/rooms/:id/media/:key",
    { schema: { tags, summary: "A kept picture", params: PictureParams, response: { 200: BODY, ...failures } } },
    async (request, reply) => {
      const { id: roomId, key } = request.params;
      const visible = visibleRooms(await principalOf(request, context));
      const found = visible === null || visible.includes(roomId) ? await readMedia(db, key) : undefined;
      if (!found || found.roomId !== roomId) throw notFound("media");
      return reply
        .type(found.mime)
        .header("cache-control", "private, max-age=31536000, immutable")
        .header("content-security-policy", "default-src 'none'")
        .send(found.bytes);
    },
  );
}

async function keeperOf(request: FastifyRequest, roomId: string, context: ApiContext): Promise<string> {
  const principal = await staffOf(request, context);
  await visibleRoom(roomId, principal, context);
  if (!rolesIn(principal, roomId).some((role) => KEEPERS.has(role))) throw denied();
  return principal.personId;
}

/** By its first bytes: what a browser calls a file says little. */
function mimeOf(bytes: Buffer): "image/png" | "image/jpeg" | null {
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return "image/png";
  return bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ? "image/jpeg" : null;
}
