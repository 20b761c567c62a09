import type { Database } from "#db/client.ts";
import { factsEverNaming, holdIdentities, insertFacts, insertKeys } from "#db/queries/identity-keys.ts";
import { knownPersons } from "#db/queries/known-persons.ts";
import { keepWechatPersons, type WechatPerson } from "#db/queries/wechat-persons.ts";
import { newId } from "../auth/ids.ts";
import type { PersonKeys } from "../auth/person-keys.ts";
import type { Evidence } from "../wecom/identities/identities.ts";
import { keyOf, slotOf, wordOf, type IdentityKey } from "../wecom/identities/identity-key.ts";
import { formersIn, identitiesByKey, keysFrom, type Arriving, type Identities, type Standing } from "./arriving.ts";

/**
 * Many who arrive at once, in a few statements: those about whom there is nothing to weigh, which are nearly all. What is added of them was never named by any
 * fact, not even by one taken back, goes into a free slot of one identity or makes a new one, and no two of them share anything. So no fact can clash, and one by
 * one the tables would come to say the same. `null`: something is to be weighed, and that is done for each alone.
 */
export async function arriveTogether(
  db: Database,
  keys: PersonKeys,
  people: readonly Arriving[],
): Promise<(Standing | null)[]> {
  return db.transaction(async (tx) => {
    const now = Date.now();
    await holdIdentities(tx);
    const seen = await lookAround(tx, keys, people);
    const plans = people.map((one) => planOf(seen, one));
    const sure = onlyUnshared(plans);
    const added = sure.flatMap(({ facts }) => facts);
    await insertFacts(
      tx,
      added.map(({ a, b, evidence }) => ({ id: newId("f"), ...sorted(a, b), evidence, at: now })),
    );
    await insertKeys(
      tx,
      sure.flatMap(({ identityId, fresh }) => fresh.map((key) => ({ ...key, identityId }))),
      now,
    );
    await keepWechatPersons(
      tx,
      sure.map(({ person }) => person),
      now,
    );
    const isSure = new Set(sure);
    return plans.map((plan) => (plan && isSure.has(plan) ? plan.standing : null));
  });
}

type Fact = { readonly a: IdentityKey; readonly b: IdentityKey; readonly evidence: Evidence };
type Plan = {
  readonly standing: Standing;
  readonly identityId: string;
  readonly fresh: readonly IdentityKey[];
  readonly facts: readonly Fact[];
  readonly person: WechatPerson;
  /** All that it rests on; two that share any are weighed. */
  readonly touches: readonly string[];
};

type Seen = {
  readonly identities: Identities;
  /** Words of keys that facts named ever, or identities hold. */
  readonly named: ReadonlySet<string>;
  /** Whom orders and comments were reported of, by key hash. */
  readonly reported: ReadonlyMap<string, string>;
  readonly hashOf: (key: IdentityKey) => string;
};

async function lookAround(tx: Database, keys: PersonKeys, people: readonly Arriving[]): Promise<Seen> {
  const hashes = new Map<string, string>();
  const hashOf = ({ value }: IdentityKey) => {
    const hash = hashes.get(value) ?? keys.hashOf(value);
    hashes.set(value, hash);
    return hash;
  };
  const theirs = people.flatMap(keysFrom);
  const reported = await knownPersons(tx, theirs.map(hashOf));
  const persons = [...reported.values(), ...people.flatMap(({ visitorId }) => visitorId ?? [])];
  const wanted = [...theirs, ...persons.flatMap(namesOf)];
  const identities = await identitiesByKey(tx, wanted);
  const facts = await factsEverNaming(tx, [...new Set(wanted.map(wordOf))]);
  const named = new Set([...facts.flatMap(({ a, b }) => [a, b]), ...identities.byKey.keys()]);
  return { identities, named, reported, hashOf };
}

/** Under whichever of these somebody of ours may be known. */
const namesOf = (personId: string) => [keyOf.person(personId), keyOf.visitor(personId), keyOf.formerPerson(personId)];

function planOf({ identities, named, reported, hashOf }: Seen, arriving: Arriving): Plan | null {
  const theirs = keysFrom(arriving);
  const held = [...new Set(theirs.flatMap((key) => identities.byKey.get(wordOf(key)) ?? []))];
  if (held.length > 1) return null;
  const all = held.flatMap((id) => identities.keysIn.get(id) ?? []);
  const known = all.find(({ kind }) => kind === "person")?.value;
  const isNew = (personId: string) => namesOf(personId).every((key) => !named.has(wordOf(key)));
  const others = [...new Set(theirs.flatMap((key) => reported.get(hashOf(key)) ?? []))].filter((id) => id !== known);
  const visitor = arriving.visitorId === known ? null : arriving.visitorId;
  // A second person of ours, or one who is somebody's already, or was said not to be.
  if (others.length > (known === undefined ? 1 : 0)) return null;
  if ([...others, ...(visitor === null ? [] : [visitor])].some((id) => !isNew(id))) return null;

  const personId = known ?? others[0] ?? visitor ?? newId("v");
  const former = visitor === personId ? null : visitor;
  const [main, ...rest] = theirs;
  if (main === undefined) return null;
  const person = keyOf.person(personId);
  const phone = former === null ? [] : [keyOf.visitor(former)];
  const own = new Set(all.map((key) => `${key.kind}|${key.scope}|${key.value}`));
  const fresh = [...theirs, person, ...phone].filter((key) => !own.has(wordOf(key)));
  const taken = new Set(all.map(({ kind, scope }) => slotOf(`${kind}|${scope}|`)));
  if (fresh.some((key) => named.has(wordOf(key)) || taken.has(slotOf(wordOf(key))))) return null;
  const identityId = held[0] ?? newId("y");
  const { name, pictureUrl } = arriving;
  return {
    standing: { personId, formerIds: [...formersIn(all), ...(former === null ? [] : [former])] },
    identityId,
    fresh,
    facts: [
      ...rest.map((b): Fact => ({ a: main, b, evidence: "oauth" })),
      { a: main, b: person, evidence: "oauth" },
      ...phone.map((a): Fact => ({ a, b: person, evidence: "samePhone" })),
    ],
    person: { personId, keyHash: hashOf(main), name, pictureUrl },
    touches: [identityId, ...theirs.map(wordOf), ...theirs.map(hashOf), personId, ...(former === null ? [] : [former])],
  };
}

/** The first of those that share something is as sure as one alone; the others then meet what it wrote. */
function onlyUnshared(plans: readonly (Plan | null)[]): Plan[] {
  const touched = new Set<string>();
  return plans.filter((plan): plan is Plan => {
    if (plan === null) return false;
    if (plan.touches.some((one) => touched.has(one))) return false;
    for (const one of plan.touches) touched.add(one);
    return true;
  });
}

function sorted(one: IdentityKey, other: IdentityKey): { readonly a: string; readonly b: string } {
  const [x, y] = [wordOf(one), wordOf(other)];
  return x < y ? { a: x, b: y } : { a: y, b: x };
}
