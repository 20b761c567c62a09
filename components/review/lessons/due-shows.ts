import { useMemo } from "react";
import type { Improvement } from "#domain/ops/improvement.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { request, type Reply } from "../../http/request.ts";
import { Show } from "../../shows/show-list.ts";

/** The shows by which improvements are due, whatever has become of them since. */

export type DueShow = Pick<Show, "id" | "title" | "plannedStartAt" | "startedAt">;
/** By id; a show that can't be seen from here, or is gone, is missing. */
export type DueShows = ReadonlyMap<string, DueShow>;

type Due = Pick<Improvement, "dueSessionId">;

/** `null` until they are known. `closed`: a page whose reader may ask for no other show. */
export function useDueShows(improvements: Iterable<Due>, closed: boolean): DueShows | null {
  const ids = closed
    ? []
    : [...new Set([...improvements].flatMap(({ dueSessionId }) => dueSessionId ?? []))].toSorted();
  const { value } = useLoaded(`due:${ids.join(",")}`, (signal) => loadDue(ids, signal));
  return useMemo(() => value && new Map(value.map((show) => [show.id, show])), [value]);
}

async function loadDue(ids: readonly string[], signal: AbortSignal): Promise<Reply<readonly DueShow[]>> {
  const replies = await Promise.all(
    ids.map((id) => request(`/api/v1/sessions/${encodeURIComponent(id)}`, { shape: Show, signal })),
  );
  const shows: DueShow[] = [];
  for (const reply of replies) {
    if (reply.ok) shows.push(reply.value);
    // Asked again by itself; what is denied or gone stays unknown.
    else if (reply.failure.kind === "retry" || reply.failure.kind === "offline") return reply;
  }
  return { ok: true, value: shows };
}
