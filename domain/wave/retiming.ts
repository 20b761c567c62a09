import { z } from "zod";
import { reject, type Rejection } from "../op.ts";
import { same } from "../same.ts";
import { Id } from "../units.ts";
import { refuseCell } from "./planning.ts";
import { CellPlan, CELLS_MAX, CellWhen, type Cell } from "./shapes.ts";
import type { WaveState } from "./state.ts";

/** Several cells moved or taken out by one act (WAV10): all of them or none, and back the same way. */

const Row = CellPlan.extend({ cellId: Id });
type Row = z.infer<typeof Row>;

export const RetimeInput = z.object({
  cells: z
    .array(z.object({ cellId: Id, from: CellWhen, to: CellWhen }))
    .min(1)
    .max(CELLS_MAX),
});
type Moves = z.infer<typeof RetimeInput>["cells"];

/** As a single edit is: words and time of a planned push are the push's. */
function refuseTouch({ cellId, pushId, done }: Cell): Rejection | undefined {
  if (pushId !== null) return reject("wave.hasPush", { cellId, pushId });
  return done ? reject("wave.alreadyDone", { cellId, by: done.by, at: done.happenedAt }) : undefined;
}

export function decideRetime(own: WaveState, moves: Moves) {
  if (new Set(moves.map(({ cellId }) => cellId)).size < moves.length) return reject("wave.cellTwice");
  for (const { cellId, from, to } of moves) {
    const found = own.cells.get(cellId);
    if (!found) return reject("wave.notFound", { cellId });
    if (!same(found.when, from)) return reject("state.changed", { cellId, when: found.when });
    const refused = refuseTouch(found) ?? refuseCell(own, { ...found, when: to });
    if (refused) return refused;
  }
  const cells = moves.filter(({ from, to }) => !same(from, to));
  return cells.length === 0 ? [] : [{ type: "wave.retimed.v1" as const, data: { cells } }];
}

export function undoRetimed(own: WaveState, moves: Moves) {
  for (const { cellId, from, to } of moves) {
    const now = own.cells.get(cellId);
    if (!now || !same(now.when, to)) return reject("undo.superseded", { cellId });
    if (now.pushId !== null) return reject("undo.hasConsequences", { cellId });
    const refused = refuseCell(own, { ...now, when: from });
    if (refused) return refused;
  }
  const cells = moves.map(({ cellId, from, to }) => ({ cellId, from: to, to: from }));
  return [{ type: "wave.retimed.v1" as const, data: { cells } }];
}

export function decideClear(own: WaveState, cellIds: readonly string[]) {
  const cells: Row[] = [];
  for (const cellId of new Set(cellIds)) {
    const found = own.cells.get(cellId);
    if (!found) return reject("wave.notFound", { cellId });
    const refused = refuseTouch(found);
    if (refused) return refused;
    cells.push(Row.parse(found));
  }
  return [{ type: "wave.cleared.v1" as const, data: { cells } }];
}

export function undoCleared(own: WaveState, rows: readonly Row[]) {
  if (own.cells.size + rows.length > CELLS_MAX) return reject("wave.tooMany", { max: CELLS_MAX });
  for (const row of rows) {
    const refused = own.cells.has(row.cellId)
      ? reject("undo.superseded", { cellId: row.cellId })
      : refuseCell(own, row);
    if (refused) return refused;
  }
  return rows.map((data) => ({ type: "wave.planned.v1" as const, data }));
}
