import { z } from "zod";
import { readMedia } from "#db/queries/media.ts";
import { Id } from "#domain/units.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { notFound } from "../failures.ts";
import { failures } from "../shapes.ts";

const BODY = z.unknown().meta({ type: "string", contentMediaType: "image/png, image/jpeg" });

/**
 * A picture of a landing page. Viewers have no account: its key, which nobody can guess, is the right to see it, and what is kept there is
 * kept to be sent to customers.
 */
export function serveViewerPictures(app: ApiInstance, { db }: Pick<ApiContext, "db">): void {
  app.get(
    "/api/v1/viewer/pictures/:key",
    {
      schema: {
        tags: ["viewers"],
        summary: "A kept picture, for whoever was told its key",
        params: z.object({ key: Id }),
        response: { 200: BODY, ...failures },
      },
    },
    async (request, reply) => {
      const found = await readMedia(db, request.params.key);
      if (!found) throw notFound("media");
      return reply
        .type(found.mime)
        .header("cache-control", "public, max-age=31536000, immutable")
        .header("content-security-policy", "default-src 'none'")
        .send(found.bytes);
    },
  );
}
