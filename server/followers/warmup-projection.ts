import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { reportInviters, reportSignupRules, reportSources } from "#db/schema/warmup-reports.ts";
import type { StoredEvent } from "#domain/event.ts";
import type { ShowState } from "#domain/engine.ts";
import { coupon } from "#domain/ops/coupon.ts";
import { invite } from "#domain/ops/invite.ts";
import { order } from "#domain/ops/order.ts";
import { signup } from "#domain/ops/signup.ts";
import { sliceOf } from "#domain/slice-of.ts";
import { bookOf as boardBookOf } from "#domain/warmup/board.ts";
import { bookOf as inviteBookOf, heldOf, inviterOf, validOf } from "#domain/warmup/invites.ts";
import { countOf, reachedOf } from "#domain/warmup/ranking.ts";
import { numberOf } from "#domain/warmup/signups.ts";
import { inChunks, type Projection, type Transaction } from "./projection.ts";

/** Where inviters stand, and what lists and other nodes need of the rules of a sign-up and of its sources. Values as the state has them. */
export const warmupProjection: Projection = {
  name: "warmup",
  async write(tx, { sessionId, state, events }) {
    if (events.some(({ type }) => RULES.has(type))) await writeRules(tx, sessionId, state);
    if (events.some(({ type }) => SOURCES.has(type))) await writeSources(tx, sessionId, state);
    const inviters = events.some(({ type }) => BOARD.has(type)) ? "all" : touchedInviters(events, state);
    if (inviters === "all") await clearInviters(tx, sessionId);
    await writeInviters(tx, sessionId, state, inviters);
  },
  async clear(tx, sessionId) {
    await clearInviters(tx, sessionId);
    await tx.delete(reportSignupRules).where(eq(reportSignupRules.sessionId, sessionId));
    await tx.delete(reportSources).where(eq(reportSources.sessionId, sessionId));
  },
};

const RULES: ReadonlySet<string> = new Set(["signup.salted.v1", "signup.configured.v1", "leaderboard.metricSet.v1"]);
const SOURCES: ReadonlySet<string> = new Set([
  "source.planned.v1",
  "source.edited.v1",
  "source.archivedSet.v1",
  "source.removed.v1",
]);
/** After these anybody may stand otherwise. */
const BOARD: ReadonlySet<string> = new Set([
  "leaderboard.metricSet.v1",
  "leaderboard.frozenSet.v1",
  "signup.merged.v1",
  "person.merged.v1",
]);

async function writeRules(tx: Transaction, sessionId: string, state: ShowState): Promise<void> {
  const { salt, rules } = sliceOf(state, "signup");
  const { metric } = sliceOf(state, "leaderboard");
  const { touchWindowMs, leaveWithinMs } = rules;
  const row = { salt, touchWindowMs, leaveWithinMs, metric };
  await tx
    .insert(reportSignupRules)
    .values({ sessionId, ...row })
    .onConflictDoUpdate({ target: reportSignupRules.sessionId, set: row });
}

async function writeSources(tx: Transaction, sessionId: string, state: ShowState): Promise<void> {
  const { sources } = sliceOf(state, "source");
  await tx.delete(reportSources).where(eq(reportSources.sessionId, sessionId));
  const rows = [...sources.values()].map(({ sourceId, code, name, ownerId, wecomCodeId }) => ({
    sessionId,
    sourceId,
    code,
    name,
    ownerId,
    wecomCodeId,
  }));
  await inChunks(rows, (chunk) => tx.insert(reportSources).values(chunk));
}

const clearInviters = (tx: Transaction, sessionId: string) =>
  tx.delete(reportInviters).where(eq(reportInviters.sessionId, sessionId));

/** All that is read here of a sign-up: they come by the thousand. */
const Recorded = z.object({ invite: z.object({ inviterN: z.int() }).nullable() });
const Settled = invite.events["invite.settled.v1"];
const Numbered = invite.events["invite.disqualified.v1"].pick({ n: true });
const CHANGES: ReadonlySet<string> = new Set(["invite.settled.v1", "invite.decided.v1", "invite.decisionTakenBack.v1"]);
const OWN: ReadonlySet<string> = new Set([
  "invite.disqualified.v1",
  "invite.reinstated.v1",
  "signup.cancelled.v1",
  "signup.resumed.v1",
]);

function touchedInviters(events: readonly StoredEvent[], state: ShowState): ReadonlySet<number> {
  const book = inviteBookOf(sliceOf(state, "invite"));
  const signups = sliceOf(state, "signup");
  const { metric } = sliceOf(state, "leaderboard");
  const touched = new Set<number>();
  for (const { type, data } of events) {
    if (type === "signup.recorded.v1") touched.add(Recorded.parse(data).invite?.inviterN ?? 0);
    else if (CHANGES.has(type)) for (const { n } of Settled.parse(data).changes) touched.add(inviterOf(book, n));
    else if (OWN.has(type)) touched.add(Numbered.parse(data).n);
    // By these metrics, what the brought do later counts too.
    else if (metric !== "valid") {
      for (const personId of doersIn(type, data)) touched.add(inviterOf(book, numberOf(signups, personId) ?? 0));
    }
  }
  touched.delete(0);
  return touched;
}

const Watched = signup.events["signup.watched.v1"];
const Claimed = coupon.events["coupon.claimed.v1"].pick({ personId: true });
const Paid = order.events["order.recorded.v1"].pick({ payers: true });

function doersIn(type: string, data: unknown): string[] {
  if (type === "signup.watched.v1") return Watched.parse(data).people.map(({ personId }) => personId);
  if (type === "coupon.claimed.v1" || type === "coupon.claimVoided.v1") return [Claimed.parse(data).personId];
  if (type === "order.recorded.v1") return (Paid.parse(data).payers ?? []).map(({ personId }) => personId);
  return [];
}

async function writeInviters(
  tx: Transaction,
  sessionId: string,
  state: ShowState,
  inviters: ReadonlySet<number> | "all",
): Promise<void> {
  const invites = sliceOf(state, "invite");
  const { valid, held, newest } = inviteBookOf(invites);
  const { ranking } = boardBookOf(sliceOf(state, "leaderboard"));
  const isInviter = (n: number) => (valid[n] ?? 0) + (held[n] ?? 0) + (newest[n] ?? 0) > 0;
  const ns = [...(inviters === "all" ? newest.keys() : inviters)].filter(isInviter);
  const rows = ns.map((n) => ({
    n,
    valid: validOf(invites, n),
    held: heldOf(invites, n),
    count: countOf(ranking, n),
    reached: reachedOf(ranking, n),
  }));
  await inChunks(rows, (chunk) =>
    tx.execute(sql`
      insert into report_inviters (session_id, n, valid, held, count, reached)
      select ${sessionId}::text, r.* from jsonb_to_recordset(${JSON.stringify(chunk)}::text::jsonb)
        as r(n int, valid int, held int, count int, reached bigint)
      on conflict (session_id, n) do update set
        valid = excluded.valid, held = excluded.held, count = excluded.count, reached = excluded.reached`),
  );
}
