import { and, eq, inArray, like, or } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomCodes } from "../schema/wecom-codes.ts";
import { identityFacts, identityKeys } from "../schema/wecom-identities.ts";
import {
  wecomContacts,
  wecomFollows,
  wecomGroupMembers,
  wecomGroups,
  wecomMembers,
  wecomRoomCorp,
  wecomSync,
  wecomTags,
} from "../schema/wecom-people.ts";
import type { StoredKey } from "./identity-keys.ts";

/**
 * A corp is no longer ours to speak for: nothing of its groups, staff and customers is kept. Logs hold ids that then name nobody. Gives the keys of those who were
 * known by it that are no corp's; they are in no identity now, and whoever holds the identities joins them anew by what other evidence says.
 */
export async function forgetWecomCorp(tx: Database, corpId: string): Promise<StoredKey[]> {
  const groups = tx.select({ id: wecomGroups.id }).from(wecomGroups).where(eq(wecomGroups.corpId, corpId));
  const contacts = tx.select({ id: wecomContacts.id }).from(wecomContacts).where(eq(wecomContacts.corpId, corpId));
  await tx.delete(wecomGroupMembers).where(inArray(wecomGroupMembers.groupId, groups));
  await tx.delete(wecomFollows).where(inArray(wecomFollows.contactId, contacts));
  for (const table of [wecomGroups, wecomContacts, wecomMembers, wecomTags, wecomCodes, wecomSync, wecomRoomCorp]) {
    await tx.delete(table).where(eq(table.corpId, corpId));
  }
  const own = ["externalUserid", "userid"];
  const ofCorp = and(inArray(identityKeys.kind, own), eq(identityKeys.scope, corpId));
  const known = tx.select({ id: identityKeys.identityId }).from(identityKeys).where(ofCorp);
  const gone = await tx.delete(identityKeys).where(inArray(identityKeys.identityId, known)).returning();
  // Ids of rows hold no letter that LIKE reads as another, but for `_`, which stands for itself too.
  const words = own.map((kind) => `${kind}|${corpId}|%`);
  await tx
    .delete(identityFacts)
    .where(or(...words.flatMap((word) => [like(identityFacts.a, word), like(identityFacts.b, word)])));
  return gone.filter(({ kind, scope }) => !(own.includes(kind) && scope === corpId));
}
