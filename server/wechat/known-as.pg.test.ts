import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { persons } from "#db/schema/people.ts";
import { identityFacts, identityKeys } from "#db/schema/wecom-identities.ts";
import { newId } from "#server/auth/ids.ts";
import { personKeys } from "#server/auth/person-keys.ts";
import { SECRET } from "#tests/support/api.ts";
import { promised } from "#tests/support/machine-pace.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { joinKeys, undoFact } from "../wecom/identities/identities.ts";
import { keyOf } from "../wecom/identities/identity-key.ts";
import { resolveIdentities } from "../wecom/identities/resolve-identities.ts";
import type { Arriving } from "./arriving.ts";
import { createKnownAs } from "./known-as.ts";

/** Crowds who sign in at once: what is gathered says the same as one by one. */

const keys = personKeys(SECRET);
let database: TestDatabase;
let client: DatabaseClient;
beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase({ url: database.url, name: "test", connectionsMax: 8 });
});
afterAll(async () => {
  await client.close();
  await database.drop();
});
beforeEach(async () => {
  await client.db.execute(sql`truncate identity_keys, identity_facts, persons, person_pictures`);
});

const arriving = (n: number, over: Partial<Arriving> = {}): Arriving => ({
  appId: "wx1",
  openid: `o${n}`,
  unionid: `u${n}`,
  name: `名${n}`,
  pictureUrl: `https://wx.qlogo.cn/${n}`,
  visitorId: newId("v"),
  ...over,
});
const crowd = (size: number) => Array.from({ length: size }, (_, n) => arriving(n));
const people = (standings: readonly { readonly personId: string }[]) => standings.map(({ personId }) => personId);

/** Words of keys by identity: as they stand in the table, and as the facts that hold make them. */
async function asStored() {
  const rows = await client.db.select().from(identityKeys);
  const humans = Map.groupBy(rows, ({ identityId }) => identityId).values();
  const facts = (await client.db.select().from(identityFacts)).filter(({ state }) => state !== "undone");
  const words = [...humans].map((human) => human.map(({ kind, scope, value }) => `${kind}|${scope}|${value}`));
  return { stored: inOrder(words), expected: inOrder(resolveIdentities(facts).identities) };
}
const inOrder = (humans: readonly (readonly string[])[]) =>
  humans
    .filter(({ length }) => length > 1)
    .map((human) => human.toSorted().join())
    .toSorted();

describe("a crowd that signs in at once", () => {
  it("is let in to the last of 700, each as the visitor of their phone, and the tables say what the facts say", async () => {
    const knownAs = createKnownAs(client.db, keys);
    const all = crowd(700);
    const limit = promised(5_000);
    const began = performance.now();
    const first = await Promise.all(all.map(knownAs));
    // One by one it was twenty seconds and more.
    expect(performance.now() - began).toBeLessThan(limit.onThisMachine());
    expect(people(first)).toEqual(all.map(({ visitorId }) => visitorId));
    const { stored, expected } = await asStored();
    expect(stored).toHaveLength(700);
    expect(stored).toEqual(expected);
    const kept = await client.db.select().from(persons);
    expect(new Set(kept.map(({ name, keyHash }) => `${name} ${keyHash}`))).toEqual(
      new Set(all.map(({ name, unionid }) => `${name} ${keys.hashOf(unionid ?? "")}`)),
    );
  });

  it("is known again on other phones, where what the new phone had becomes theirs", async () => {
    const knownAs = createKnownAs(client.db, keys);
    const first = await Promise.all(crowd(300).map(knownAs));
    const again = crowd(300);
    const limit = promised(5_000);
    const began = performance.now();
    const second = await Promise.all(again.map(knownAs));
    expect(performance.now() - began).toBeLessThan(limit.onThisMachine());
    expect(people(second)).toEqual(people(first));
    expect(second.map(({ formerIds }) => formerIds)).toEqual(again.map(({ visitorId }) => [visitorId]));
    const { stored, expected } = await asStored();
    expect(stored).toEqual(expected);
  });

  it("one person on many phones stays one, whoever of them is first, and an app more is theirs", async () => {
    const knownAs = createKnownAs(client.db, keys);
    const phones = Array.from({ length: 40 }, (_, n) => arriving(n % 4, n % 2 === 0 ? {} : { appId: "wx2" }));
    const standings = await Promise.all(phones.map(knownAs));
    for (const [unionid, ofOne] of Map.groupBy(standings.keys(), (at) => phones[at]?.unionid)) {
      expect([unionid, new Set(ofOne.map((at) => standings[at]?.personId)).size]).toEqual([unionid, 1]);
    }
    expect(new Set(people(standings)).size).toBe(4);
    const { stored, expected } = await asStored();
    expect(stored).toEqual(expected);
  });

  it("two accounts on one phone are two, though they come at once", async () => {
    const knownAs = createKnownAs(client.db, keys);
    const visitorId = newId("v");
    const standings = await Promise.all([1, 2].map((n) => knownAs(arriving(n, { visitorId }))));
    expect(new Set(people(standings)).size).toBe(2);
    const { stored, expected } = await asStored();
    expect(stored).toEqual(expected);
  });

  it("finds customers whom WeCom told of and buyers who were reported, among all the new ones", async () => {
    const knownAs = createKnownAs(client.db, keys);
    const contact = keyOf.externalUserid("w", "x1");
    await joinKeys(client.db, { a: contact, b: keyOf.unionid("u1"), evidence: "wecomRead" }, 1);
    await client.db.insert(persons).values({ id: "v_buyer", keyHash: keys.hashOf("o2"), name: null, createdAt: 1 });
    const all = crowd(20);
    const standings = await Promise.all(all.map(knownAs));
    expect(standings[1]).toEqual({ personId: all[1]?.visitorId, formerIds: [] });
    expect(standings[2]).toEqual({ personId: "v_buyer", formerIds: [all[2]?.visitorId] });
    const { stored, expected } = await asStored();
    expect(stored).toEqual(expected);
    expect(stored.find((human) => human.includes("externalUserid"))).toContain(all[1]?.visitorId);
  });

  it("what a manager took back stays taken back among all the others", async () => {
    const knownAs = createKnownAs(client.db, keys);
    const one = arriving(7);
    const was = await knownAs(one);
    const facts = await client.db.select().from(identityFacts);
    const tied = facts.find(({ a, b }) => [a, b].includes(`person||${was.personId}`));
    await undoFact(client.db, tied?.id ?? "", { by: "staff:p", now: Date.now() });
    const standings = await Promise.all(crowd(20).map((each, n) => knownAs(n === 7 ? one : each)));
    expect(standings[7]?.personId).not.toBe(was.personId);
    const { stored, expected } = await asStored();
    expect(stored).toEqual(expected);
    const undone = (await client.db.select().from(identityFacts)).filter(({ state }) => state === "undone");
    expect(undone.map(({ id }) => id)).toEqual([tied?.id]);
  });

  it("a name that is no text fails nobody else", async () => {
    const knownAs = createKnownAs(client.db, keys);
    const all = [...crowd(20), arriving(99, { name: "a\u0000b" })];
    const outcomes = await Promise.allSettled(all.map(knownAs));
    expect(outcomes.slice(0, 20).map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => "fulfilled"));
  });
});
