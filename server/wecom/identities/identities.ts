import type { Database } from "#db/client.ts";
import { forgetWecomCorp } from "#db/queries/forget-wecom-corp.ts";
import * as stored from "#db/queries/identity-keys.ts";
import { newId } from "../../auth/ids.ts";
import { keyFromWord, keyOf, wordOf, type IdentityKey } from "./identity-key.ts";
import { resolveIdentities } from "./resolve-identities.ts";

/**
 * Joins keys of humans when evidence comes, never by name. What is stored always equals what `resolveIdentities` makes of the facts that hold, so a fact that
 * is taken back leaves no trace in who is who. Writers go one at a time; the tables refuse what would break a rule all the same.
 */

/** How it was learned that two keys are one human's, if nobody had to say it. */
export type Evidence =
  /** WeCom itself tells both, of a contact or of somebody in a group. */
  | "wecomRead"
  /** Somebody opened a page of ours inside WeChat or WeCom. */
  | "oauth"
  /** WeCom was asked whose openid or unionid it is. */
  | "lookup"
  /** An order carries both. */
  | "order"
  /** The phone held the one when the other signed in on it. */
  | "samePhone"
  /** Two persons of ours had keys that WeChat tells to be one human's. */
  | "merged";

type Told =
  | { readonly evidence: Evidence }
  /** Somebody who may manage people said so; a word without a name is none. */
  | { readonly evidence: "said"; readonly saidBy: string };
export type NewFact = { readonly a: IdentityKey; readonly b: IdentityKey } & Told;
export type Joined = "joined" | "conflict" | "undone";

/** Many thousand hops would be no human; facts of one stay far below. */
const HOPS_MAX = 50;
const FORGET_CHUNK = 1_000;

/** Told before, nothing changes: what was taken back stays so. */
export async function joinKeys(db: Database, fact: NewFact, now: number): Promise<Joined> {
  return db.transaction(async (tx) => {
    await stored.holdIdentities(tx);
    return joinWithin(tx, fact, now);
  });
}

/** For several facts of one transaction that holds the identities already. */
export async function joinWithin(tx: Database, fact: NewFact, now: number): Promise<Joined> {
  const [a = "", b = ""] = [wordOf(fact.a), wordOf(fact.b)].toSorted(byText);
  if (a === b) return "joined";
  const saidBy = fact.evidence === "said" ? fact.saidBy : null;
  await stored.insertFacts(tx, [{ id: newId("f"), a, b, evidence: fact.evidence, saidBy, at: now }]);
  await resolveAround(tx, [a, b], now);
  const known = (await stored.factsNaming(tx, [a])).find((one) => one.b === b && one.evidence === fact.evidence);
  return known === undefined ? "undone" : known.state === "conflict" ? "conflict" : "joined";
}

/**
 * Takes a person out of who they were known as, for it turned out that they are somebody else of ours: what tied them is taken back, and may be looked at. Within
 * a transaction that holds the identities.
 */
export async function retirePerson(tx: Database, personId: string, now: number): Promise<void> {
  const word = wordOf(keyOf.person(personId));
  const facts = await stored.factsNaming(tx, [word]);
  for (const { id } of facts) {
    await stored.changeFact(tx, id, { state: "undone", undoneAt: now, undoneBy: "system" });
  }
  await resolveAround(tx, [word, ...facts.flatMap(({ a, b }) => [a, b])], now);
}

/** False: there is no such fact, or it stands so already. */
export async function undoFact(
  db: Database,
  id: string,
  { by, now }: { readonly by: string; readonly now: number },
): Promise<boolean> {
  return changeState(db, id, {
    from: ["joined", "conflict"],
    change: { state: "undone", undoneAt: now, undoneBy: by },
    now,
  });
}

/** Takes an undo back. */
export async function restoreFact(db: Database, id: string, now: number): Promise<boolean> {
  return changeState(db, id, { from: ["undone"], change: { state: "joined", undoneAt: null, undoneBy: null }, now });
}

/** Everything of a corp goes; who was known by other evidence too stays one by that alone. */
export async function forgetCorp(db: Database, corpId: string, now: number): Promise<void> {
  await db.transaction(async (tx) => {
    await stored.holdIdentities(tx);
    const loose = (await forgetWecomCorp(tx, corpId)).map(wordOfStored);
    for (let from = 0; from < loose.length; from += FORGET_CHUNK) {
      await resolveAround(tx, loose.slice(from, from + FORGET_CHUNK), now);
    }
  });
}

type StateChange = {
  readonly from: readonly string[];
  readonly change: Parameters<typeof stored.changeFact>[2];
  readonly now: number;
};

async function changeState(db: Database, id: string, { from, change, now }: StateChange): Promise<boolean> {
  return db.transaction(async (tx) => {
    await stored.holdIdentities(tx);
    const fact = await stored.factById(tx, id);
    if (!fact || !from.includes(fact.state)) return false;
    await stored.changeFact(tx, id, change);
    await resolveAround(tx, [fact.a, fact.b], now);
    return true;
  });
}

/** Who is who again, for these keys and all that facts tie to them. */
async function resolveAround(tx: Database, words: readonly string[], now: number): Promise<void> {
  const facts = await factsAround(tx, words);
  const { identities, conflicts } = resolveIdentities(facts);
  const touched = [...new Set([...words, ...identities.flat()])];
  const before = new Map(
    (await stored.keysAmong(tx, touched.map(keyFromWord))).map((key) => [wordOfStored(key), key.identityId]),
  );
  const taken = new Set<string>();
  const after = new Map<string, string>();
  // The larger part keeps the id when an identity falls apart, the older one when two become one.
  for (const human of identities.filter(({ length }) => length > 1).toSorted((x, y) => y.length - x.length)) {
    const id = human.map((word) => before.get(word)).find((one) => one !== undefined && !taken.has(one)) ?? newId("y");
    taken.add(id);
    for (const word of human) after.set(word, id);
  }
  const moved = touched.filter((word) => before.get(word) !== after.get(word));
  await stored.deleteKeys(tx, moved.map(keyFromWord));
  const placed = moved.flatMap((word) => {
    const identityId = after.get(word);
    return identityId === undefined ? [] : [{ ...keyFromWord(word), identityId }];
  });
  await stored.insertKeys(tx, placed, now);
  for (const { id, state } of facts) {
    const slot = conflicts.get(id);
    if ((slot === undefined) === (state === "joined")) continue;
    await stored.changeFact(
      tx,
      id,
      slot === undefined ? { state: "joined", conflict: null } : { state: "conflict", conflict: { slot } },
    );
  }
}

async function factsAround(tx: Database, words: readonly string[]): Promise<stored.StoredFact[]> {
  const found = new Map<string, stored.StoredFact>();
  const seen = new Set<string>();
  let edge = [...words];
  for (let hop = 0; edge.length > 0 && hop < HOPS_MAX; hop += 1) {
    for (const word of edge) seen.add(word);
    const facts = await stored.factsNaming(tx, edge);
    for (const fact of facts) found.set(fact.id, fact);
    edge = [...new Set(facts.flatMap(({ a, b }) => [a, b]))].filter((word) => !seen.has(word));
  }
  return [...found.values()];
}

const wordOfStored = ({ kind, scope, value }: stored.StoredKey) => `${kind}|${scope}|${value}`;
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
