import type { PushRow } from "#domain/push/rows.ts";
import { PUSH_KIND_OF, WAVE_CHANNELS, type Cell, type WaveChannel } from "#domain/wave/shapes.ts";
import type { Tone } from "../../ui/tag.tsx";

/** How cells stand, and where they stand in the grid. Pure. */

export type CellState =
  | "todo"
  | "late"
  | "missed"
  | "planned"
  | "held"
  | "sending"
  | "sent"
  | "failed"
  | "refused"
  | "done";

export const CELL_TONES: Readonly<Record<CellState, Tone>> = {
  todo: "plain",
  late: "wait",
  missed: "plain",
  planned: "act",
  held: "wait",
  sending: "wait",
  sent: "sure",
  failed: "air",
  refused: "air",
  done: "sure",
};

const OF_PUSH: Readonly<Record<PushRow["status"], CellState>> = {
  planned: "planned",
  held: "held",
  armed: "sending",
  handedOver: "sending",
  waiting: "sending",
  sent: "sent",
  partly: "sent",
  failed: "failed",
  cancelled: "failed",
  unknown: "failed",
};

export function cellState(
  { done, pushId, refused, heldBack, at }: Pick<Cell, "done" | "pushId" | "refused" | "heldBack" | "at">,
  push: Pick<PushRow, "status"> | undefined,
  { now, hasEnded }: { readonly now: number; readonly hasEnded: boolean },
): CellState {
  if (done) return "done";
  if (pushId !== null && push) return OF_PUSH[push.status];
  // When the show is over nobody can make up for it.
  if (hasEnded) return "missed";
  if (refused) return "refused";
  if (heldBack) return "held";
  return at < now ? "late" : "todo";
}

/** Kaibo can send it by itself. */
export const hasApi = (channel: WaveChannel): boolean => PUSH_KIND_OF[channel] !== undefined;

export type Grid = ReadonlyMap<string, readonly Cell[]>;
const keyOf = (beatId: string, channel: WaveChannel) => `${channel} ${beatId}`;

/** By beat and channel, in the order in which they are due. */
export const gridOf = (cells: Iterable<Cell>): Grid =>
  Map.groupBy(
    [...cells].toSorted((a, b) => a.at - b.at),
    ({ beatId, channel }) => keyOf(beatId, channel),
  );

const NONE: readonly Cell[] = [];
export const cellsAt = (grid: Grid, beatId: string, channel: WaveChannel): readonly Cell[] =>
  grid.get(keyOf(beatId, channel)) ?? NONE;

/** Channels that have something, in the trade's order; the others stand behind. */
export function channelOrder(cells: Iterable<Pick<Cell, "channel">>): readonly WaveChannel[] {
  const used = new Set([...cells].map(({ channel }) => channel));
  return WAVE_CHANNELS.toSorted((a, b) => Number(used.has(b)) - Number(used.has(a)));
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** An offset from the start as people say it: before or after it, so many days, hours and minutes. */
export type Offset = {
  readonly side: "before" | "after";
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
};

export function offsetOf(offsetMs: number): Offset {
  const ms = Math.abs(offsetMs);
  return {
    side: offsetMs < 0 ? "before" : "after",
    days: Math.floor(ms / DAY_MS),
    hours: Math.floor((ms % DAY_MS) / HOUR_MS),
    minutes: Math.round((ms % HOUR_MS) / MINUTE_MS),
  };
}

export const msOf = ({ side, days, hours, minutes }: Offset): number =>
  // No negative zero: it would be another value than the one that is stored.
  (days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS) * (side === "before" ? -1 : 1) + 0;
