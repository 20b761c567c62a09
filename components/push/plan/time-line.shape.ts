import type { PushRow } from "#domain/push/rows.ts";

/** The pushes of a show in the order in which they go out, with now and the show's start and end among them. Pure; times ms UTC of the show's clock. */

export type Mark = "now" | "start" | "end";

export type Slot =
  | { readonly kind: "push"; readonly at: number; readonly push: PushRow }
  | { readonly kind: "mark"; readonly at: number; readonly mark: Mark };

export type TimeLine = {
  readonly timed: readonly Slot[];
  /** They wait for something to happen. */
  readonly following: readonly PushRow[];
  /** They wait for a hand. */
  readonly byHand: readonly PushRow[];
};

export type ShowMarks = { readonly now: number; readonly startAt: number; readonly endAt: number | null };

type Row = Pick<PushRow, "pushId" | "when" | "sendAt" | "handedOverAt" | "status">;

/** When it went out, else when it is to; `null`: nobody knows. One that goes out each time stays where it waits. */
export function placeOf({ when, sendAt, handedOverAt, status }: Row): number | null {
  const waitsAgain =
    when.by === "event" && !when.once && (status === "planned" || status === "held" || status === "armed");
  return waitsAgain ? null : (handedOverAt ?? sendAt);
}

export function timeLineOf(rows: Iterable<PushRow>, { now, startAt, endAt }: ShowMarks): TimeLine {
  const timed: Slot[] = [];
  const following: PushRow[] = [];
  const byHand: PushRow[] = [];
  for (const push of rows) {
    const at = placeOf(push);
    if (at !== null) timed.push({ kind: "push", at, push });
    else if (push.when.by === "event") following.push(push);
    else byHand.push(push);
  }
  const marks: Slot[] = [
    { kind: "mark", mark: "now", at: now },
    { kind: "mark", mark: "start", at: startAt },
    ...(endAt === null ? [] : [{ kind: "mark" as const, mark: "end" as const, at: endAt }]),
  ];
  return {
    timed: timed.length === 0 ? [] : [...timed, ...marks].toSorted(inOrder),
    following: following.toSorted(byTitle),
    byHand: byHand.toSorted(byTitle),
  };
}

/** A mark stands before what happens in its very moment. */
function inOrder(a: Slot, b: Slot): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.kind !== b.kind) return a.kind === "mark" ? -1 : 1;
  return a.kind === "push" && b.kind === "push" && a.push.pushId > b.push.pushId ? 1 : -1;
}

const byTitle = (a: PushRow, b: PushRow): number =>
  a.title.localeCompare(b.title, "zh-CN") || (a.pushId > b.pushId ? 1 : -1);
