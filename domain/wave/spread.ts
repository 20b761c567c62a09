import type { Cell, CellWhen, QuietHours } from "./shapes.ts";
import { isQuiet } from "./times.ts";
import { instant } from "../units.ts";

/**
 * A template counts back further than there is time left: what is past by then is spread over the time until the first cell that is still to come,
 * in the order in which it was meant (WAV10). Pure.
 */

const MINUTE_MS = 60_000;
/** Somebody has to read it, and to do it. */
const LEAD_MS = 15 * MINUTE_MS;
/** People write such times. */
const ROUND_MS = 5 * MINUTE_MS;

export type Retimed = { readonly cellId: string; readonly from: CellWhen; readonly to: CellWhen; readonly at: number };

type Left = { readonly now: number; readonly startsAt: number; readonly quietHours: QuietHours };

/** Neither done nor on its way, and its time has passed. */
export const isLate = ({ done, pushId, at }: Pick<Cell, "done" | "pushId" | "at">, now: number): boolean =>
  !done && pushId === null && at < now;

/** New times for the late ones of these cells; none where nothing is left of the time before the start. */
export function spreadLate(cells: readonly Cell[], { now, startsAt, quietHours }: Left): Retimed[] {
  const late = cells.filter((cell) => isLate(cell, now)).toSorted((a, b) => a.at - b.at);
  const open = cells.filter(({ done, pushId, at }) => !done && pushId === null && at >= now).map(({ at }) => at);
  const meant = [...new Set(late.map(({ at }) => at))];
  const until = [Math.min(startsAt, ...open), startsAt].find((end) => end - now > LEAD_MS + meant.length * ROUND_MS);
  if (until === undefined) return [];
  const slots = slotsBetween(now + LEAD_MS, until, { count: meant.length, quietHours });
  return late.map(({ cellId, when, at: before }) => {
    const at = slots[meant.indexOf(before)] ?? now + LEAD_MS;
    const to =
      when.by === "time" ? { by: "time" as const, at: instant(at) } : { by: "start" as const, offsetMs: at - startsAt };
    return { cellId, from: when, to, at };
  });
}

/** Evenly over the minutes in which people are awake; where there are none, over all. */
function slotsBetween(from: number, until: number, { count, quietHours }: { count: number; quietHours: QuietHours }) {
  const steps: number[] = [];
  for (let at = Math.ceil(from / ROUND_MS) * ROUND_MS; at < until; at += ROUND_MS) steps.push(at);
  const awake = steps.filter((at) => !isQuiet(quietHours, at));
  const room = awake.length >= count ? awake : steps;
  return Array.from({ length: count }, (_, slot) => room[Math.floor((slot * room.length) / count)] ?? from);
}
