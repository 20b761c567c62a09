import { and, asc, eq, inArray, lt, lte, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomCallbacks } from "../schema/wecom-callbacks.ts";

type Stored = typeof wecomCallbacks.$inferSelect;
export type CallbackRow = Pick<Stored, "id" | "appKey" | "name" | "object" | "happenedAt" | "message" | "attempts">;
export type WelcomeRow = Pick<Stored, "id" | "appKey" | "message" | "welcomeUntil">;

const row = {
  id: wecomCallbacks.id,
  appKey: wecomCallbacks.appKey,
  name: wecomCallbacks.name,
  object: wecomCallbacks.object,
  happenedAt: wecomCallbacks.happenedAt,
  message: wecomCallbacks.message,
  attempts: wecomCallbacks.attempts,
};

/** Any fixed number that no other advisory lock of ours uses. */
const CLAIM_LOCK = 4_120_002;

export type Claim = {
  readonly worker: string;
  readonly now: number;
  readonly leaseUntil: number;
  /** At most so many objects; of each come all callbacks that wait, so that no other worker overtakes. */
  readonly objects: number;
};

/**
 * Callbacks that are due, in the order in which they happened. An object is free when nobody works on any of its callbacks and none of them
 * waits for a later try. One claim at a time over all nodes: two that look at once could share an object between them.
 */
export async function claimCallbacks(db: Database, claim: Claim): Promise<CallbackRow[]> {
  const { worker, now, leaseUntil, objects } = claim;
  const claimed = await db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ held: boolean }>(sql`select pg_try_advisory_xact_lock(${CLAIM_LOCK}) as held`);
    if (lock?.held !== true) return [];
    return tx
      .update(wecomCallbacks)
      .set({ worker, leaseUntil })
      .where(
        and(
          eq(wecomCallbacks.state, "waiting"),
          sql`(app_key, object) in (
            select app_key, object from wecom_callbacks where state = 'waiting'
            group by app_key, object
            having max(lease_until) <= ${now} and max(next_at) <= ${now}
            order by min(id) limit ${objects})`,
        ),
      )
      .returning(row);
  });
  return claimed.toSorted((a, b) => a.happenedAt - b.happenedAt || a.id - b.id);
}

type Held = { readonly id: number; readonly worker: string };

/** Settles a callback; does nothing when another worker has taken it over. */
export async function endCallback(
  db: Database,
  { id, worker }: Held,
  end: { readonly state: "done" | "dropped"; readonly outcome: string },
): Promise<void> {
  await db
    .update(wecomCallbacks)
    .set({ ...end, leaseUntil: 0 })
    .where(and(eq(wecomCallbacks.id, id), eq(wecomCallbacks.worker, worker)));
}

export async function putCallbackOff(
  db: Database,
  { id, worker }: Held,
  off: { readonly attempts: number; readonly nextAt: number; readonly outcome: string },
): Promise<void> {
  await db
    .update(wecomCallbacks)
    .set({ ...off, leaseUntil: 0 })
    .where(and(eq(wecomCallbacks.id, id), eq(wecomCallbacks.worker, worker)));
}

/** Gives claimed callbacks back that were not begun. */
export async function releaseCallbacks(db: Database, worker: string, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(wecomCallbacks)
    .set({ leaseUntil: 0 })
    .where(and(inArray(wecomCallbacks.id, [...ids]), eq(wecomCallbacks.worker, worker)));
}

export type WelcomeClaim = { readonly now: number; readonly leaseUntil: number };

/** Claims those of `ids` whose welcome is waiting and whose lease is free. */
export async function claimWelcomes(
  db: Database,
  ids: readonly number[],
  { now, leaseUntil }: WelcomeClaim,
): Promise<WelcomeRow[]> {
  return db
    .update(wecomCallbacks)
    .set({ welcomeLeaseUntil: leaseUntil })
    .where(
      and(
        inArray(wecomCallbacks.id, [...ids]),
        eq(wecomCallbacks.welcome, "waiting"),
        lte(wecomCallbacks.welcomeLeaseUntil, now),
      ),
    )
    .returning({
      id: wecomCallbacks.id,
      appKey: wecomCallbacks.appKey,
      message: wecomCallbacks.message,
      welcomeUntil: wecomCallbacks.welcomeUntil,
    });
}

/** Ids of callbacks received before `receivedBefore` (ms UTC) whose welcome is still waiting. */
export async function leftWelcomes(
  db: Database,
  { now, receivedBefore, limit }: { readonly now: number; readonly receivedBefore: number; readonly limit: number },
): Promise<number[]> {
  const found = await db
    .select({ id: wecomCallbacks.id })
    .from(wecomCallbacks)
    .where(
      and(
        eq(wecomCallbacks.welcome, "waiting"),
        lte(wecomCallbacks.welcomeLeaseUntil, now),
        lte(wecomCallbacks.receivedAt, receivedBefore),
      ),
    )
    .orderBy(asc(wecomCallbacks.id))
    .limit(limit);
  return found.map(({ id }) => id);
}

/** Settles a welcome; one that is settled already stays as it is. */
export async function endWelcome(
  db: Database,
  id: number,
  end: { readonly welcome: "sent" | "givenUp"; readonly welcomeReason: string | null },
): Promise<void> {
  await db
    .update(wecomCallbacks)
    .set(end)
    .where(and(eq(wecomCallbacks.id, id), eq(wecomCallbacks.welcome, "waiting")));
}

/** Rows hold ids of customers and staff; nobody needs them for longer. What still waits after that long waits in vain. */
export async function forgetCallbacks(db: Database, receivedBefore: number): Promise<number> {
  const gone = await db
    .delete(wecomCallbacks)
    .where(lt(wecomCallbacks.receivedAt, receivedBefore))
    .returning({ id: wecomCallbacks.id });
  return gone.length;
}
