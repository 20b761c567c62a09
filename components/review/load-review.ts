import * as z from "zod/mini";
import type { Audience } from "#domain/op.ts";
import type { Snapshot } from "#domain/wire.ts";
import { request, type Reply } from "../http/request.ts";
import { loadPlanData, type PlanData } from "../plan/plan-data.ts";
import { StretchBody, type Stretch } from "../session/stretch.ts";
import { slicesOf } from "../session/session-provider.tsx";
import { fromSnapshot, type ViewState } from "../session/view-state.ts";
import { spanOf, type ReviewSpan } from "./review-span.ts";

/** What the review page loads before it can show anything. */
export type LoadedReview = ReviewSpan & {
  readonly plan: PlanData;
  /** Opened by a link, without a sign-in. */
  readonly shared: boolean;
  /** The review view after the last event there is. */
  readonly last: ViewState;
};

/** Our own server's snapshot; its slices are shaped by the ops. */
const SnapshotBody = z.custom<Snapshot>((body) => typeof body === "object" && body !== null && "slices" in body);

/** `shared`: what a link that was opened tells of the show, whose holder may ask for no more. */
export async function loadReview(
  sessionId: string,
  shared: PlanData | null,
  signal: AbortSignal,
): Promise<Reply<LoadedReview>> {
  const plan: Reply<PlanData> = shared ? { ok: true, value: shared } : await loadPlanData(sessionId, signal);
  if (!plan.ok) return plan;
  const last = await loadView(sessionId, null, signal);
  if (!last.ok) return last;
  return {
    ok: true,
    value: {
      plan: plan.value,
      shared: shared !== null,
      last: last.value,
      ...spanOf(slicesOf(last.value), last.value.at),
    },
  };
}

/** The review view at a second; `null`: as all is known now. */
export async function loadView(sessionId: string, at: number | null, signal: AbortSignal): Promise<Reply<ViewState>> {
  const query = new URLSearchParams({ audience: "review", ...(at === null ? {} : { at: String(at) }) });
  const view = await request(`/api/v1/sessions/${sessionId}/view?${query}`, { shape: SnapshotBody, signal });
  return view.ok ? { ok: true, value: fromSnapshot(view.value) } : view;
}

export async function loadStretch(
  sessionId: string,
  audience: Audience,
  span: { readonly from: number; readonly to: number; readonly step: number },
): Promise<Stretch> {
  const query = new URLSearchParams({
    audience,
    from: String(span.from),
    to: String(span.to),
    step: String(span.step),
  });
  for (let tries = 1; ; tries += 1) {
    const reply = await request(`/api/v1/sessions/${sessionId}/replay?${query}`, { shape: StretchBody });
    if (reply.ok) return reply.value;
    const { kind, code, retryAfterMs = 1_000 } = reply.failure;
    // Others read by the same link: nothing is amiss, it takes turns.
    if (kind !== "retry" || tries === TRIES) throw new Error(`no stretch of the past: ${code}`);
    await new Promise((resume) => setTimeout(resume, Math.min(RETRY_MS_MAX, retryAfterMs)));
  }
}

const TRIES = 4;
const RETRY_MS_MAX = 5_000;
