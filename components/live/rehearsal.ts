import { AnyAnswer, request } from "../http/request.ts";
import type { ShowSlices } from "../session/show-slices.ts";

/** The simulator of a rehearsal, or the bare clock of a 走流程: how it goes stands in the show, orders go through its own route. */

/** How far ahead of its last report a rehearsal's clock is drawn, real time: a simulator that fell silent stands still. */
const AHEAD_MS = 2_500;

/** The show's now after its steps; `null` while it goes by the wall clock. `realNow`: by the server's clock. */
export function steppedNow(rehearsal: ShowSlices["rehearsal"] | undefined, realNow: number): number | null {
  if (!rehearsal?.stepped) return null;
  const { run } = rehearsal;
  if (run === null) return 0;
  const moves = run.state === "on" && !run.paused;
  const passedMs = moves ? Math.min(AHEAD_MS, Math.max(0, realNow - run.heardAt)) * run.speed : 0;
  return run.showAt + passedMs;
}

/** How many times faster than real the show's clock runs; 1 for a real show. */
export const paceOf = (rehearsal: ShowSlices["rehearsal"] | undefined): number =>
  rehearsal?.stepped ? Math.max(1, rehearsal.run?.speed ?? 1) : 1;

export type RehearsalOrder =
  | { readonly kind: "start"; readonly audience: boolean; readonly speed: number; readonly minutes: number }
  | { readonly kind: "change"; readonly speed?: number; readonly paused?: boolean }
  | { readonly kind: "stop" };

export function orderRehearsal(sessionId: string, order: RehearsalOrder) {
  const path = `/api/v1/sessions/${sessionId}/rehearsal`;
  const { kind, ...body } = order;
  if (kind === "stop") return request(path, { method: "DELETE", shape: AnyAnswer });
  return request(path, { method: kind === "start" ? "POST" : "PATCH", body, shape: AnyAnswer });
}
