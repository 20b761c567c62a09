import { instant, type Instant } from "../units.ts";
import type { ShowTimes } from "../push/times.ts";
import { WAKING, type Beat, type Cell, type CellPlan, type QuietHours } from "./shapes.ts";
import { dueAtOf, isQuiet } from "./times.ts";

/** Rows of the op `wave`. */

export type WaveState = {
  readonly beats: readonly Beat[];
  readonly cells: ReadonlyMap<string, Cell>;
  readonly quietHours: QuietHours;
  readonly show: Pick<ShowTimes, "plannedStartAt" | "startedAt">;
  readonly version: number;
};

export const emptyWaves = (): WaveState => ({
  beats: [],
  cells: new Map(),
  /** 22:30 to 8:00. */
  quietHours: { from: 22 * 60 + 30, to: 8 * 60, mode: "warn" },
  show: { plannedStartAt: instant(0), startedAt: null },
  version: 0,
});

export const newCell = (own: WaveState, plan: CellPlan & { readonly cellId: string }): Cell =>
  timed(own, { ...plan, at: instant(0), pushId: null, refused: null, done: null, quiet: false, heldBack: false });

/** The start that cells count from: the planned one, until the show has started. */
export const startOf = ({ show }: Pick<WaveState, "show">): Instant => show.startedAt ?? show.plannedStartAt;

/** The same row comes back where nothing moved. */
export function timed(own: Pick<WaveState, "show" | "quietHours">, cell: Cell): Cell {
  const { quietHours } = own;
  const at = dueAtOf(cell.when, startOf(own));
  const quiet = isQuiet(quietHours, at);
  const heldBack = quiet && quietHours.mode === "refuse" && WAKING.has(cell.channel);
  const isSame = cell.at === at && cell.quiet === quiet && cell.heldBack === heldBack;
  return isSame ? cell : { ...cell, at, quiet, heldBack };
}

/** After the quiet hours or the show's times have moved. */
export function retimed(own: WaveState, change: Partial<Pick<WaveState, "show" | "quietHours">>): WaveState {
  const moved = { ...own, ...change };
  return { ...moved, cells: new Map([...own.cells].map(([id, cell]) => [id, timed(moved, cell)])) };
}

export function withCell(own: WaveState, cellId: string, change: (cell: Cell) => Cell): WaveState {
  const cell = own.cells.get(cellId);
  return cell ? { ...own, cells: new Map(own.cells).set(cellId, change(cell)) } : own;
}

/** The cell whose push this is. */
export function cellOfPush({ cells }: WaveState, pushId: string): Cell | undefined {
  for (const cell of cells.values()) if (cell.pushId === pushId) return cell;
  return undefined;
}
