import * as z from "zod/mini";
import type { Suspicion } from "#domain/warmup/signups.ts";
import { request, type Reply } from "../http/request.ts";

/** What the pages of the warm-up ask beside the show's view, in the shapes of docs/api-for-screens.md. */

const name = z.nullable(z.string());

const WarmupTotals = z.object({
  byGroup: z.array(z.object({ groupId: z.string(), name, signups: z.number(), invited: z.number() })),
  byMember: z.array(
    z.object({
      memberId: z.string(),
      name,
      signups: z.number(),
      invited: z.number(),
      greeted: z.number(),
      waiting: z.number(),
      added: z.number(),
    }),
  ),
});
export type WarmupTotals = z.infer<typeof WarmupTotals>;

const Rank = z.object({
  rank: z.number(),
  n: z.number(),
  /** `null` for who may not know. */
  personId: name,
  name,
  count: z.number(),
  valid: z.number(),
  held: z.number(),
  watched: z.number(),
  claimed: z.number(),
  paid: z.number(),
});
export type Rank = z.infer<typeof Rank>;
const Ranks = z.object({ rows: z.array(Rank) });
export type Ranks = z.infer<typeof Ranks>;

const SignedUp = z.object({
  n: z.number(),
  personId: z.string(),
  name,
  at: z.number(),
  /** How the invite that brought them stands; `null`: nobody brought them. */
  invite: z.nullable(z.object({ standing: z.enum(["counts", "held", "rejected", "not", "takenBack"]) })),
});
export type SignedUp = z.infer<typeof SignedUp>;
const SignedUps = z.object({ signups: z.array(SignedUp), cursor: name, total: z.number() });
export type SignedUps = z.infer<typeof SignedUps>;

const SUSPICIONS = [
  "addressVelocity",
  "deviceVelocity",
  "emptyBurst",
  "ring",
] as const satisfies readonly Suspicion["kind"][];
const Held = z.object({
  n: z.number(),
  personId: z.string(),
  name,
  at: z.number(),
  invite: z.object({
    inviterN: z.number(),
    inviterId: name,
    inviterName: name,
    why: name,
    suspicions: z.array(z.object({ kind: z.enum(SUSPICIONS), evidence: z.record(z.string(), z.number()) })),
  }),
});
export type Held = z.infer<typeof Held>;
const HeldPage = z.object({ invites: z.array(Held) });

const Member = z.object({ id: z.string(), name });
const Contact = z.object({
  id: z.string(),
  kind: z.enum(["signup", "contact"]),
  name,
  since: z.number(),
  sourceCode: name,
  inviterName: name,
  member: z.nullable(Member),
  groups: z.array(z.object({ id: z.string(), name })),
});
export type Contact = z.infer<typeof Contact>;
const Contacts = z.object({
  contacts: z.array(Contact),
  cursor: name,
  total: z.number(),
  /** `id` of `null`: those who are nobody's yet. */
  members: z.array(z.object({ id: name, name, waiting: z.number(), oldestAt: z.number() })),
});
export type Contacts = z.infer<typeof Contacts>;

const pathOf = (sessionId: string, what: string, query: Readonly<Record<string, string | number | null>> = {}) => {
  const given = Object.entries(query).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]]));
  return `/api/v1/sessions/${encodeURIComponent(sessionId)}/${what}?${new URLSearchParams(given)}`;
};

/** Longer than a warm-up is. */
const WARMUP_MS = 30 * 24 * 3_600_000;

/** What groups and members brought in all of the warm-up. */
export function loadTotals(sessionId: string, now: number, signal: AbortSignal): Promise<Reply<WarmupTotals>> {
  const query = { from: Math.max(0, Math.floor(now - WARMUP_MS)), step: "hour", only: "places" };
  return request(pathOf(sessionId, "warmup", query), { shape: WarmupTotals, signal });
}

export const loadRanks = (
  sessionId: string,
  page: { readonly offset: number; readonly limit: number },
  signal?: AbortSignal,
): Promise<Reply<Ranks>> =>
  request(pathOf(sessionId, "leaderboard", page), { shape: Ranks, ...(signal ? { signal } : {}) });

type Paged = { readonly cursor: string | null; readonly limit: number };

/** Whom one inviter brought, whatever became of it. */
export const loadBrought = (
  sessionId: string,
  { inviter, ...page }: Paged & { readonly inviter: string },
  signal?: AbortSignal,
): Promise<Reply<SignedUps>> =>
  request(pathOf(sessionId, "signups", { inviter, ...page }), {
    shape: SignedUps,
    ...(signal ? { signal } : {}),
  });

/** Where something looks odd first: a judgement needs evidence. In each the oldest first, so that the list stands still under the hand. */
export async function loadHeld(sessionId: string, limit: number, signal: AbortSignal): Promise<Reply<readonly Held[]>> {
  const page = (odd: boolean, rows: number) =>
    request(pathOf(sessionId, "held-invites", { odd: String(odd), limit: rows }), { shape: HeldPage, signal });
  const odd = await page(true, limit);
  if (!odd.ok) return odd;
  const rows = odd.value.invites;
  if (rows.length === limit) return { ...odd, value: rows };
  const others = await page(false, limit - rows.length);
  return others.ok ? { ...others, value: [...rows, ...others.value.invites] } : others;
}

export const loadContacts = (
  sessionId: string,
  { member, ...page }: Paged & { readonly member: string | null },
  signal?: AbortSignal,
): Promise<Reply<Contacts>> =>
  request(pathOf(sessionId, "first-contacts", { member, ...page }), {
    shape: Contacts,
    ...(signal ? { signal } : {}),
  });

export const greetedPath = (sessionId: string, id: string): string =>
  pathOf(sessionId, `first-contacts/${encodeURIComponent(id)}/greeted`).replace(/\?$/, "");
export const remindPath = (sessionId: string): string => pathOf(sessionId, "first-contacts/remind").replace(/\?$/, "");
