import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { improvementsFor, lessonsFor, type ImprovementRow } from "#db/queries/room-notes.ts";
import { showRow } from "#db/queries/show-row.ts";
import { ADOPTED_MAX } from "#domain/ops/lesson.ts";
import { CARRIED_MAX } from "#domain/ops/improvement.ts";
import { engine } from "#domain/ops/index.ts";
import { valueIn } from "#domain/snapshot-parts.ts";
import type { ShowPlace } from "../http/access.ts";
import type { Logger } from "../lib/log.ts";
import { SYSTEM, type Directory } from "../live/directory-contract.ts";

/**
 * Tells a show what its room's other shows left for it: open improvements and active lessons, until it begins. They become facts of its own log
 * (`improvement.carried`, `lesson.adopted`); the rules drop what is known already, so it may be told as often as one likes. It is told when it is
 * made, and whenever somebody opens its plan, control room or checks.
 */
export type TakeOver = {
  /** Tells it now. Never rejects: what fails is logged, and comes with the next opening. */
  now(place: ShowPlace): Promise<void>;
  /** Somebody opened it: told soon, at most once in a while, and in nobody's way. */
  soon(place: ShowPlace): void;
};

const Session = z.object({ rehearsal: z.boolean() });

/** Several windows that open at once ask once. */
const AGAIN_MS = 2_000;
const KNOWN_MAX = 5_000;

export function createTakeOver(deps: { db: Database; directory: Directory; log: Logger }): TakeOver {
  const { db, directory, log } = deps;
  const askedAt = new Map<string, number>();

  const take = async (place: ShowPlace): Promise<void> => {
    const { sessionId } = place;
    const row = await showRow(db, sessionId);
    if (row && row.startedAt !== null) return;
    const taker = { ...place, rehearsal: row ? row.rehearsal : await isRehearsal(sessionId) };
    const [improvements, lessons] = await Promise.all([
      improvementsFor(db, taker),
      lessonsFor(db, { ...taker, limit: ADOPTED_MAX }),
    ]);
    await tell("improvement.carry", { improvements: carriedOf(improvements) });
    await tell("lesson.adopt", {
      lessons: lessons.map(({ lessonId, text, rule, sessionId: from, title }) => ({
        lessonId,
        text,
        rule,
        from: { sessionId: from, title },
      })),
    });

    async function tell(type: string, input: unknown): Promise<void> {
      const checked = engine.parse({ id: `takeover:${randomUUID()}`, type, input });
      if (!("parsed" in checked)) throw new Error(`${type} was malformed: ${JSON.stringify(checked.issues)}`);
      await directory.send(sessionId, checked.parsed, SYSTEM);
    }
  };

  /** Of one that is so new that it is not on the list yet. */
  const isRehearsal = async (sessionId: string): Promise<boolean> =>
    Session.parse(valueIn(await directory.snapshot(sessionId, "control"), "session")).rehearsal;

  const now = (place: ShowPlace): Promise<void> =>
    take(place).catch((error: unknown) => {
      askedAt.delete(place.sessionId);
      log.warn({ err: error, sessionId: place.sessionId }, "a show could not be told what its room learned");
    });

  return {
    now,
    soon(place) {
      const at = performance.now();
      if (at - (askedAt.get(place.sessionId) ?? -AGAIN_MS) < AGAIN_MS) return;
      if (askedAt.size >= KNOWN_MAX) askedAt.clear();
      askedAt.set(place.sessionId, at);
      void now(place);
    },
  };
}

/** Open ones, and before them those that the show before found out about. */
function carriedOf(rows: readonly ImprovementRow[]) {
  const lastFoundAt = Math.max(0, ...rows.map(({ settled }) => settled?.foundAt ?? 0));
  const last = rows.find(({ settled }) => settled?.foundAt === lastFoundAt)?.settled?.sessionId;
  return rows
    .filter(({ settled }) => settled === null || settled.sessionId === last)
    .slice(0, CARRIED_MAX)
    .map(({ settled, sessionId, title, ...row }) => ({
      ...row,
      from: { sessionId, title },
      settled: settled && {
        outcome: settled.outcome,
        note: settled.note,
        measured: settled.measured,
        in: { sessionId: settled.sessionId, title: settled.title },
      },
    }));
}
