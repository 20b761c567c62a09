import { z } from "zod";
import type { Database } from "#db/client.ts";
import { readMedia, type MediaRow } from "#db/queries/media.ts";
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
  const read = createPictureReader(db);
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
      const found = await read(request.params.key);
      if (!found) throw notFound("media");
      return reply
        .type(found.mime)
        .header("cache-control", "public, max-age=31536000, immutable")
        .header("content-security-policy", "default-src 'none'")
        .send(found.bytes);
    },
  );
}

/** A hundred thousand phones ask for the few pictures of one page, some of 2 MB: each is read once, and never changes. The oldest ones go. */
const HELD_BYTES_MAX = 64_000_000;

function createPictureReader(db: Database): (key: string) => Promise<MediaRow | undefined> {
  const held = new Map<string, MediaRow>();
  const reading = new Map<string, Promise<MediaRow | undefined>>();
  let bytes = 0;
  const hold = (found: MediaRow): void => {
    held.set(found.key, found);
    bytes += found.bytes.length;
    for (const [key, old] of held) {
      if (bytes <= HELD_BYTES_MAX) return;
      held.delete(key);
      bytes -= old.bytes.length;
    }
  };
  const readOnce = async (key: string): Promise<MediaRow | undefined> => {
    const found = await readMedia(db, key);
    if (found) hold(found);
    return found;
  };
  return async (key) => {
    const known = held.get(key);
    if (known) return known;
    const asked = reading.get(key) ?? readOnce(key).finally(() => reading.delete(key));
    reading.set(key, asked);
    return asked;
  };
}
