import { and, eq, inArray, ne, or, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { identityFacts, identityKeys } from "../schema/wecom-identities.ts";

export type StoredKey = Omit<typeof identityKeys.$inferSelect, "since">;
export type StoredFact = typeof identityFacts.$inferSelect;
type Key = Pick<StoredKey, "kind" | "scope" | "value">;

/** One writer at a time: joining two keys reads what both were joined to before. Held until the transaction ends. */
export async function holdIdentities(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('identities'))`);
}

/** The identities that these keys are part of, those in none left out. */
export async function keysAmong(db: Database, keys: readonly Key[]): Promise<StoredKey[]> {
  if (keys.length === 0) return [];
  const rows = JSON.stringify(keys);
  return db
    .select({
      identityId: identityKeys.identityId,
      kind: identityKeys.kind,
      scope: identityKeys.scope,
      value: identityKeys.value,
    })
    .from(identityKeys)
    .where(
      sql`(${identityKeys.kind}, ${identityKeys.scope}, ${identityKeys.value}) in (
        select kind, scope, value from json_to_recordset(${rows}::json) as r(kind text, scope text, value text))`,
    );
}

export async function keysOfIdentities(db: Database, identityIds: readonly string[]): Promise<StoredKey[]> {
  if (identityIds.length === 0) return [];
  return db
    .select({
      identityId: identityKeys.identityId,
      kind: identityKeys.kind,
      scope: identityKeys.scope,
      value: identityKeys.value,
    })
    .from(identityKeys)
    .where(inArray(identityKeys.identityId, [...identityIds]));
}

/** The identity of somebody of ours, by whichever of their ids: who they are, or as whom they were known before. */
export async function identityOfPerson(db: Database, personId: string): Promise<string | undefined> {
  const found = await keysAmong(db, [
    { kind: "person", scope: "", value: personId },
    { kind: "visitor", scope: personId, value: personId },
    { kind: "formerPerson", scope: personId, value: personId },
  ]);
  return found[0]?.identityId;
}

export async function insertKeys(
  tx: Database,
  keys: readonly (Key & { readonly identityId: string })[],
  now: number,
): Promise<void> {
  if (keys.length === 0) return;
  await tx.insert(identityKeys).values(keys.map((key) => ({ ...key, since: now })));
}

export async function deleteKeys(tx: Database, keys: readonly Key[]): Promise<void> {
  if (keys.length === 0) return;
  const rows = JSON.stringify(keys);
  await tx.delete(identityKeys).where(
    sql`(${identityKeys.kind}, ${identityKeys.scope}, ${identityKeys.value}) in (
      select kind, scope, value from json_to_recordset(${rows}::json) as r(kind text, scope text, value text))`,
  );
}

/** Those that were not known yet; what a person took back stays taken back, however often the same evidence comes. */
export async function insertFacts(
  tx: Database,
  facts: readonly (Pick<StoredFact, "id" | "a" | "b" | "evidence" | "at"> & Partial<Pick<StoredFact, "saidBy">>)[],
): Promise<StoredFact[]> {
  if (facts.length === 0) return [];
  return tx
    .insert(identityFacts)
    .values(facts.map((fact) => ({ ...fact, state: "joined" })))
    .onConflictDoNothing({ target: [identityFacts.a, identityFacts.b, identityFacts.evidence] })
    .returning();
}

/** Facts that name one of these keys, but not those taken back. */
export async function factsNaming(db: Database, words: readonly string[]): Promise<StoredFact[]> {
  if (words.length === 0) return [];
  const named = or(inArray(identityFacts.a, [...words]), inArray(identityFacts.b, [...words]));
  return db
    .select()
    .from(identityFacts)
    .where(and(named, ne(identityFacts.state, "undone")));
}

/** Facts that name one of these keys or ever did: those taken back too. Of thousands in one question. */
export async function factsEverNaming(db: Database, words: readonly string[]): Promise<Pick<StoredFact, "a" | "b">[]> {
  if (words.length === 0) return [];
  const any = sql`any(array(select json_array_elements_text(${JSON.stringify(words)}::json)))`;
  return db
    .select({ a: identityFacts.a, b: identityFacts.b })
    .from(identityFacts)
    .where(or(sql`${identityFacts.a} = ${any}`, sql`${identityFacts.b} = ${any}`));
}

/** Whether somebody said that none of these keys is this one's, whatever it was that joined them. */
export async function wasTakenBack(tx: Database, words: readonly string[], word: string): Promise<boolean> {
  if (words.length === 0) return false;
  const pair = or(
    and(eq(identityFacts.a, word), inArray(identityFacts.b, [...words])),
    and(eq(identityFacts.b, word), inArray(identityFacts.a, [...words])),
  );
  const byPerson = and(eq(identityFacts.state, "undone"), ne(identityFacts.undoneBy, "system"));
  const [row] = await tx.select({ id: identityFacts.id }).from(identityFacts).where(and(pair, byPerson)).limit(1);
  return row !== undefined;
}

export async function factById(db: Database, id: string): Promise<StoredFact | undefined> {
  const [row] = await db.select().from(identityFacts).where(eq(identityFacts.id, id));
  return row;
}

export async function changeFact(
  tx: Database,
  id: string,
  change: Partial<Pick<StoredFact, "state" | "conflict" | "undoneAt" | "undoneBy">>,
): Promise<void> {
  await tx.update(identityFacts).set(change).where(eq(identityFacts.id, id));
}

/** The newest first; `a` and `b` are for the server alone. */
export async function factsInState(
  db: Database,
  state: "joined" | "conflict" | "undone",
  limit: number,
): Promise<StoredFact[]> {
  return db
    .select()
    .from(identityFacts)
    .where(eq(identityFacts.state, state))
    .orderBy(sql`${identityFacts.at} desc`, identityFacts.id)
    .limit(limit);
}
