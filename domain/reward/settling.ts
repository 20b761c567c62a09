import type { RewardSettled } from "./events.ts";
import { validOf, type InviteState } from "../warmup/invites.ts";
import { bookOf as signupBookOf, personOfNumber, type SignupState } from "../warmup/signups.ts";
import { grantOf, stepsInOrder, stockLeft, type Grant, type RewardState, type Step } from "./state.ts";

/** Who has reached a step, who has fallen below one, and who of those in line is next (RWD4, RWD5). */

/** How many are looked at in one batch; the rest follows in the next. */
const AT_ONCE = 300;
/** Numbers read at once when everybody is looked at; most of them brought nobody. */
const SCANNED_AT_ONCE = 200_000;

type See = { readonly own: RewardState; readonly invite: InviteState; readonly signup: SignupState };
type Told = RewardSettled["grants"][number];

/** Counts of the steps as they change while one batch is worked through. */
class Ledger {
  readonly #steps: Map<string, Step>;
  readonly told: Told[] = [];
  /** Who has reached a step now, in order: behind those in line. */
  readonly reached: { readonly grant: Omit<Told, "n" | "state">; readonly before: Grant | undefined }[] = [];
  /** Who is both due and found by looking at everybody is looked at once. */
  readonly looked = new Set<number>();
  /** Where a person's grants stand, when they have changed in this batch. */
  readonly #now = new Map<string, Told>();

  constructor({ steps }: RewardState) {
    this.#steps = new Map(steps);
  }

  step(stepId: string): Step | undefined {
    return this.#steps.get(stepId);
  }

  stateOf({ stepId, inviterN, state }: Pick<Grant, "stepId" | "inviterN" | "state">): Grant["state"] {
    return this.#now.get(`${stepId}:${inviterN}`)?.state ?? state;
  }

  set(grant: Omit<Told, "n" | "state">, before: Grant | undefined, to: "earned" | "waiting" | "revoked"): void {
    const step = this.#steps.get(grant.stepId);
    if (!step) return;
    const from = before && this.stateOf(before);
    const n = before?.n ?? step.issued + 1;
    this.#steps.set(grant.stepId, {
      ...step,
      issued: before ? step.issued : n,
      ...(from ? { [from]: step[from] - 1 } : {}),
      [to]: step[to] + 1,
    });
    const told = { ...grant, n, state: to };
    this.#now.set(`${grant.stepId}:${grant.inviterN}`, told);
    this.told.push(told);
  }

  counts(): RewardSettled["counts"] {
    return [...new Set(this.told.map(({ stepId }) => stepId))].flatMap((id) => {
      const step = this.#steps.get(id);
      if (!step) return [];
      const { stepId, issued, earned, waiting, delivered, revoked } = step;
      return [{ stepId, issued, earned, waiting, delivered, revoked }];
    });
  }
}

export function decideSettle(see: See) {
  const { own } = see;
  const book = own.book;
  if (!book || book.dirtyAt === null) return [];
  const ledger = new Ledger(own);
  const settled = [...book.pending].slice(0, AT_ONCE);
  for (const n of settled) settleOne(see, ledger, n);
  const scanFrom = book.scanFrom > 0 ? scan(see, ledger, book.scanFrom) : 0;
  promote(own, ledger);
  for (const { grant, before } of ledger.reached) {
    const step = ledger.step(grant.stepId);
    ledger.set(grant, before, step && stockLeft(step) === 0 ? "waiting" : "earned");
  }
  const data = { grants: ledger.told, counts: ledger.counts(), settled, scanFrom };
  return [{ type: "reward.settled.v1" as const, data }];
}

/** How many valid invites stand for somebody; none for who is off the board. Most have none: asked first, as everybody is asked. */
function countOf({ invite }: See, n: number): number {
  const valid = validOf(invite, n);
  return valid > 0 && invite.disqualified.get(String(n))?.reinstatedAt === null ? 0 : valid;
}

function settleOne(see: See, ledger: Ledger, inviterN: number): void {
  const { own, signup } = see;
  if (ledger.looked.has(inviterN)) return;
  ledger.looked.add(inviterN);
  const count = countOf(see, inviterN);
  for (const { stepId, threshold } of stepsInOrder(own)) {
    const before = grantOf(own, stepId, inviterN);
    const state = before && ledger.stateOf(before);
    const grant = { stepId, inviterN, personId: before?.personId ?? personOfNumber(signup, inviterN) ?? "" };
    if (grant.personId === "") continue;
    if (count < threshold) {
      // What was handed out stays handed out.
      if (state === "earned" || state === "waiting") ledger.set(grant, before, "revoked");
    } else if (state === undefined || state === "revoked") {
      ledger.reached.push({ grant, before });
    }
  }
}

/** Goes on where it stopped; 0 when everybody was looked at. */
function scan(see: See, ledger: Ledger, from: number): number {
  const { ats } = signupBookOf(see.signup);
  const lowest = Math.min(...[...see.own.steps.values()].map(({ threshold }) => threshold));
  const until = Math.min(ats.length, from + SCANNED_AT_ONCE - 1);
  let looked = 0;
  for (let n = from; n <= until; n += 1) {
    if (countOf(see, n) < lowest) continue;
    settleOne(see, ledger, n);
    looked += 1;
    if (looked === AT_ONCE) return n + 1;
  }
  return until >= ats.length ? 0 : until + 1;
}

/** Those in line get what has come free, in the order in which they came. */
function promote({ open }: RewardState, ledger: Ledger): void {
  for (const grant of open.values()) {
    const step = ledger.step(grant.stepId);
    if (!step || ledger.stateOf(grant) !== "waiting") continue;
    const left = stockLeft(step);
    if (left !== null && left === 0) continue;
    const { stepId, inviterN, personId } = grant;
    ledger.set({ stepId, inviterN, personId }, grant, "earned");
  }
}
