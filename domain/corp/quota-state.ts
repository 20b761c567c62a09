import { civilOf, dayNumber, dayNumberOf } from "../shanghai-day.ts";

/** The account of what WeCom lets a customer or a customer group receive (rules QUO1–QUO8). Days are numbers since 1970-01-01 in Shanghai. */

/** As the corp's admin has set it: as many a month as it has days, 7 a calendar week (from Monday), or 1 a day. */
export const QUOTA_RULES = ["daysOfMonth", "sevenAWeek", "oneADay"] as const;
export type QuotaRule = (typeof QUOTA_RULES)[number];

/** `result`: WeCom's results of a push. `own`: a member's own send. `corp`: another one of the corp, not Kaibo's. */
export const SEND_SOURCES = ["result", "own", "corp"] as const;
export type SendSource = (typeof SEND_SOURCES)[number];

export type Send = { readonly sendId: string; readonly day: number; readonly source: SendSource };
export type Reservation = { readonly pushId: string; readonly day: number };

/** One group or customer. Replaced when it changes. */
export type Account = {
  readonly sends: readonly Send[];
  readonly reserved: readonly Reservation[];
  /** Days that were read whole, the first and the last; `null`: never read. */
  readonly readFrom: number | null;
  readonly readTo: number | null;
};

export type QuotaPlan = {
  readonly pushId: string;
  readonly sessionId: string;
  readonly day: number;
  readonly targetIds: readonly string[];
  /** Asked for and not given. */
  readonly over: readonly string[];
};

export type QuotaState = {
  readonly rule: QuotaRule;
  /** By group or customer. The map is changed in place: a plan touches ten thousand of them. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** What is reserved, by push. */
  readonly plans: ReadonlyMap<string, QuotaPlan>;
};

export const emptyQuota = (): QuotaState => ({ rule: "daysOfMonth", accounts: new Map(), plans: new Map() });
const NOTHING: Account = { sends: [], reserved: [], readFrom: null, readTo: null };
export const accountOf = ({ accounts }: Pick<QuotaState, "accounts">, targetId: string): Account =>
  accounts.get(targetId) ?? NOTHING;

export type Span = { readonly from: number; readonly to: number; readonly limit: number };

/** The month, week or day in which a send of this day counts, and how many it allows. */
export function spanOf(rule: QuotaRule, day: number): Span {
  if (rule === "oneADay") return { from: day, to: day, limit: 1 };
  if (rule === "sevenAWeek") {
    // 1970-01-01 was a Thursday.
    const from = day - ((((day + 3) % 7) + 7) % 7);
    return { from, to: from + 6, limit: 7 };
  }
  const { y, m } = civilOf(day);
  const from = dayNumber(`${y}-${m}-1`);
  const to = dayNumber(m === 12 ? `${y + 1}-1-1` : `${y}-${m + 1}-1`) - 1;
  return { from, to, limit: to - from + 1 };
}

const within = (span: Span, day: number): boolean => day >= span.from && day <= span.to;

export type Standing = {
  /** Sends known, and those that other pushes have reserved. */
  readonly used: number;
  readonly reserved: number;
  readonly left: number;
  readonly limit: number;
  /** `exact`: the whole span up to today was read. `atLeast`: more may have been used. `unknown`: nobody ever looked. */
  readonly known: "exact" | "atLeast" | "unknown";
};

/** How a group or customer stands in the span of `day`, seen from `today`; without what `pushId` has reserved itself. */
export function standingOf(
  account: Account,
  asked: { readonly rule: QuotaRule; readonly day: number; readonly today: number; readonly pushId?: string },
): Standing {
  const { rule, day, today, pushId } = asked;
  const span = spanOf(rule, day);
  let used = 0;
  for (const send of account.sends) if (within(span, send.day)) used += 1;
  let reserved = 0;
  for (const other of account.reserved) if (other.pushId !== pushId && within(span, other.day)) reserved += 1;
  const left = Math.max(0, span.limit - used - reserved);
  return { used, reserved, left, limit: span.limit, known: knownOf(account, span, today) };
}

/** Of a span to come there is nothing to read yet. */
function knownOf({ readFrom, readTo, sends }: Account, span: Span, today: number): Standing["known"] {
  if (span.from > today) return "exact";
  if (readFrom === null || readTo === null) return sends.length > 0 ? "atLeast" : "unknown";
  return readFrom <= span.from && readTo >= Math.min(today, span.to) ? "exact" : "atLeast";
}

export type Unreached = { readonly pushId: string; readonly targetIds: readonly string[] };

/** Which planned pushes would not reach whom if all went out as planned: the earlier ones take what is left (QUO7). */
export function unreachedBy(state: QuotaState): Unreached[] {
  const found = new Map<string, Set<string>>();
  const note = (pushId: string, targetId: string) => {
    const targets = found.get(pushId) ?? new Set<string>();
    found.set(pushId, targets.add(targetId));
  };
  for (const { pushId, over } of state.plans.values()) for (const targetId of over) note(pushId, targetId);
  for (const [targetId, account] of state.accounts) {
    const inOrder = account.reserved.toSorted((a, b) => a.day - b.day || (a.pushId < b.pushId ? -1 : 1));
    for (const [at, { pushId, day }] of inOrder.entries()) {
      const span = spanOf(state.rule, day);
      const used = account.sends.filter((send) => within(span, send.day)).length;
      const before = inOrder.slice(0, at).filter((other) => within(span, other.day)).length;
      if (used + before + 1 > span.limit) note(pushId, targetId);
    }
  }
  return [...found].map(([pushId, targetIds]) => ({ pushId, targetIds: [...targetIds] }));
}

export type ForecastSpan = {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  readonly plans: readonly {
    readonly pushId: string;
    readonly sessionId: string;
    readonly day: number;
    readonly targets: number;
    readonly unreached: number;
  }[];
  /** Groups and customers by what would be left of their quota when all plans have gone out; 0 to `limit`. */
  readonly left: readonly number[];
  /** Of how many of these the use in the span is not read in full: what they have left is at most that. */
  readonly unsure: number;
};

/** What the coming weeks use, span by span (days under `oneADay`, weeks, months). */
export function forecastOf(state: QuotaState, at: number, weeks: number): ForecastSpan[] {
  const today = dayNumberOf(at);
  const unreached = new Map(unreachedBy(state).map(({ pushId, targetIds }) => [pushId, targetIds.length]));
  const spans: ForecastSpan[] = [];
  for (let day = today; day < today + weeks * 7;) {
    const span = spanOf(state.rule, day);
    const plans = [...state.plans.values()]
      .filter((plan) => within(span, plan.day))
      .toSorted((a, b) => a.day - b.day)
      .map(({ pushId, sessionId, day: planned, targetIds, over }) => ({
        pushId,
        sessionId,
        day: planned,
        targets: targetIds.length + over.length,
        unreached: unreached.get(pushId) ?? 0,
      }));
    const left = Array.from({ length: span.limit + 1 }, () => 0);
    let unsure = 0;
    for (const account of state.accounts.values()) {
      const { left: rest, known } = standingOf(account, { rule: state.rule, day: span.from, today });
      left[rest] = (left[rest] ?? 0) + 1;
      if (known !== "exact") unsure += 1;
    }
    spans.push({ ...span, plans, left, unsure });
    day = span.to + 1;
  }
  return spans;
}
