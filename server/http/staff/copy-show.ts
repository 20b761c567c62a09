import type { Json } from "#domain/op.ts";
import { engine } from "#domain/ops/index.ts";
import { idFrom } from "../../auth/ids.ts";
import { BusyError, type Directory, type Sender } from "../../live/directory-contract.ts";
import { copyParts } from "./copy-parts.ts";

/**
 * What a new show takes over from a past one. Every part is a command, decided by the rules like any other; one that is refused is left
 * out. Command ids are made from the two shows, so a copy that was cut off can be asked for again and does nothing twice.
 */

export type Copying = {
  readonly from: string;
  readonly to: string;
  readonly plan: { readonly plannedStartAt: number; readonly theme: string };
  readonly sender: Sender;
};

/** The control view of a show, unwrapped: values as they are, rows and items as lists. */
export type ShowSlices = ReadonlyMap<string, Json>;

/** What a part of the copy works with. */
export type Copy = {
  readonly source: ShowSlices;
  readonly plan: Copying["plan"];
  /** Ids of the past show → ids of the new one, for whatever refers to them later. */
  readonly newIds: Map<string, string>;
  /** The command's result; `undefined` when it was refused. */
  send(type: string, input: Json): Promise<Json | undefined>;
  /** How the new show looks by now. */
  target(): Promise<ShowSlices>;
  freshId(...words: readonly string[]): string;
};

export async function copyPlan(copying: Copying, directory: Directory): Promise<void> {
  const { from, to, plan, sender } = copying;
  let count = 0;
  const copy: Copy = {
    source: await slicesOf(directory, from),
    plan,
    newIds: new Map(),
    target: () => slicesOf(directory, to),
    freshId: (...words) => idFrom("s", to, from, ...words),
    async send(type, input) {
      const parsed = engine.parse({ id: `copy:${from}:${(count += 1)}`, type, input });
      if (!("parsed" in parsed)) throw new Error(`copying made a malformed ${type}: ${JSON.stringify(parsed.issues)}`);
      const answer = await directory.send(to, parsed.parsed, sender);
      if (answer.status === "retry") throw new BusyError(answer.retryAfterMs);
      return answer.status === "ok" ? (answer.result ?? null) : undefined;
    },
  };
  for (const part of copyParts) await part(copy);
}

export async function slicesOf(directory: Directory, sessionId: string): Promise<ShowSlices> {
  const { slices } = await directory.snapshot(sessionId, "control");
  return new Map(
    Object.entries(slices).map(([name, slice]) => [
      name,
      slice.kind === "value" ? slice.value : slice.kind === "keyed" ? slice.rows.map(([, row]) => row) : slice.items,
    ]),
  );
}
