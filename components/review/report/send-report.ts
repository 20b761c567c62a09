import * as z from "zod/mini";
import type { CommandInput } from "#domain/ops/index.ts";
import { request, type Reply } from "../../http/request.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { loadView } from "../load-review.ts";
import { postCommand } from "../review-send.ts";

/** Sends 战报 as pushes by robot, from a page that doesn't hold the show's live view. */

export type Parcel = { readonly title: string; readonly picture: Blob | null };
type Whom = { readonly sessionId: string; readonly roomId: string; readonly robotIds: readonly string[] };

const Kept = z.object({ key: z.string() });
const Planned = z.object({ pushId: z.string() });

/** `waiting`: planned, but who gets it was not found out in time; it stays among the prepared ones. */
export async function sendReport(whom: Whom, parcels: readonly Parcel[]): Promise<Reply<"sent" | "waiting">> {
  let outcome: "sent" | "waiting" = "sent";
  for (const parcel of parcels) {
    const plan = await planOf(whom, parcel);
    if (!plan.ok) return plan;
    const planned = await postCommand(whom.sessionId, "push.plan", plan.value);
    if (!planned.ok) return planned;
    const pushId = Planned.safeParse(planned.value.result).data?.pushId;
    if (pushId === undefined) continue;
    const handed = await handOver(whom.sessionId, pushId);
    if (!handed.ok) return handed;
    if (handed.value === "waiting") outcome = "waiting";
  }
  return { ok: true, value: outcome };
}

async function planOf(
  { roomId, robotIds }: Whom,
  { title, picture }: Parcel,
): Promise<Reply<CommandInput<"push.plan">>> {
  const common = {
    kind: "robot" as const,
    title,
    when: { by: "hand" as const },
    outlives: true,
    audience: { robotIds: [...robotIds] },
  };
  if (picture === null) return { ok: true, value: { ...common, copy: { text: "{{report}}", link: "report" } } };
  const kept = await request(`/api/v1/rooms/${roomId}/media`, { method: "POST", body: picture, shape: Kept });
  if (!kept.ok) return kept;
  const card = { kind: "image" as const, mediaKey: kept.value.key };
  return { ok: true, value: { ...common, copy: { text: "", card, link: "none" } } };
}

/** The server makes tasks of the selection first, which takes it a moment. */
const TRIES = 12;
const AGAIN_MS = 1_000;

async function handOver(sessionId: string, pushId: string): Promise<Reply<"sent" | "waiting">> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    const view = await loadView(sessionId, null, new AbortController().signal);
    if (!view.ok) return view;
    if (!slicesOf(view.value).pushes.get(pushId)?.resolved) continue;
    const sent = await postCommand(sessionId, "push.handOver", { pushId });
    return sent.ok ? { ok: true, value: "sent" } : sent;
  }
  return { ok: true, value: "waiting" };
}
