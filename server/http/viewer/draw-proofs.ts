import type { EventLogReader } from "#db/event-log-reader.ts";
import { createEngine } from "#domain/engine.ts";
import { proofOf } from "#domain/lottery/drawing.ts";
import type { StateOf } from "#domain/op.ts";
import { lottery } from "#domain/ops/lottery.ts";

/**
 * The proof files of draws. They need every entry, so they are folded from the log rather than asked of the writer: any node can do it, and
 * a thousand viewers who check at once cost one reading. A proof changes only with a redraw.
 */

const HELD_MAX = 20;

export type DrawOfShow = { readonly sessionId: string; readonly lotteryId: string; readonly redraws: number };

/** Gives the file as JSON text, or `null` where the log knows no such draw yet. */
export function createDrawProofs(eventLog: EventLogReader): (draw: DrawOfShow) => Promise<string | null> {
  const held = new Map<string, Promise<string | null>>();
  return ({ sessionId, lotteryId, redraws }) => {
    const key = `${sessionId} ${lotteryId} ${redraws}`;
    const known = held.get(key);
    if (known) return known;
    const oldest = held.size >= HELD_MAX ? held.keys().next().value : undefined;
    if (oldest !== undefined) held.delete(oldest);
    const proof = readProof(eventLog, sessionId, lotteryId);
    held.set(key, proof);
    // Neither a failure nor a reader that lags behind the view is worth keeping.
    proof.then(
      (json) => json === null && held.delete(key),
      () => held.delete(key),
    );
    return proof;
  };
}

async function readProof(eventLog: EventLogReader, sessionId: string, lotteryId: string): Promise<string | null> {
  const engine = createEngine([lottery]);
  const state = engine.initial();
  await eventLog.read(sessionId, { after: 0 }, (events) => {
    for (const event of events) engine.apply(state, event);
  });
  const proof = proofOf(state.slices[lottery.name] as StateOf<typeof lottery>, lotteryId, sessionId);
  return proof ? JSON.stringify(proof) : null;
}
