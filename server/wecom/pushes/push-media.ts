import type { Database } from "#db/client.ts";
import { readMedia } from "#db/queries/media.ts";
import { uploadMedia, uploadPicture } from "../api/media.ts";
import type { UploadedFile } from "../api-call.ts";
import type { WecomClient } from "../client.ts";

/** Pictures of cards, handed to WeCom before a message needs them; WeCom keeps them for three days. */
export type PushMedia = {
  /** Throws when there is no such picture. */
  mediaIdFor(client: WecomClient, mediaKey: string): Promise<string>;
  /** An address for the cover of a link, which WeCom keeps for good. Throws when there is no such picture. */
  addressFor(client: WecomClient, mediaKey: string): Promise<string>;
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

  /** By corp: WeCom takes a thousand of them a day, so the same one is handed over once at a time. */
  const addresses = new Map<string, Promise<string>>();

  async function picture(mediaKey: string) {
    const found = await readMedia(db, mediaKey);
    if (!found) throw new NoMediaError(mediaKey);
    return found;
  }
  async function fileOf(mediaKey: string): Promise<UploadedFile> {
    const { bytes, mime } = await picture(mediaKey);
    return { name: `${mediaKey}.${mime === "image/png" ? "png" : "jpg"}`, type: mime, bytes };
  }

  return {
    async mediaIdFor(client, mediaKey) {
      const key = JSON.stringify([client.corpId, client.agentId, mediaKey]);
      const known = uploaded.get(key);
      if (known && wall() < known.until) return known.mediaId;
      const { mediaId } = await uploadMedia(client, { kind: "image", file: await fileOf(mediaKey) });
      uploaded.delete(key);
      uploaded.set(key, { mediaId, until: wall() + KEPT_MS });
      for (const oldest of uploaded.keys()) {
        if (uploaded.size <= KEPT_MAX) break;
        uploaded.delete(oldest);
      }
      return mediaId;
    },
    addressFor(client, mediaKey) {
      const key = JSON.stringify([client.corpId, mediaKey]);
      const known = addresses.get(key);
      if (known) return known;
      const asked = fileOf(mediaKey).then((file) => uploadPicture(client, file));
      addresses.set(key, asked);
      asked.catch(() => addresses.delete(key));
      for (const oldest of addresses.keys()) {
        if (addresses.size <= KEPT_MAX) break;
        addresses.delete(oldest);
      }
      return asked;
    },
    bytes: async (mediaKey) => (await picture(mediaKey)).bytes,
  };
}
