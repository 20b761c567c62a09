import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { z } from "zod";
import type { BoundVault } from "../lib/vault.ts";

/** What all nodes know of one secret: its token, or that WeCom refused it. Times are ms UTC. */
export const ShelfEntry = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("token"), token: z.string().min(1), renewAt: z.int(), expiresAt: z.int() }),
  z.object({ kind: z.literal("bad"), errcode: z.int(), until: z.int() }),
]);
export type ShelfEntry = z.infer<typeof ShelfEntry>;

/** Shared between nodes and never relied on: when it is away each node fetches for itself, and gets the same token. */
export type TokenShelf = {
  read(key: string): Promise<ShelfEntry | null>;
  write(key: string, entry: ShelfEntry, lifeMs: number): Promise<void>;
  remove(key: string): Promise<void>;
  /** Null: another node is at it. A shelf that is away locks nobody out. */
  lock(key: string): Promise<(() => Promise<void>) | null>;
};

/** For one node alone, and for rehearsals. */
export const noShelf: TokenShelf = {
  read: () => Promise.resolve(null),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
  lock: () => Promise.resolve(() => Promise.resolve()),
};

const PREFIX = "kaibo:wecom:token:";
/** Longer than a fetch may take, short enough that a node which died in the middle holds nobody up. */
const LOCK_MS = 8_000;

/** Tokens lie sealed: who reads the Redis can't send in the corp's name. */
export function redisShelf(redis: Redis, vault: BoundVault): TokenShelf {
  const orNothing = async <T>(asked: Promise<T>): Promise<T | null> => {
    try {
      return await asked;
    } catch {
      // Away or slow: the same as an empty shelf.
      return null;
    }
  };
  return {
    async read(key) {
      const sealed = await orNothing(redis.get(PREFIX + key));
      if (sealed === null) return null;
      try {
        return ShelfEntry.parse(JSON.parse(vault.open(sealed, key)));
      } catch {
        // Of another secret of ours, or of a version to come: as good as none.
        return null;
      }
    },
    async write(key, entry, lifeMs) {
      await orNothing(redis.set(PREFIX + key, vault.seal(JSON.stringify(entry), key), "PX", Math.max(1, lifeMs)));
    },
    async remove(key) {
      await orNothing(redis.del(PREFIX + key));
    },
    async lock(key) {
      const name = `${PREFIX}lock:${key}`;
      const own = randomUUID();
      const none = () => Promise.resolve();
      let got: "OK" | null;
      try {
        got = await redis.set(name, own, "PX", LOCK_MS, "NX");
      } catch {
        return none;
      }
      if (got === null) return null;
      return async () => {
        if ((await orNothing(redis.get(name))) === own) await orNothing(redis.del(name));
      };
    },
  };
}
