import * as z from "zod/mini";
import { PHASES } from "./phases.ts";
import { request, type Reply } from "../http/request.ts";

/** A show in the list, as `GET /api/v1/sessions` tells it. Money in fen, times in ms UTC. */
export const Show = z.object({
  id: z.string(),
  roomId: z.string(),
  title: z.string(),
  phase: z.enum(PHASES),
  rehearsal: z.boolean(),
  plannedStartAt: z.number(),
  plannedEndAt: z.number(),
  startedAt: z.nullable(z.number()),
  endedAt: z.nullable(z.number()),
  paidFen: z.nullable(z.number()),
  orders: z.nullable(z.number()),
});
export type Show = z.infer<typeof Show>;

export const ShowPage = z.object({ sessions: z.array(Show), cursor: z.nullable(z.string()) });
export type ShowPage = z.infer<typeof ShowPage>;

export type ShowFilter = {
  readonly room: string;
  readonly phase: string;
  readonly rehearsal: string;
  readonly q: string;
};
export const NO_FILTER: ShowFilter = { room: "", phase: "", rehearsal: "", q: "" };

export const isFiltered = (filter: ShowFilter) => Object.values(filter).some((value) => value !== "");

export function queryOf(filter: ShowFilter, cursor: string | null, limit = 50): string {
  const query = new URLSearchParams({ limit: String(limit) });
  for (const [key, value] of Object.entries(filter)) if (value.trim() !== "") query.set(key, value.trim());
  if (cursor) query.set("cursor", cursor);
  return query.toString();
}

/** A newer first page in front of the further ones that are shown. */
export function freshened(shown: ShowPage, first: ShowPage): ShowPage {
  if (shown.sessions.length <= first.sessions.length || first.cursor === null) return first;
  const known = new Set(first.sessions.map(({ id }) => id));
  return { sessions: [...first.sessions, ...shown.sessions.filter(({ id }) => !known.has(id))], cursor: shown.cursor };
}

export function loadShows(filter: ShowFilter, cursor: string | null, signal?: AbortSignal): Promise<Reply<ShowPage>> {
  return request(`/api/v1/sessions?${queryOf(filter, cursor)}`, { shape: ShowPage, ...(signal ? { signal } : {}) });
}
