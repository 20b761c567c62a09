import { z } from "zod";
import { engine } from "#domain/ops/index.ts";
import { Shift, Targets } from "#domain/ops/session.ts";
import { idFrom } from "../../auth/ids.ts";
import { BusyError, type Directory, type Sender } from "../../live/directory-contract.ts";
import type { Json } from "#domain/op.ts";

/**
 * What a new show takes over from a past one: theme, targets and shifts, moved to the new start, and whatever plan the operations hold.
 * Every part is a command, decided by the rules like any other; one that is refused is left out.
 */

export type Copying = {
  readonly from: string;
  readonly to: string;
  readonly plan: { readonly plannedStartAt: number; readonly theme: string };
  readonly sender: Sender;
};

/** The slices of the control view, unwrapped: values as they are, rows and items as lists. */
type Source = ReadonlyMap<string, Json>;
type Step = (source: Source, copying: Copying) => readonly { readonly type: string; readonly input: Json }[];

const Session = z.object({ theme: z.string(), plannedStartAt: z.number(), targets: Targets, shifts: z.array(Shift) });

const steps: readonly Step[] = [
  (source, { to, plan }) => {
    const session = Session.parse(source.get("session"));
    const shiftBy = plan.plannedStartAt - session.plannedStartAt;
    const shifts = session.shifts.map((shift, at) => ({
      ...shift,
      shiftId: idFrom("s", "shift", to, String(at)),
      from: shift.from + shiftBy,
      to: shift.to + shiftBy,
    }));
    return [
      ...(plan.theme === "" && session.theme !== "" ? [{ type: "session.edit", input: { theme: session.theme } }] : []),
      { type: "session.setTargets", input: session.targets },
      { type: "session.setShifts", input: { shifts } },
    ];
  },
];

export async function copyPlan(copying: Copying, directory: Directory): Promise<void> {
  const { slices } = await directory.snapshot(copying.from, "control");
  const source: Source = new Map(
    Object.entries(slices).map(([name, slice]) => [
      name,
      slice.kind === "value" ? slice.value : slice.kind === "keyed" ? slice.rows.map(([, row]) => row) : slice.items,
    ]),
  );
  const commands = steps.flatMap((step) => step(source, copying));
  for (const [at, { type, input }] of commands.entries()) {
    const parsed = engine.parse({ id: `copy:${copying.from}:${at}`, type, input });
    if (!("parsed" in parsed)) throw new Error(`copying made a malformed ${type}: ${JSON.stringify(parsed.issues)}`);
    const answer = await directory.send(copying.to, parsed.parsed, copying.sender);
    if (answer.status === "retry") throw new BusyError(answer.retryAfterMs);
  }
}
