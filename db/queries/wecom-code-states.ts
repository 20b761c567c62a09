import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomCodes } from "../schema/wecom-codes.ts";

/** Our codes behind what WeCom tells of how somebody came; deleted ones too, whose printed pictures live on. By state. */
export async function codesByState(
  db: Database,
  corpId: string,
  states: readonly string[],
): Promise<Map<string, string>> {
  const unique = [...new Set(states)];
  if (unique.length === 0) return new Map();
  const found = await db
    .select({ id: wecomCodes.id, state: wecomCodes.state })
    .from(wecomCodes)
    .where(and(eq(wecomCodes.corpId, corpId), inArray(wecomCodes.state, unique)));
  return new Map(found.map(({ state, id }) => [state, id]));
}
