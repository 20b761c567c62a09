import type { EventStore } from "#db/event-store-contract.ts";
import type { Engine } from "#domain/engine.ts";
import { Fold, type FoldData } from "./fold.ts";

/** Where folded states are kept. One that is missing, broken or of other code is `null`: the log alone is enough. */
export type SavedFolds = {
  load(sessionId: string): Promise<FoldData | null>;
  /** Asks for a fold of the log as it is now to be saved, by and by. The seq that was saved, `null` when it could not be; never rejects. */
  wish(sessionId: string): Promise<number | null>;
};

export type Recovery = {
  readonly sessionId: string;
  readonly engine: Engine;
  readonly store: Pick<EventStore, "read" | "head">;
  readonly saved: Pick<SavedFolds, "load">;
};

export type Recovered = {
  readonly fold: Fold;
  /** Seq of the saved fold it began with, 0 when there was none. */
  readonly savedSeq: number;
};

/** Rebuilds a show: the newest saved fold and what the log holds beyond it. */
export async function recover({ sessionId, engine, store, saved }: Recovery): Promise<Recovered> {
  const [data, head] = await Promise.all([saved.load(sessionId), store.head(sessionId)]);
  // One that is ahead of its log belongs to a log that is gone (a database restored from a backup).
  const usable = data && data.state.seq <= head ? data : null;
  const fold = usable ? new Fold(engine, usable) : new Fold(engine);
  const savedSeq = fold.state.seq;
  await fold.catchUp(store, sessionId);
  return { fold, savedSeq };
}
