import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { randomId } from "../../http/random-id.ts";
import { inviterCode, sourceCode } from "../came-by.ts";
import { pushCode } from "../push-link.ts";
import type { Failure } from "../viewer-api.ts";
import { isRecord } from "../viewer-data.ts";
import { SIGNUP, type ViewerStore } from "../viewer-store.ts";
import { signIn } from "./warmup-api.ts";

/** To WeChat's sign-in and back. Only by a tap: pages that ask on opening are shown as a snapshot. */

/** What is to be done when it comes back: sign up, since whoever agreed before need not be asked again; or go on with the poster. */
export type Intent = { readonly signUp: { readonly remindBy: readonly string[] } } | "poster";
type Out = { readonly nonce: string; readonly intent: Intent | null };

const nameOf = (sessionId: string) => `kaibo.signIn.${sessionId}`;

export function goSignIn(sessionId: string, start: string, intent: Intent): void {
  const nonce = randomId();
  try {
    window.sessionStorage.setItem(nameOf(sessionId), JSON.stringify({ nonce, intent } satisfies Out));
  } catch {
    // Nothing proves then that it is this page that comes back: the server says so.
  }
  const came = { p: pushCode(sessionId), s: sourceCode(sessionId), i: inviterCode(sessionId) };
  const to = new URLSearchParams(Object.entries(came).flatMap(([key, code]) => (code === null ? [] : [[key, code]])));
  const asked = {
    session: sessionId,
    scope: "userinfo",
    nonce: bytesToHex(sha256(utf8ToBytes(nonce))),
    origin: window.location.origin,
    to: String(to),
  };
  window.location.assign(`${start}?${String(new URLSearchParams(asked))}`);
}

type CameBack = { readonly kind: "completion" | "error"; readonly value: string };

const TRIES = 3;
const RETRY_MS = 1_500;

export async function completeSignIn(store: ViewerStore, { kind, value }: CameBack): Promise<void> {
  const { sessionId, memory } = store;
  const { nonce, intent } = takeOut(sessionId);
  if (kind === "error") return store.noteSignIn(refusal(value));
  for (let left = TRIES - 1; ; left -= 1) {
    const answer = await signIn(sessionId, memory.token(), { completion: value, nonce });
    if (answer.ok) {
      memory.keepSelf({ name: answer.value.name ?? memory.self().name, avatar: answer.value.avatar });
      store.noteSignIn(null, answer.value.token);
      if (intent === "poster") window.location.replace("#poster");
      else if (intent) await store.act({ kind: "signUp", id: SIGNUP, remindBy: intent.signUp.remindBy });
      return;
    }
    const { failure } = answer;
    if (left === 0 || (failure.kind !== "busy" && failure.kind !== "lost")) return store.noteSignIn(failure);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

function takeOut(sessionId: string): Out {
  const nothing = { nonce: "", intent: null };
  try {
    const kept = window.sessionStorage.getItem(nameOf(sessionId));
    window.sessionStorage.removeItem(nameOf(sessionId));
    const out: unknown = JSON.parse(kept ?? "null");
    if (!isRecord(out) || typeof out["nonce"] !== "string") return nothing;
    return { nonce: out["nonce"], intent: intentOf(out["intent"]) };
  } catch {
    return nothing;
  }
}

function intentOf(kept: unknown): Intent | null {
  if (kept === "poster") return kept;
  const remindBy = isRecord(kept) && isRecord(kept["signUp"]) ? kept["signUp"]["remindBy"] : null;
  return Array.isArray(remindBy) ? { signUp: { remindBy: remindBy.map(String) } } : null;
}

const refusal = (why: string): Failure => ({ kind: "refused", code: `signIn.${why}`, data: {}, retryAfterMs: 0 });
