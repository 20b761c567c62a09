import { engine } from "#domain/ops/index.ts";
import { idFrom } from "../../auth/ids.ts";
import { BusyError, type Directory } from "../../live/directory-contract.ts";
import { copyParts } from "./copy-parts.ts";
import type { Copy, Copying, ShowSlices } from "./copy-reading.ts";

/**
 * What a new show takes over from a past one. Every part is a command, decided by the rules like any other; one that is refused is left
 * out. Command ids are made from the two shows, so a copy that was cut off can be asked for again and does nothing twice.
 */
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
