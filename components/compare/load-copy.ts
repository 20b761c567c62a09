import * as z from "zod/mini";
import type { CommandInput } from "#domain/ops/index.ts";
import { AnyAnswer, request, type Reply } from "../http/request.ts";
import { randomId } from "../http/random-id.ts";
import { loadShows, NO_FILTER, type Show } from "../shows/show-list.ts";

/** Copying cues from one show into another: `POST /api/v1/sessions/{id}/copied-cues`. */

const Copied = z.object({
  cues: z.number(),
  products: z.number(),
  skipped: z.array(z.object({ cueId: z.string(), title: z.string() })),
  actsLeftOut: z.number(),
  undo: z.array(z.number()),
});
export type Copied = z.infer<typeof Copied>;

export type CopyRequest = {
  readonly from: string;
  readonly cueIds: readonly string[];
  readonly lengths: "planned" | "measured";
  readonly afterCueId: string | null;
  readonly takeProducts: readonly string[];
};

/** `key`: of one press; a second sending of it acts no more. */
export function sendCopy(to: string, body: CopyRequest, key: string): Promise<Reply<Copied>> {
  const headers = { "idempotency-key": key };
  return request(`/api/v1/sessions/${to}/copied-cues`, { method: "POST", body, headers, shape: Copied });
}

/** Takes a copy back, its last act first; what was taken back before counts as done. Stops at the first that can't be taken back any more. */
export async function undoCopy(to: string, seqs: readonly number[]): Promise<Reply<unknown>> {
  for (const seq of seqs) {
    const input: CommandInput<"tape.undo"> = { seq };
    const body = { id: `c_${randomId()}`, type: "tape.undo", input };
    const reply = await request(`/api/v1/sessions/${to}/commands`, { method: "POST", body, shape: AnyAnswer });
    if (!reply.ok && reply.failure.code !== "undo.alreadyUndone") return reply;
  }
  return { ok: true, value: null };
}

/** Shows of the room that are still being prepared, soonest first: where a rundown can go to. */
export async function loadComingShows(roomId: string, signal: AbortSignal): Promise<Reply<readonly Show[]>> {
  const replies = await Promise.all(
    (["planned", "warmup"] as const).map((phase) => loadShows({ ...NO_FILTER, room: roomId, phase }, null, signal)),
  );
  const shows: Show[] = [];
  for (const reply of replies) {
    if (!reply.ok) return reply;
    shows.push(...reply.value.sessions);
  }
  return { ok: true, value: shows.toSorted((a, b) => a.plannedStartAt - b.plannedStartAt) };
}
