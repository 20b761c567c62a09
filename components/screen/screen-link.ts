import * as z from "zod/mini";
import { request, type Reply } from "../http/request.ts";

/** What a screen's link stands for: `GET /api/v1/screen`. */
const ScreenLink = z.object({
  linkId: z.string(),
  /** Of this link in its show, counted from 1: what 找屏 shows large. */
  number: z.number(),
  name: z.string(),
  sessionId: z.string(),
  title: z.string(),
});
export type ScreenLink = z.infer<typeof ScreenLink>;

export const loadScreenLink = (token: string, signal: AbortSignal): Promise<Reply<ScreenLink>> =>
  request("/api/v1/screen", { shape: ScreenLink, headers: { authorization: `Bearer ${token}` }, signal });

const PROBE_MS = 3_000;

/** Whether the server answers at all; soon. */
export async function serverAnswers(): Promise<boolean> {
  const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PROBE_MS) });
  return answer.ok;
}
