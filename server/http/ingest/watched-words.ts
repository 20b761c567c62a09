import { z } from "zod";
import { rowsIn, valueIn } from "#domain/snapshot-parts.ts";
import type { Snapshot } from "#domain/wire.ts";
import type { Directory } from "../../live/directory-contract.ts";

/** Which words of comments count in a show, and which phrases its draws wait for; asked at most every two seconds. */

const FRESH_MS = 2_000;
const SHOWS_MAX = 500;

export type WatchedWords = { readonly keywords: readonly string[]; readonly phrases: readonly string[] };

const Keywords = z.array(z.object({ word: z.string() }));
const Draw = z.object({ phrase: z.string() });

export function createWatchedWords(directory: Directory): (sessionId: string) => Promise<WatchedWords> {
  const held = new Map<string, { readonly until: number; readonly words: Promise<WatchedWords> }>();
  return (sessionId) => {
    const now = performance.now();
    const known = held.get(sessionId);
    if (known && known.until > now) return known.words;
    if (held.size >= SHOWS_MAX) held.clear();
    const words = directory.snapshot(sessionId, "control").then(wordsIn);
    held.set(sessionId, { until: now + FRESH_MS, words });
    words.catch(() => held.delete(sessionId));
    return words;
  };
}

function wordsIn(snapshot: Snapshot): WatchedWords {
  const counted = Keywords.safeParse(valueIn(snapshot, "keywords"));
  const phrases = rowsIn(snapshot, "lotteries").flatMap(phrasesIn);
  return { keywords: counted.success ? counted.data.map(({ word }) => word) : [], phrases: [...new Set(phrases)] };
}

/** A draw's conditions may lie anywhere in its row. */
function phrasesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = Draw.safeParse(value);
  return [...(own.success ? [own.data.phrase] : []), ...Object.values(value).flatMap(phrasesIn)];
}
