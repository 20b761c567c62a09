import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import type { EventLogReader } from "#db/event-log-reader.ts";
import { followerCheckpoints } from "#db/schema/reports.ts";
import type { Engine, ShowState } from "#domain/engine.ts";
import type { Projection, Transaction } from "./projection.ts";

/**
 * Follows the logs after their commit and keeps tables. At least once: the checkpoint is written with the rows that it covers, and rows are
 * written as the state has them, so a repeat changes nothing. Two followers at once do no harm: the one that finds the checkpoint moved lets go.
 */

export const FOLLOWER = "reports";
/** How many shows' states are held; the one used longest ago is folded anew when it moves again. */
const SHOWS_HELD = 8;
const ASIDE_MS = 1_000;
const ASIDE_MS_MAX = 60_000;

export type Follower = {
  /** Brings all shows up to date; resolves with how many events were followed. Throws at the first that can't be followed; the next call goes past it. */
  catchUp(): Promise<number>;
  /** Empties one show's rows and makes them again from its log, in one transaction: readers see the old rows or the new. */
  rebuild(sessionId: string): Promise<void>;
};

/** Another follower has written for this show since; nothing of this attempt was kept. */
export class OvertakenError extends Error {
  override readonly name = "OvertakenError";
  constructor(sessionId: string) {
    super(`another follower is ahead in ${sessionId}`);
  }
}

type Parts = {
  readonly engine: Engine;
  readonly reader: EventLogReader;
  readonly db: Database;
  readonly projections: readonly Projection[];
};

export function createFollower({ engine, reader, db, projections }: Parts): Follower {
  const states = new Map<string, ShowState>();
  /** Shows that failed: tried later and later, so that those behind them in the row come to their turn. */
  const putAside = new Map<string, { readonly times: number; readonly until: number }>();

  const hold = (sessionId: string, state: ShowState) => {
    states.delete(sessionId);
    states.set(sessionId, state);
    for (const oldest of states.keys()) {
      if (states.size <= SHOWS_HELD) break;
      states.delete(oldest);
    }
  };

  const follow = async (sessionId: string, checkpoint: number): Promise<number> => {
    const held = states.get(sessionId);
    const state = held && held.seq === checkpoint ? held : engine.initial();
    states.delete(sessionId);
    let followed = 0;
    let from = checkpoint;
    await reader.read(sessionId, { after: state.seq }, async (chunk) => {
      for (const event of chunk) engine.apply(state, event);
      if (state.seq <= checkpoint) return;
      const events = chunk.filter(({ seq }) => seq > checkpoint);
      followed += events.length;
      await db.transaction(async (tx) => {
        await moveCheckpoint(tx, sessionId, { from, to: state.seq });
        for (const projection of projections) await projection.write(tx, { sessionId, state, events });
      });
      from = state.seq;
    });
    hold(sessionId, state);
    return followed;
  };

  const putOff = (sessionId: string, cause: unknown): Error => {
    const times = (putAside.get(sessionId)?.times ?? 0) + 1;
    putAside.set(sessionId, { times, until: performance.now() + Math.min(ASIDE_MS_MAX, ASIDE_MS * 2 ** times) });
    return new Error(`${sessionId} could not be followed`, { cause });
  };

  return {
    async catchUp() {
      let followed = 0;
      const now = performance.now();
      for (const { sessionId, checkpoint } of await behind(db)) {
        if ((putAside.get(sessionId)?.until ?? 0) > now) continue;
        try {
          followed += await follow(sessionId, checkpoint);
          putAside.delete(sessionId);
        } catch (error) {
          if (error instanceof OvertakenError) throw error;
          throw putOff(sessionId, error);
        }
      }
      return followed;
    },
    async rebuild(sessionId) {
      states.delete(sessionId);
      const state = engine.initial();
      await db.transaction(async (tx) => {
        await setCheckpoint(tx, sessionId, 0);
        for (const projection of projections) await projection.clear(tx, sessionId);
        await reader.read(sessionId, { after: 0 }, async (events) => {
          for (const event of events) engine.apply(state, event);
          for (const projection of projections) await projection.write(tx, { sessionId, state, events });
        });
        await setCheckpoint(tx, sessionId, state.seq);
      });
    },
  };
}

/** First in its transaction: whoever works on the same show waits here, before either has touched a row. */
async function moveCheckpoint(
  tx: Transaction,
  sessionId: string,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const moved = await tx
    .insert(followerCheckpoints)
    .values({ follower: FOLLOWER, sessionId, seq: to })
    .onConflictDoUpdate({
      target: [followerCheckpoints.follower, followerCheckpoints.sessionId],
      set: { seq: sql`excluded.seq` },
      setWhere: eq(followerCheckpoints.seq, from),
    })
    .returning();
  if (moved.length === 0) throw new OvertakenError(sessionId);
}

async function setCheckpoint(tx: Transaction, sessionId: string, seq: number): Promise<void> {
  await tx
    .insert(followerCheckpoints)
    .values({ follower: FOLLOWER, sessionId, seq })
    .onConflictDoUpdate({
      target: [followerCheckpoints.follower, followerCheckpoints.sessionId],
      set: { seq: sql`excluded.seq` },
    });
}

/** Shows with events after their checkpoint (what spans shows has no tables). One look at the primary key a show. */
async function behind(db: Database): Promise<{ sessionId: string; checkpoint: number }[]> {
  const rows = await db.execute<{ session_id: string; checkpoint: string | null }>(sql`
    select o.session_id, c.seq as checkpoint
    from session_owners o
    cross join lateral (
      select seq from session_events e where e.session_id = o.session_id order by seq desc limit 1
    ) last
    left join follower_checkpoints c on c.session_id = o.session_id and c.follower = ${FOLLOWER}
    where last.seq > coalesce(c.seq, 0) and o.session_id not like 'corp:%'
    order by o.session_id`);
  return rows.map((row) => ({ sessionId: row.session_id, checkpoint: Number(row.checkpoint ?? 0) }));
}
