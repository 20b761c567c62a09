import { and, inArray, isNull } from "drizzle-orm";
import type { Database } from "../client.ts";
import { screenLinks } from "../schema/people.ts";

export type ValidScreenLink = { hash: string; id: string; name: string; sessionId: string };

/** Of the given screen links (SHA-256 of their tokens, hex) those that are not revoked. */
export async function validScreenLinks(db: Database, hashes: readonly string[]): Promise<ValidScreenLink[]> {
  if (hashes.length === 0) return [];
  return db
    .select({
      hash: screenLinks.hash,
      id: screenLinks.id,
      name: screenLinks.name,
      sessionId: screenLinks.sessionId,
    })
    .from(screenLinks)
    .where(and(inArray(screenLinks.hash, [...hashes]), isNull(screenLinks.revokedAt)));
}
