import type { Recording } from "#domain/ops/recording.ts";

/** Recordings on the show's time. Pure. */

/** The last second of the show that a recording shows; one that does not say its length goes on until the next one begins. */
export function endOf(recording: Recording, all: readonly Recording[], showEnd: number): number {
  if (recording.durationMs !== null) return recording.startsAt + recording.durationMs;
  const next = all
    .filter(({ startsAt }) => startsAt > recording.startsAt)
    .reduce((least, { startsAt }) => Math.min(least, startsAt), Infinity);
  return Math.min(next, Math.max(showEnd, recording.startsAt));
}

/** The recording that shows a second; where two do, the one that began later. */
export function recordingAt(all: readonly Recording[], at: number, showEnd: number): Recording | null {
  const found = all.filter((one) => at >= one.startsAt && at < endOf(one, all, showEnd));
  return found.toSorted((a, b) => b.startsAt - a.startsAt)[0] ?? null;
}

/** Where in the pictures a second of the show is, s. */
export const pictureSecond = ({ startsAt }: Pick<Recording, "startsAt">, at: number): number => (at - startsAt) / 1_000;

/** Where a recording begins, when the picture at `second` shows what happened at `actAt`. */
export const startFor = (actAt: number, second: number): number => Math.max(0, Math.round(actAt - second * 1_000));

/** The same file as it was laid: a copy or another cut has another size. */
export function isSameFile(
  source: Recording["source"],
  file: { readonly name: string; readonly size: number },
): boolean {
  return source.kind === "file" && source.name === file.name && source.bytes === file.size;
}

export const isHls = (url: string): boolean => /\.m3u8(?:$|[?#])/i.test(url);
