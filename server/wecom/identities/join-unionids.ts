import type { Database } from "#db/client.ts";
import * as stored from "#db/queries/identity-keys.ts";
import { newId } from "../../auth/ids.ts";
import { joinWithin, type Evidence } from "./identities.ts";
import { keyOf, wordOf } from "./identity-key.ts";

export type WithUnionid = { readonly externalUserid: string; readonly unionid: string | null };

/** WeCom tells a customer's unionid with them. Most of a reading is known or all new; those are written at once, the rest one by one. */
export async function joinUnionids(
  db: Database,
  corpId: string,
  people: readonly WithUnionid[],
  { evidence, now }: { readonly evidence: Evidence; readonly now: number },
): Promise<void> {
  const pairs = people.flatMap(({ externalUserid, unionid }) =>
    unionid === null ? [] : [{ a: keyOf.externalUserid(corpId, externalUserid), b: keyOf.unionid(unionid), evidence }],
  );
  if (pairs.length === 0) return;
  if ((await unknownOf(db, pairs)).length === 0) return;
  await db.transaction(async (tx) => {
    await stored.holdIdentities(tx);
    const { fresh, others } = await sorted(tx, pairs);
    const facts = await stored.insertFacts(
      tx,
      fresh.map(({ a, b }) => ({ id: newId("f"), a: wordOf(a), b: wordOf(b), evidence, at: now })),
    );
    const told = new Set(facts.map(({ a }) => a));
    const keys = fresh
      .filter(({ a }) => told.has(wordOf(a)))
      .flatMap(({ a, b }) => {
        const identityId = newId("y");
        return [
          { ...a, identityId },
          { ...b, identityId },
        ];
      });
    await stored.insertKeys(tx, keys, now);
    for (const fact of others) await joinWithin(tx, fact, now);
  });
}

type Pair = {
  readonly a: ReturnType<typeof keyOf.unionid>;
  readonly b: ReturnType<typeof keyOf.unionid>;
  readonly evidence: Evidence;
};

/** Pairs that are not one identity's already. */
async function unknownOf(db: Database, pairs: readonly Pair[]): Promise<Pair[]> {
  const known = await stored.keysAmong(
    db,
    pairs.flatMap(({ a, b }) => [a, b]),
  );
  const of = new Map(known.map((key) => [`${key.kind}|${key.scope}|${key.value}`, key.identityId]));
  return pairs.filter(({ a, b }) => {
    const one = of.get(wordOf(a));
    return one === undefined || one !== of.get(wordOf(b));
  });
}

/** `fresh`: neither key is known to anybody, nor named twice here; `others`: all that are not joined yet and may meet something. */
async function sorted(tx: Database, pairs: readonly Pair[]): Promise<{ fresh: Pair[]; others: Pair[] }> {
  const unknown = await unknownOf(tx, pairs);
  const words = unknown.flatMap(({ a, b }) => [wordOf(a), wordOf(b)]);
  const named = new Set((await stored.factsNaming(tx, words)).flatMap(({ a, b }) => [a, b]));
  const keys = await stored.keysAmong(
    tx,
    unknown.flatMap(({ a, b }) => [a, b]),
  );
  for (const { kind, scope, value } of keys) named.add(`${kind}|${scope}|${value}`);
  const times = new Map<string, number>();
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
  const isFresh = ({ a, b }: Pair) => [wordOf(a), wordOf(b)].every((word) => times.get(word) === 1 && !named.has(word));
  return { fresh: unknown.filter(isFresh), others: unknown.filter((pair) => !isFresh(pair)) };
}
