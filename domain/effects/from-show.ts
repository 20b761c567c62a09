import { z } from "zod";
import { MINUTE_MS, minuteOf } from "../metrics/pace.ts";
import type { Snapshot } from "../wire.ts";
import type { EffectsInput, ProductShare } from "./report.ts";
import { actsOf, SeenOnSale, TapeRow } from "./show-acts.ts";

/** From what a show's review view and its tape hold to what the estimate takes. Times ms UTC, money fen. */

const Span = z.object({ from: z.number(), to: z.number().nullable() });
const SessionSlice = z.object({
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  interruptions: z.array(Span),
});

export const ShowRecord = SessionSlice.extend({
  /** Time of the last event that the record knows: the end of a show that still runs. */
  at: z.number(),
  /** Slice `series`, in any order; a minute without anything has no row. */
  series: z.array(z.object({ at: z.number(), paidFen: z.number(), orders: z.number(), online: z.number().nullable() })),
  /** Slice `roundFigures`. */
  rounds: z.array(Span.extend({ productId: z.string() })),
  /** In order. All of the show: what is missing counts as ordinary course. */
  tape: z.array(TapeRow),
  /** Products that data alone told to be on sale, and since when; for a tape without what data told. */
  seenOnSale: z.array(SeenOnSale),
  /** Pushes to customer groups, by when they went out. */
  groupPushes: z.array(z.object({ id: z.string(), at: z.number() })),
});
export type ShowRecord = z.infer<typeof ShowRecord>;

/** Of a row of the slice `pushes`. A push acts when the first member presses send, not when it is handed over; a robot tells staff, not customers. */
const WentOut = z.object({
  pushId: z.string(),
  kind: z.enum(["groups", "customers", "robot", "forward"]),
  wentOutAt: z.number().nullable(),
});

export function groupPushesOf(rows: readonly unknown[]): ShowRecord["groupPushes"] {
  return rows.flatMap((row) => {
    const { pushId: id, kind, wentOutAt: at } = WentOut.parse(row);
    return at === null || kind === "robot" ? [] : [{ id, at }];
  });
}

/**
 * What a snapshot of the review audience holds. Its slice `tape` ends with the last 200 acts: for a long show pass the whole tape. `groupPushes`
 * null: those that its slice `pushes` holds.
 */
export function recordOf(
  { at, slices }: Snapshot,
  more: { readonly tape: readonly TapeRow[] | null; readonly groupPushes: ShowRecord["groupPushes"] | null },
): ShowRecord {
  const rows = (name: string) => {
    const slice = slices[name];
    return slice?.kind === "keyed" ? slice.rows.map(([, row]) => row) : [];
  };
  const { session, tape } = slices;
  return ShowRecord.parse({
    ...SessionSlice.parse(session?.kind === "value" ? session.value : undefined),
    at,
    series: rows("series"),
    rounds: rows("roundFigures"),
    tape: more.tape ?? (tape?.kind === "appended" ? tape.items : []),
    seenOnSale: [],
    groupPushes: more.groupPushes ?? groupPushesOf(rows("pushes")),
  });
}

/** The series holds a day. */
const MINUTES_MAX = 24 * 60;

/** `undefined`: the show has not begun. */
export function effectsInputOf(show: ShowRecord): EffectsInput | undefined {
  if (show.startedAt === null) return undefined;
  const startAt = minuteOf(show.startedAt);
  const endAt = Math.max(show.startedAt, show.endedAt ?? show.at);
  const length = Math.min(MINUTES_MAX, Math.ceil((endAt - startAt) / MINUTE_MS));
  const rows = new Map(show.series.map((row) => [row.at, row]));
  const minutes = Array.from({ length }, (_, n) => startAt + n * MINUTE_MS);
  const pushes = show.groupPushes.map(({ id, at }) => ({
    id,
    kind: "groupPush" as const,
    at,
    endAt: null,
    refs: { productId: null, couponId: null, lotteryId: null },
  }));
  return {
    startAt,
    paidFen: minutes.map((at) => rows.get(at)?.paidFen ?? 0),
    orders: minutes.map((at) => rows.get(at)?.orders ?? 0),
    online: minutes.map((at) => rows.get(at)?.online ?? null),
    explained: minutes.map((at) => sharesOf(show.rounds, at, endAt)),
    off: minutes.map((at) => isOff(show, at, endAt)),
    acts: [...actsOf(show.tape, show.seenOnSale), ...pushes]
      .filter(({ at }) => at >= startAt && at < endAt)
      .toSorted((a, b) => a.at - b.at),
  };
}

function sharesOf(rounds: ShowRecord["rounds"], at: number, endAt: number): ProductShare[] {
  const shares = new Map<string, number>();
  for (const { productId, from, to } of rounds) {
    const part = within({ from, to: to ?? endAt }, at) / MINUTE_MS;
    if (part > 0) shares.set(productId, (shares.get(productId) ?? 0) + part);
  }
  return [...shares].map(([productId, share]) => ({ productId, share }));
}

/** A minute that the show fills only in part, or that it was cut off in, is like no other. */
function isOff({ startedAt, interruptions }: ShowRecord, at: number, endAt: number): boolean {
  if (startedAt === null || at < startedAt || at + MINUTE_MS > endAt) return true;
  return interruptions.some(({ from, to }) => within({ from, to: to ?? endAt }, at) > 0);
}

/** How much of the minute from `at` lies in the span, ms. */
function within({ from, to }: { readonly from: number; readonly to: number }, at: number): number {
  return Math.max(0, Math.min(to, at + MINUTE_MS) - Math.max(from, at));
}
