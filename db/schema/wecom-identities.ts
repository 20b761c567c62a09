import { bigint, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";

const at = (name: string) => bigint(name, { mode: "number" });

/**
 * Who is one and the same: each key of a human belongs to exactly one identity, and an identity has at most one key of a kind and scope. Both rules
 * are the table's own, so that nothing can join wrongly past them.
 */
export const identityKeys = pgTable(
  "identity_keys",
  {
    identityId: text("identity_id").notNull(),
    /** userid, externalUserid, unionid, openid, person (a viewer or buyer), staff (who signs in here). */
    kind: text("kind").notNull(),
    /** The corp's row of userid and externalUserid, the app id of openid; "" for all others. */
    scope: text("scope").notNull(),
    value: text("value").notNull(),
    /** When any evidence first named it. */
    since: at("since").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.scope, table.value] }),
    uniqueIndex("identity_keys_one_of_a_kind").on(table.identityId, table.kind, table.scope),
  ],
);

/** Why two keys are one human's. Taken back, the identity falls apart again along what is left. */
export const identityFacts = pgTable(
  "identity_facts",
  {
    id: text("id").primaryKey(),
    /** Keys as `kind|scope|value`, the smaller one first. */
    a: text("a").notNull(),
    b: text("b").notNull(),
    /** contactRead, oauth, openidLookup, order, staffSaid, … */
    evidence: text("evidence").notNull(),
    /** Of what a person said: who. Null: nobody had to, or it was said before this was kept. */
    saidBy: text("said_by"),
    at: at("at").notNull(),
    /** joined; conflict: holding it would break a rule, so it joins nothing; undone. */
    state: text("state").notNull(),
    /** Of a conflict: the kind and scope of which there would be two. */
    conflict: jsonb("conflict").$type<unknown>(),
    undoneAt: at("undone_at"),
    undoneBy: text("undone_by"),
  },
  (table) => [
    uniqueIndex("identity_facts_once").on(table.a, table.b, table.evidence),
    index("identity_facts_b").on(table.b),
    index("identity_facts_state").on(table.state, table.at),
  ],
);
