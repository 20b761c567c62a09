import * as z from "zod/mini";
import type { ShowHistory } from "#domain/history/show-history.ts";
import { request, type Reply } from "../../http/request.ts";

export type LoadedHistory = ShowHistory & { readonly names: Readonly<Record<string, string>> };

/** Our own server's answer, described at `GET /api/v1/sessions/{id}/history`. */
const HistoryBody = z.custom<LoadedHistory>(
  (body) => typeof body === "object" && body !== null && "stockOuts" in body && "names" in body,
);

export function loadHistory(sessionId: string, signal: AbortSignal): Promise<Reply<LoadedHistory>> {
  return request(`/api/v1/sessions/${sessionId}/history`, { shape: HistoryBody, signal });
}
