import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { identityFacts, identityKeys } from "../schema/wecom-identities.ts";
import { wecomCallbacks } from "../schema/wecom-callbacks.ts";
import { wecomContacts, wecomFollows, wecomGroupMembers } from "../schema/wecom-people.ts";
import { forgetGreetings } from "./forget-warmup.ts";
import { holdIdentities, identityOfPerson, keysOfIdentities } from "./identity-keys.ts";

/**
 * Everything of WeCom's that leads to a viewer or buyer: keys, what joined them, the customers of each corp with their stays, and what callbacks told of
 * them. Should WeCom name them again, they are somebody new. Within the transaction that forgets the rest.
 */
export async function forgetWecomOfPerson(tx: Database, personId: string): Promise<void> {
  await holdIdentities(tx);
  const own = await identityOfPerson(tx, personId);
  const keys = own === undefined ? [] : await keysOfIdentities(tx, [own]);
  const words = [`person||${personId}`, ...keys.map(({ kind, scope, value }) => `${kind}|${scope}|${value}`)];
  for (const { kind, scope, value } of keys) if (kind === "externalUserid") await forgetCustomer(tx, scope, value);
  await forgetKeys(tx, words, own === undefined ? [] : [own]);
}

/** A customer who asks for it and need not be known as a viewer. False: there is none. */
export async function forgetContact(db: Database, contactId: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    await holdIdentities(tx);
    const [contact] = await tx.select().from(wecomContacts).where(eq(wecomContacts.id, contactId));
    if (!contact) return false;
    const { corpId, externalUserid } = contact;
    const key = and(
      eq(identityKeys.kind, "externalUserid"),
      eq(identityKeys.scope, corpId),
      eq(identityKeys.value, externalUserid),
    );
    const [own] = await tx.select({ identityId: identityKeys.identityId }).from(identityKeys).where(key);
    const keys = own ? await tx.select().from(identityKeys).where(eq(identityKeys.identityId, own.identityId)) : [];
    const words = keys.map(({ kind, scope, value }) => `${kind}|${scope}|${value}`);
    for (const { kind, scope, value } of keys) if (kind === "externalUserid") await forgetCustomer(tx, scope, value);
    await forgetCustomer(tx, corpId, externalUserid);
    await forgetKeys(tx, [`externalUserid|${corpId}|${externalUserid}`, ...words], own ? [own.identityId] : []);
    return true;
  });
}

async function forgetKeys(tx: Database, words: readonly string[], identityIds: readonly string[]): Promise<void> {
  await tx.delete(identityFacts).where(or(inArray(identityFacts.a, [...words]), inArray(identityFacts.b, [...words])));
  if (identityIds.length > 0) await tx.delete(identityKeys).where(inArray(identityKeys.identityId, [...identityIds]));
}

async function forgetCustomer(tx: Database, corpId: string, externalUserid: string): Promise<void> {
  const [contact] = await tx
    .delete(wecomContacts)
    .where(and(eq(wecomContacts.corpId, corpId), eq(wecomContacts.externalUserid, externalUserid)))
    .returning({ id: wecomContacts.id });
  if (contact) {
    await tx.delete(wecomFollows).where(eq(wecomFollows.contactId, contact.id));
    await tx.delete(wecomGroupMembers).where(eq(wecomGroupMembers.who, contact.id));
    await forgetGreetings(tx, contact.id);
  }
  // Group events name who came, among others; what is still to be worked is needed, and goes after 14 days.
  await tx
    .delete(wecomCallbacks)
    .where(
      and(sql`position(${externalUserid} in ${wecomCallbacks.message}) > 0`, sql`${wecomCallbacks.state} <> 'waiting'`),
    );
}
