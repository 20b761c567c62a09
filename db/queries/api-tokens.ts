import { and, desc, eq, isNull } from "drizzle-orm";
import type { Database } from "../client.ts";
import { apiTokens } from "../schema/people.ts";

export type ApiTokenRow = Omit<typeof apiTokens.$inferSelect, "hash" | "revokedAt">;

export async function listApiTokens(db: Database): Promise<ApiTokenRow[]> {
  const { id, name, roomIds, createdBy, createdAt } = apiTokens;
  return db
    .select({ id, name, roomIds, createdBy, createdAt })
    .from(apiTokens)
    .where(isNull(apiTokens.revokedAt))
    .orderBy(desc(createdAt));
}

export async function insertApiToken(db: Database, row: ApiTokenRow & { readonly hash: string }): Promise<void> {
  await db.insert(apiTokens).values(row);
}

export async function revokeApiToken(db: Database, id: string, now: number): Promise<void> {
  await db
    .update(apiTokens)
    .set({ revokedAt: now })
    .where(and(eq(apiTokens.id, id), isNull(apiTokens.revokedAt)));
}
