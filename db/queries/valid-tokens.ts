import { and, inArray, isNull } from "drizzle-orm";
import type { Database } from "../client.ts";
import { apiTokens } from "../schema/people.ts";

export type ValidToken = { hash: string; id: string; name: string; roomIds: string[] | null };

/** Of the given API tokens (SHA-256, hex) those that are not revoked. */
export async function validTokens(db: Database, hashes: readonly string[]): Promise<ValidToken[]> {
  if (hashes.length === 0) return [];
  return db
    .select({ hash: apiTokens.hash, id: apiTokens.id, name: apiTokens.name, roomIds: apiTokens.roomIds })
    .from(apiTokens)
    .where(and(inArray(apiTokens.hash, [...hashes]), isNull(apiTokens.revokedAt)));
}

export async function validTokenById(db: Database, id: string): Promise<ValidToken | undefined> {
  const [row] = await db
    .select({ hash: apiTokens.hash, id: apiTokens.id, name: apiTokens.name, roomIds: apiTokens.roomIds })
    .from(apiTokens)
    .where(and(inArray(apiTokens.id, [id]), isNull(apiTokens.revokedAt)));
  return row;
}
