import { ask, broken, pathOf, type Answer } from "./viewer-api.ts";
import { isRecord } from "./viewer-data.ts";

/** An anonymous person of this show. */
export async function becomeVisitor(sessionId: string): Promise<Answer<string>> {
  const answer = await ask(`${pathOf(sessionId)}/visitor`, { method: "POST" });
  if (!answer.ok) return answer;
  const { body } = answer.value;
  return isRecord(body) && typeof body["token"] === "string" ? { ok: true, value: body["token"] } : broken();
}
