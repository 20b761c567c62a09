import type { StoredEvent } from "#domain/event.ts";
import type { Metric } from "#domain/warmup/board.ts";

/**
 * Who brought how many, counted from a log in the plainest way: everything is looked at anew for each question, nothing is kept up to date. Shares no code
 * with the rules that it checks.
 */

type Person = {
  readonly n: number;
  readonly signedSeq: number;
  readonly inviterN: number;
  verdict: string;
  cancelled: boolean;
  left: boolean;
  mergedInto: number;
};

export type Place = { readonly n: number; readonly count: number; readonly reached: number };

export type Recount = {
  readonly board: readonly Place[];
  readonly standing: number;
  readonly cancelled: number;
  /** Ids, as they are known by now, of those who count for somebody, whatever the metric; whoever counted twice would stand here twice. */
  readonly counted: readonly string[];
};

export function recount(log: readonly StoredEvent[], metric: Metric): Recount {
  const people = new Map<number, Person>();
  const into = new Map<string, string>();
  const idOf = new Map<number, string>();
  const who = (id: string): string => {
    const next = into.get(id);
    return next === undefined ? id : who(next);
  };
  const deeds: { kind: "watched" | "claimed" | "paid"; id: string; seq: number; more: number }[] = [];
  const out = new Set<number>();
  let frozenAt = Infinity;
  const root = (n: number): number => {
    const to = people.get(n)?.mergedInto ?? 0;
    return to === 0 ? n : root(to);
  };
  for (const { seq, type, data } of log) {
    const of = Object(data);
    const person = people.get(of.n);
    switch (type) {
      case "person.merged.v1":
        into.set(of.from, of.into);
        break;
      case "signup.recorded.v1":
        idOf.set(of.n, of.personId);
        people.set(of.n, {
          n: of.n,
          signedSeq: seq,
          inviterN: of.invite?.inviterN ?? 0,
          verdict: of.invite?.standing ?? "",
          cancelled: false,
          left: false,
          mergedInto: 0,
        });
        break;
      case "signup.cancelled.v1":
      case "signup.resumed.v1":
        if (person) person.cancelled = type === "signup.cancelled.v1";
        break;
      case "signup.left.v1":
      case "signup.returned.v1":
        for (const { n } of of.people) Object.assign(people.get(n) ?? {}, { left: type === "signup.left.v1" });
        break;
      case "signup.merged.v1": {
        const keep = people.get(of.keep.n);
        const gone = people.get(of.gone.n);
        if (!keep || !gone) break;
        keep.cancelled &&= gone.cancelled;
        // Of the rule's time the event says whether the other's leaving falls into it.
        keep.left ||= of.leftAt !== undefined;
        gone.left = false;
        gone.mergedInto = keep.n;
        break;
      }
      case "signup.watched.v1":
        for (const { personId } of of.people) deeds.push({ kind: "watched", id: personId, seq, more: 1 });
        break;
      case "invite.suspected.v1":
        for (const { n } of of.found) Object.assign(people.get(n) ?? {}, { verdict: "held" });
        break;
      case "invite.decided.v1":
      case "invite.decisionTakenBack.v1":
        for (const { n, to } of [...of.changes, ...(of.gone ?? [])])
          Object.assign(people.get(n) ?? {}, { verdict: to });
        break;
      case "invite.disqualified.v1":
        out.add(of.n);
        break;
      case "invite.reinstated.v1":
        out.delete(root(of.n));
        for (const n of out) if (root(n) === root(of.n)) out.delete(n);
        break;
      case "coupon.claimed.v1":
      case "coupon.claimVoided.v1":
        deeds.push({ kind: "claimed", id: of.personId, seq, more: type === "coupon.claimed.v1" ? 1 : -1 });
        break;
      case "order.recorded.v1":
        for (const { personId, orders } of of.payers ?? [])
          deeds.push({ kind: "paid", id: personId, seq, more: orders });
        break;
      case "leaderboard.frozenSet.v1":
        frozenAt = of.to ? (of.since?.seq ?? seq) : Infinity;
        break;
    }
  }
  const doneAt = (person: Person): number => {
    if (metric === "valid") return person.signedSeq;
    const id = who(idOf.get(person.n) ?? "");
    const own = deeds.filter((deed) => deed.kind === metric && who(deed.id) === id);
    let held = 0;
    let since: number[] = [];
    for (const { more, seq } of own) {
      held = Math.max(0, held + more);
      if (held === 0) since = [];
      else since.push(seq);
    }
    return since.length === 0 ? 0 : Math.max(Math.min(...since), person.signedSeq);
  };
  const standing = [...people.values()].filter(({ mergedInto }) => mergedInto === 0);
  const counted = standing.filter(
    ({ inviterN, verdict, cancelled, left }) => inviterN > 0 && verdict === "counts" && !cancelled && !left,
  );
  const shown = counted.filter((person) => {
    const done = doneAt(person);
    return done > 0 && done <= frozenAt;
  });
  const isOff = (n: number): boolean =>
    people.get(n)?.cancelled === true || [...out].some((other) => root(other) === n);
  const board = standing.flatMap(({ n }): Place[] => {
    const friends = shown.filter(({ inviterN }) => root(inviterN) === n);
    if (friends.length === 0 || isOff(n)) return [];
    return [{ n, count: friends.length, reached: Math.max(...friends.map(doneAt)) }];
  });
  return {
    board: board.toSorted((a, b) => b.count - a.count || a.reached - b.reached || a.n - b.n),
    standing: standing.filter(({ cancelled }) => !cancelled).length,
    cancelled: standing.filter(({ cancelled }) => cancelled).length,
    counted: counted.map(({ n }) => who(idOf.get(n) ?? "")),
  };
}
