import { instant, type Instant } from "../units.ts";
import type { Beat, Cell, CellPlan, QuietHours } from "./shapes.ts";
import { dueAtOf, isQuiet } from "./times.ts";

/** Rows of the op `wave`. */

export type WaveState = {
  readonly beats: readonly Beat[];
  readonly cells: ReadonlyMap<string, Cell>;
  readonly quietHours: QuietHours;
  /** The start that cells count from: the planned one, until the show has started. */
  readonly startsAt: Instant;
  readonly version: number;
};

export const emptyWaves = (): WaveState => ({
  beats: [],
  cells: new Map(),
  /** 22:30 to 8:00. */
  quietHours: { from: 22 * 60 + 30, to: 8 * 60, mode: "warn" },
  startsAt: instant(0),
  version: 0,
});

export const newCell = (own: WaveState, plan: CellPlan & { readonly cellId: string }): Cell =>
  timed(own, { ...plan, at: instant(0), pushId: null, refused: null, done: null, quiet: false });

/** The same row comes back where nothing moved. */
export function timed({ startsAt, quietHours }: WaveState, cell: Cell): Cell {
  const at = dueAtOf(cell.when, startsAt);
  const quiet = isQuiet(quietHours, at);
  return cell.at === at && cell.quiet === quiet ? cell : { ...cell, at, quiet };
}

/** After the start or the quiet hours have moved. */
export const retimed = (own: WaveState): WaveState => ({
  ...own,
  cells: new Map([...own.cells].map(([id, cell]) => [id, timed(own, cell)])),
});

export function withCell(own: WaveState, cellId: string, change: (cell: Cell) => Cell): WaveState {
  const cell = own.cells.get(cellId);
  return cell ? { ...own, cells: new Map(own.cells).set(cellId, change(cell)) } : own;
}

/** The cell whose push this is. */
export function cellOfPush({ cells }: WaveState, pushId: string): Cell | undefined {
  for (const cell of cells.values()) if (cell.pushId === pushId) return cell;
  return undefined;
}
