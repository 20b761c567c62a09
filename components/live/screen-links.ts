"use client";
import * as z from "zod/mini";
import { AnyAnswer, request } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { useOnline } from "../session/session-provider.tsx";

/** Links of host screens, which live outside the log. */
const Link = z.object({
  id: z.string(),
  number: z.number(),
  name: z.string(),
  createdAt: z.number(),
  lastSeenAt: z.nullable(z.number()),
});
const Links = z.object({ links: z.array(Link) });
const MadeLink = z.extend(Link, { path: z.string() });
export type ScreenLink = z.infer<typeof Link>;
export type MadeLink = z.infer<typeof MadeLink>;

const pathOf = (sessionId: string) => `/api/v1/sessions/${encodeURIComponent(sessionId)}/links`;

/** Asked again when a screen comes, goes or gets another name: it may be one that a colleague made a moment ago. */
export function useScreenLinks(sessionId: string) {
  const online = useOnline().filter(({ kind }) => kind === "screen");
  const key = JSON.stringify([sessionId, online.map(({ id, name }) => [id, name])]);
  return useLoaded(key, (signal) => request(pathOf(sessionId), { shape: Links, signal }));
}

/** Ids of links through which a screen is connected now. */
export function useOnlineScreens(): ReadonlySet<string> {
  return new Set(useOnline().flatMap(({ kind, id }) => (kind === "screen" ? [id] : [])));
}

export const makeLink = (sessionId: string, name: string) =>
  request(pathOf(sessionId), { method: "POST", body: { name }, shape: MadeLink });

export const renameLink = (sessionId: string, linkId: string, name: string) =>
  request(`${pathOf(sessionId)}/${linkId}`, { method: "PATCH", body: { name }, shape: AnyAnswer });

export const revokeLink = (sessionId: string, linkId: string) =>
  request(`${pathOf(sessionId)}/${linkId}`, { method: "DELETE", shape: AnyAnswer });
