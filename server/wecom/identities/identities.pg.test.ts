import fc from "fast-check";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { identityFacts, identityKeys } from "#db/schema/wecom-identities.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { forgetCorp, joinKeys, restoreFact, undoFact } from "./identities.ts";
import { joinUnionids } from "./join-unionids.ts";
import { keyOf, type IdentityKey } from "./identity-key.ts";
import { resolveIdentities } from "./resolve-identities.ts";

let database: TestDatabase;
let client: DatabaseClient;
beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase({ url: database.url, name: "test", connectionsMax: 4 });
});
afterAll(async () => {
  await client.close();
  await database.drop();
});
beforeEach(async () => {
  await client.db.execute(sql`truncate identity_keys, identity_facts`);
});

const facts = () => client.db.select().from(identityFacts);

/** Words of keys by identity, as stored. */
async function stored(): Promise<string[]> {
  const by = new Map<string, string[]>();
  for (const { identityId, kind, scope, value } of await client.db.select().from(identityKeys)) {
    by.set(identityId, [...(by.get(identityId) ?? []), `${kind}|${scope}|${value}`]);
  }
  return [...by.values()].map((words) => words.toSorted().join()).toSorted();
}

/** What the facts that hold make of it. */
async function expected(): Promise<string[]> {
  const all = (await facts()).filter(({ state }) => state !== "undone");
  const { identities } = resolveIdentities(all);
  return identities
    .filter(({ length }) => length > 1)
    .map((words) => words.toSorted().join())
    .toSorted();
}

const key = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map((n) => keyOf.unionid(`u${n}`)),
  fc.integer({ min: 0, max: 3 }).map((n) => keyOf.person(`v_${n}`)),
  fc.integer({ min: 0, max: 3 }).map((n) => keyOf.externalUserid("w", `x${n}`)),
  fc.integer({ min: 0, max: 3 }).map((n) => keyOf.openid("app", `o${n}`)),
);
type Act =
  | { readonly kind: "join"; readonly a: IdentityKey; readonly b: IdentityKey }
  | { readonly kind: "undo" | "restore"; readonly at: number }
  | { readonly kind: "read"; readonly pairs: readonly { readonly externalUserid: string; readonly unionid: string }[] };
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant("join" as const), a: key, b: key }),
  fc.record({ kind: fc.constantFrom("undo" as const, "restore" as const), at: fc.nat(20) }),
  fc.record({
    kind: fc.constant("read" as const),
    pairs: fc.array(
      fc.record({
        externalUserid: fc.integer({ min: 0, max: 3 }).map((n) => `x${n}`),
        unionid: fc.integer({ min: 0, max: 3 }).map((n) => `u${n}`),
      }),
      { maxLength: 3 },
    ),
  }),
);

describe("stored identities", () => {
  it("whatever is joined, taken back and read again, the tables say what the facts that hold say", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 14 }), async (acts) => {
        await client.db.execute(sql`truncate identity_keys, identity_facts`);
        let now = 0;
        for (const one of acts) {
          now += 1;
          if (one.kind === "join") await joinKeys(client.db, { a: one.a, b: one.b, evidence: "lookup" }, now);
          else if (one.kind === "read") await joinUnionids(client.db, "w", one.pairs, { evidence: "wecomRead", now });
          else {
            const id = (await facts()).toSorted((x, y) => (x.id < y.id ? -1 : 1))[one.at]?.id;
            if (id !== undefined && one.kind === "undo") await undoFact(client.db, id, { by: "p_1", now });
            if (id !== undefined && one.kind === "restore") await restoreFact(client.db, id, now);
          }
          expect(await stored()).toEqual(await expected());
        }
      }),
      { numRuns: 40 },
    );
  });

  it("what would make two of one is kept as a conflict, and joins once the other one is taken back", async () => {
    const [contact, first, second] = [keyOf.externalUserid("w", "x"), keyOf.unionid("u1"), keyOf.unionid("u2")];
    expect(await joinKeys(client.db, { a: contact, b: first, evidence: "wecomRead" }, 1)).toBe("joined");
    expect(await joinKeys(client.db, { a: contact, b: second, evidence: "order" }, 2)).toBe("conflict");
    const [standing, against] = (await facts()).toSorted((x, y) => x.at - y.at);
    expect(against).toMatchObject({ state: "conflict", conflict: { slot: "unionid|" } });
    await undoFact(client.db, standing?.id ?? "", { by: "p_1", now: 3 });
    expect(await stored()).toEqual([["externalUserid|w|x", "unionid||u2"].join()]);
    expect((await facts()).find(({ id }) => id === against?.id)).toMatchObject({ state: "joined", conflict: null });
    expect(await joinKeys(client.db, { a: contact, b: first, evidence: "wecomRead" }, 4)).toBe("undone");
  });

  it("many at once join all of one, whoever is first", async () => {
    const person = keyOf.person("v_1");
    const others = [
      keyOf.unionid("u"),
      keyOf.openid("app", "o"),
      keyOf.externalUserid("w", "x"),
      keyOf.userid("w", "s"),
    ];
    await Promise.all(others.map((b, at) => joinKeys(client.db, { a: person, b, evidence: "oauth" }, at)));
    expect(await stored()).toHaveLength(1);
    expect((await stored())[0]?.split(",")).toHaveLength(5);
  });

  it("a corp that is removed takes its keys and evidence along; what other evidence joins stays joined, and nothing else", async () => {
    const [contact, unionid, person] = [keyOf.externalUserid("w_gone", "x"), keyOf.unionid("u"), keyOf.person("v_1")];
    await joinKeys(client.db, { a: contact, b: unionid, evidence: "wecomRead" }, 1);
    await joinKeys(client.db, { a: contact, b: person, evidence: "oauth" }, 2);
    await joinKeys(client.db, { a: person, b: keyOf.openid("app", "o"), evidence: "oauth" }, 3);
    await joinKeys(client.db, { a: keyOf.externalUserid("w", "x"), b: keyOf.unionid("u2"), evidence: "wecomRead" }, 4);
    await forgetCorp(client.db, "w_gone", 5);
    expect(await stored()).toEqual(await expected());
    expect(await stored()).toEqual(["externalUserid|w|x,unionid||u2", "openid|app|o,person||v_1"]);
  });

  it("a thousand customers of a reading are joined in one go, and again costs nothing", async () => {
    const people = Array.from({ length: 1_000 }, (_, n) => ({ externalUserid: `x${n}`, unionid: `u${n}` }));
    await joinUnionids(client.db, "w", people, { evidence: "wecomRead", now: 1 });
    expect(await stored()).toHaveLength(1_000);
    await joinUnionids(client.db, "w", people, { evidence: "wecomRead", now: 2 });
    expect(await facts()).toHaveLength(1_000);
  });
});
