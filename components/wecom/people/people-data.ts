import * as z from "zod/mini";

const KEY_KINDS = [
  "userid",
  "externalUserid",
  "unionid",
  "openid",
  "person",
  "visitor",
  "formerPerson",
  "staff",
] as const;

const Key = z.object({
  kind: z.enum(KEY_KINDS),
  /** Ours, or the row that has it (`m_`, `x_`); null: no row. */
  id: z.nullable(z.string()),
  ends: z.string(),
  name: z.nullable(z.string()),
});
export type Key = z.infer<typeof Key>;

const Person = z.nullable(z.object({ id: z.string(), name: z.nullable(z.string()) }));

export const FACT_STATES = ["conflict", "joined", "undone"] as const;

export const Fact = z.object({
  id: z.string(),
  a: Key,
  b: Key,
  evidence: z.string(),
  at: z.number(),
  /** Of what a person said: who; null also where that was not kept yet. */
  saidBy: Person,
  state: z.enum(FACT_STATES),
  /** Of a conflict: of which kind of key there would be two. */
  conflictOf: z.nullable(z.enum(KEY_KINDS)),
  undoneAt: z.nullable(z.number()),
  undoneBy: Person,
});
export type Fact = z.infer<typeof Fact>;
export const Facts = z.object({ facts: z.array(Fact) });

const Unresolved = z.object({
  id: z.string(),
  corpId: z.string(),
  /** Masked. */
  name: z.nullable(z.string()),
  reason: z.enum(["noUnionid", "noPerson"]),
  addWay: z.nullable(z.number()),
  channelsName: z.nullable(z.string()),
  firstSeenAt: z.number(),
});
export type Unresolved = z.infer<typeof Unresolved>;

export const Identities = z.object({
  counts: z.object({ all: z.number(), resolved: z.number(), noUnionid: z.number(), noPerson: z.number() }),
  unresolved: z.array(Unresolved),
  cursor: z.nullable(z.string()),
});
export type Identities = z.infer<typeof Identities>;

export const ContactIdentity = z.object({ personId: z.nullable(z.string()), facts: z.array(Fact) });

/** How somebody was added, as WeCom numbers it; it adds new ones, which are told by their number. */
export const ADD_WAYS = {
  0: "unknown",
  1: "qr",
  2: "phone",
  3: "card",
  4: "group",
  5: "phoneBook",
  6: "wechat",
  10: "channels",
  16: "link",
  201: "shared",
  202: "assigned",
} as const;

export function addWayName(way: number): (typeof ADD_WAYS)[keyof typeof ADD_WAYS] | null {
  return Object.entries(ADD_WAYS).find(([number]) => Number(number) === way)?.[1] ?? null;
}

const EVIDENCES = ["wecomRead", "oauth", "lookup", "order", "samePhone", "merged", "said"] as const;
export const evidenceName = (evidence: string) => EVIDENCES.find((known) => known === evidence) ?? null;
