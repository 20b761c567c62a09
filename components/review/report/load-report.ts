import type { Reply } from "../../http/request.ts";
import { loadPlanData } from "../../plan/plan-data.ts";
import type { Show } from "../../shows/show-list.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { loadView } from "../load-review.ts";
import { reportOf, type Report } from "./report.shape.ts";

export type LoadedReport = {
  /** `null`: the show has not begun. */
  readonly report: Report | null;
  /** `null`: on a shared link. */
  readonly roomId: string | null;
  readonly roomName: string;
  readonly title: string;
  /** What the reader may do with it; nobody's on a shared link. */
  readonly roles: readonly string[];
};

/** For the staff: one question for the show, one for its figures as known now. */
export async function loadReport(sessionId: string, signal: AbortSignal): Promise<Reply<LoadedReport>> {
  const plan = await loadPlanData(sessionId, signal);
  if (!plan.ok) return plan;
  const { show, room } = plan.value;
  return loadFigures(show, { roomId: show.roomId, roomName: room.name, roles: show.roles }, signal);
}

export async function loadFigures(
  { id, title }: Pick<Show, "id" | "title">,
  reader: Pick<LoadedReport, "roomId" | "roomName" | "roles">,
  signal: AbortSignal,
): Promise<Reply<LoadedReport>> {
  const view = await loadView(id, null, signal);
  if (!view.ok) return view;
  const report = reportOf(slicesOf(view.value), { at: view.value.at, now: Date.now() });
  return { ok: true, value: { report, title, ...reader } };
}
