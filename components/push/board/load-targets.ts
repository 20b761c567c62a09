import * as z from "zod/mini";
import { TARGET_STATES, type TargetState } from "#domain/push/target-rows.ts";
import { request, type Reply } from "../../http/request.ts";

const Target = z.object({
  id: z.string(),
  taskId: z.string(),
  name: z.nullable(z.string()),
  state: z.enum(TARGET_STATES),
  at: z.nullable(z.number()),
});
export type Target = z.infer<typeof Target>;
const Targets = z.object({ targets: z.array(Target), total: z.number() });
export type Targets = z.infer<typeof Targets>;

export type TargetsAsked = {
  readonly sessionId: string;
  readonly pushId: string;
  readonly taskId?: string | undefined;
  readonly state?: TargetState | undefined;
};

/** More than one looks through; beyond it the sums say enough. */
const SHOWN_MAX = 2_000;

export function targetsPath({ sessionId, pushId, taskId, state }: TargetsAsked): string {
  const query = new URLSearchParams({ limit: String(SHOWN_MAX) });
  if (taskId !== undefined) query.set("task", taskId);
  if (state !== undefined) query.set("state", state);
  return `/api/v1/sessions/${encodeURIComponent(sessionId)}/pushes/${encodeURIComponent(pushId)}/targets?${query}`;
}

export const loadTargets = (asked: TargetsAsked, signal: AbortSignal): Promise<Reply<Targets>> =>
  request(targetsPath(asked), { shape: Targets, signal });
