import type { Database } from "#db/client.ts";
import { readMedia } from "#db/queries/media.ts";
import { uploadMedia } from "../api/media.ts";
import type { WecomClient } from "../client.ts";

/** Pictures of cards, handed to WeCom before a message needs them; WeCom keeps them for three days. */
export type PushMedia = {
  /** Throws when there is no such picture. */
  mediaIdFor(client: WecomClient, mediaKey: string): Promise<string>;
  bytes(mediaKey: string): Promise<Uint8Array>;
};

const KEPT_MS = 2 * 24 * 3_600_000;
const KEPT_MAX = 500;

export class NoMediaError extends Error {
  override readonly name = "NoMediaError";
  constructor(mediaKey: string) {
    super(`there is no picture ${mediaKey}`);
  }
}

export function createPushMedia(db: Database, wall: () => number): PushMedia {
  const uploaded = new Map<string, { readonly mediaId: string; readonly until: number }>();

  async function picture(mediaKey: string) {
    const found = await readMedia(db, mediaKey);
    if (!found) throw new NoMediaError(mediaKey);
    return found;
  }

  return {
    async mediaIdFor(client, mediaKey) {
      const key = JSON.stringify([client.corpId, client.agentId, mediaKey]);
      const known = uploaded.get(key);
      if (known && wall() < known.until) return known.mediaId;
      const { bytes, mime } = await picture(mediaKey);
      const name = `${mediaKey}.${mime === "image/png" ? "png" : "jpg"}`;
      const { mediaId } = await uploadMedia(client, { kind: "image", file: { name, type: mime, bytes } });
      uploaded.delete(key);
      uploaded.set(key, { mediaId, until: wall() + KEPT_MS });
      for (const oldest of uploaded.keys()) {
        if (uploaded.size <= KEPT_MAX) break;
        uploaded.delete(oldest);
      }
      return mediaId;
    },
    bytes: async (mediaKey) => (await picture(mediaKey)).bytes,
  };
}
