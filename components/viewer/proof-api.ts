import { ask, pathOf, type Answer } from "./viewer-api.ts";

/** Where the proof of a draw lies. */
export const proofUrl = (sessionId: string, lotteryId: string) =>
  `${pathOf(sessionId)}/lotteries/${encodeURIComponent(lotteryId)}/proof`;

export async function getProof(sessionId: string, lotteryId: string): Promise<Answer<unknown>> {
  const answer = await ask(proofUrl(sessionId, lotteryId), {}, 30_000);
  return answer.ok ? { ok: true, value: answer.value.body } : answer;
}
