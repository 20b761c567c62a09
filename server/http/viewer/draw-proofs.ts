import type { EventLogReader } from "#db/event-log-reader.ts";
import { createEngine } from "#domain/engine.ts";
import { proofOf } from "#domain/lottery/drawing.ts";
import { lottery } from "#domain/ops/lottery.ts";
import { person } from "#domain/ops/person.ts";
import { sliceOf } from "#domain/slice-of.ts";
import { BusyError } from "../../live/directory-contract.ts";

/**
 * The proof files of draws. They need every entry, so they are folded from the log rather than asked of the writer: any node can do it, and
 * a thousand viewers who check at once cost one reading. A proof changes only with a redraw. Both the files that are held and the readings under
 * way are bounded: with 200,000 entrants a file has some 20 MB, and its fold several times that.
 */

const HELD_BYTES_MAX = 64_000_000;
const READINGS_MAX = 2;
const AGAIN_MS = 1_000;

export type DrawOfShow = { readonly sessionId: string; readonly lotteryId: string; readonly redraws: number };

/**
 * Gives the file as JSON text in UTF-8, or `null` where the log knows no such draw yet. Throws `BusyError` while as many others as may be are
 * being read.
 */
export function createDrawProofs(
  eventLog: Pick<EventLogReader, "read">,
  bytesMax = HELD_BYTES_MAX,
): (draw: DrawOfShow) => Promise<Buffer | null> {
  const held = new HeldFiles(bytesMax);
  const readings = new Map<string, Promise<Buffer | null>>();
  return async ({ sessionId, lotteryId, redraws }) => {
    const key = `${sessionId} ${lotteryId} ${redraws}`;
    const known = held.get(key) ?? readings.get(key);
    if (known) return known;
    if (readings.size >= READINGS_MAX) throw new BusyError(AGAIN_MS);
    const reading = readProof(eventLog, sessionId, lotteryId).finally(() => readings.delete(key));
    readings.set(key, reading);
    const file = await reading;
    // A reader that lags behind the view finds none; that is not worth keeping.
    if (file) held.put(key, file);
    return file;
  };
}

/** Those that were asked for last, as many as fit. */
class HeldFiles {
  readonly #bytesMax: number;
  readonly #files = new Map<string, Buffer>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get(key: string): Buffer | undefined {
    const file = this.#files.get(key);
    if (file) {
      this.#files.delete(key);
      this.#files.set(key, file);
    }
    return file;
  }

  put(key: string, file: Buffer): void {
    if (file.length > this.#bytesMax || this.#files.has(key)) return;
    this.#files.set(key, file);
    this.#bytes += file.length;
    for (const [oldest, { length }] of this.#files) {
      if (this.#bytes <= this.#bytesMax) return;
      this.#files.delete(oldest);
      this.#bytes -= length;
    }
  }
}

async function readProof(
  eventLog: Pick<EventLogReader, "read">,
  sessionId: string,
  lotteryId: string,
): Promise<Buffer | null> {
  const engine = createEngine([person, lottery]);
  const state = engine.initial();
  await eventLog.read(sessionId, { after: 0 }, (events) => {
    for (const event of events) engine.apply(state, event);
  });
  const proof = proofOf(sliceOf(state, "lottery"), lotteryId, sessionId);
  return proof ? Buffer.from(JSON.stringify(proof)) : null;
}
