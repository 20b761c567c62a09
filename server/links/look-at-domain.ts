import { randomLetters, sameText } from "../auth/ids.ts";
import { answerToWord, WORD_PATH } from "./domain-word.ts";

/** Whether a domain opens and leads to this house, seen from here. Whether WeChat lets it through only a phone can tell. */
export const LOOK_FAILURES = [
  "unknownName",
  "unreachable",
  "certificate",
  "timeout",
  "redirected",
  "status",
  "otherHouse",
] as const;
export type LookFailure = (typeof LOOK_FAILURES)[number];

const LOOK_MS = 8_000;
const ANSWER_BYTES_MAX = 512;

/** Null: it opens. */
export async function lookAtDomain(origin: string, secret: string): Promise<LookFailure | null> {
  const word = randomLetters(16);
  try {
    const response = await fetch(`${origin}${WORD_PATH}?word=${word}`, {
      redirect: "manual",
      signal: AbortSignal.timeout(LOOK_MS),
      headers: { accept: "text/plain", "cache-control": "no-cache" },
    });
    if (response.status >= 300 && response.status < 400) return "redirected";
    if (response.status !== 200) return "status";
    return sameText(await beginningOf(response), answerToWord(secret, word)) ? null : "otherHouse";
  } catch (error) {
    return failureOf(error);
  }
}

async function beginningOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > ANSWER_BYTES_MAX) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

const CERTIFICATE = /CERT|TLS|SSL|UNABLE_TO_|SELF_SIGNED/;

function failureOf(error: unknown): LookFailure {
  if (error instanceof Error && error.name === "TimeoutError") return "timeout";
  const code = codeOf(error);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "unknownName";
  if (code.includes("TIMEOUT") || code === "ETIMEDOUT") return "timeout";
  return CERTIFICATE.test(code) ? "certificate" : "unreachable";
}

/** However deep fetch hides it. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return "";
}
