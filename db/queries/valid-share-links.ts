import { and, gt, inArray, isNull } from "drizzle-orm";
import type { Database } from "../client.ts";
import { shareLinks } from "../schema/people.ts";

export type ValidShareLink = { hash: string; id: string; sessionId: string; what: "report" | "review" };

/** Of the given share links (SHA-256 of their tokens, hex) those that are neither revoked nor expired. */
export async function validShareLinks(db: Database, hashes: readonly string[], now: number): Promise<ValidShareLink[]> {
  if (hashes.length === 0) return [];
  const { hash, id, sessionId, what, revokedAt, expiresAt } = shareLinks;
  return db
    .select({ hash, id, sessionId, what })
    .from(shareLinks)
    .where(and(inArray(hash, [...hashes]), isNull(revokedAt), gt(expiresAt, now)));
}
