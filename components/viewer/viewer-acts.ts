import { becomeVisitor } from "./become-visitor.ts";
import { sourceCode } from "./came-by.ts";
import { pushCode } from "./push-link.ts";
import { tellCameBefore } from "./tell-came.ts";
import { ask, bearer, pathOf, type Answer, type Failure } from "./viewer-api.ts";
import { asReceipt, isRecord } from "./viewer-data.ts";
import type { VisitorMemory } from "./visitor-memory.ts";

/** What a viewer does, sent until there is an answer: once, however often it is sent. */

const TRIES = 4;
const RETRY_MS_MAX = 3_000;

export type Presser = {
  readonly sessionId: string;
  readonly memory: VisitorMemory;
  /** Whether the show lets anybody claim and enter who has no link of their own. */
  readonly mayBecome: boolean;
  /** Asks what the person holds now. */
  readonly refresh: () => Promise<void>;
};

/** Nobody gets a number here before the first press. */
async function ownToken({ sessionId, memory, mayBecome }: Presser): Promise<Answer<string>> {
  const known = memory.token();
  if (known !== null) return { ok: true, value: known };
  if (!mayBecome) return { ok: false, failure: refusal("viewer.anonymous") };
  const made = await becomeVisitor(sessionId);
  if (made.ok) memory.keepToken(made.value);
  return made;
}

async function tryOnce(presser: Presser, act: Act): Promise<Answer<unknown>> {
  const { sessionId, memory } = presser;
  // Who is quicker than their network would else be signed up as brought by nobody.
  const untold = act.kind === "signUp" ? await tellCameBefore(sessionId, memory) : null;
  if (untold) return { ok: false, failure: untold };
  const token = await ownToken(presser);
  if (!token.ok) return token;
  // A repeat must say the same as the first time: another way here is another press.
  const told = toldWith(act, sessionId);
  const name = [act.kind, act.id, ...(told ? Object.values(told) : [])].join(":");
  const answer = await sendAct({ sessionId, token: token.value, key: memory.keyOf(name) }, act, told);
  if (answer.ok || !isOpen(answer.failure)) memory.settle(name);
  if (!answer.ok && answer.failure.code === "auth.required") memory.keepToken(null);
  return answer;
}

/** `null`: done. A repeat after no answer carries the same key, so it can't be done twice. */
export async function sendPress(presser: Presser, act: Act): Promise<Failure | null> {
  const { memory, refresh } = presser;
  for (let left = TRIES - 1; ; left -= 1) {
    const answer = await tryOnce(presser, act);
    if (answer.ok) {
      const receipt = act.kind === "enter" ? asReceipt(answer.value) : null;
      if (receipt) memory.keepReceipt(act.id, receipt);
      await refresh();
      return null;
    }
    const { failure } = answer;
    if (left > 0 && (failure.kind === "busy" || failure.code === "auth.required")) {
      await pause(Math.min(RETRY_MS_MAX, failure.retryAfterMs) * (0.7 + 0.6 * Math.random()));
      continue;
    }
    await refresh();
    // It was done before: by an answer that got lost, or on the same link elsewhere.
    return DONE_BEFORE.has(failure.code) ? null : failure;
  }
}

const DONE_BEFORE = new Set([
  "coupon.alreadyClaimed",
  "lottery.alreadyEntered",
  "signup.already",
  "signup.notSignedUp",
]);

/** Not known whether it was done, or not tried: the same press may be sent again. */
const isOpen = ({ kind, code }: Failure) => kind === "lost" || kind === "busy" || code === "auth.required";
const refusal = (code: string): Failure => ({ kind: "denied", code, data: {}, retryAfterMs: 0 });
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What a viewer does. Of a sign-up and its cancel there is one: its id is the show's. */
export type Act =
  | { readonly kind: "claim" | "enter" | "cancelSignUp"; readonly id: string }
  | { readonly kind: "signUp" | "remind"; readonly id: string; readonly remindBy: readonly string[] };

/** The push and the source that brought them, and what the press says itself. */
function toldWith(act: Act, sessionId: string): Record<string, string | readonly string[]> | null {
  if (act.kind === "cancelSignUp") return null;
  if (act.kind === "remind") return { remindBy: act.remindBy };
  const via = pushCode(sessionId);
  const told = via === null ? {} : { via };
  if (act.kind !== "signUp") return via === null ? null : told;
  const source = sourceCode(sessionId);
  return { ...told, ...(source === null ? {} : { sourceCode: source }), remindBy: act.remindBy };
}

const pathOfAct: Readonly<Record<Act["kind"], (id: string) => string>> = {
  claim: (id) => `coupons/${encodeURIComponent(id)}/claim`,
  enter: (id) => `lotteries/${encodeURIComponent(id)}/enter`,
  signUp: () => "signup",
  cancelSignUp: () => "signup/cancel",
  remind: () => "signup/reminders",
};

type Sender = { readonly sessionId: string; readonly token: string; readonly key: string };

/** `key` makes a repeat of the same press the same act. */
async function sendAct({ sessionId, token, key }: Sender, act: Act, told: object | null): Promise<Answer<unknown>> {
  const headers = { ...bearer(token), "idempotency-key": key };
  const path = pathOfAct[act.kind](act.id);
  const method = act.kind === "remind" ? "PUT" : "POST";
  const answer = await ask(`${pathOf(sessionId)}/${path}`, { method, headers, body: told });
  if (!answer.ok) return answer;
  const { body } = answer.value;
  return { ok: true, value: isRecord(body) ? body["result"] : null };
}
