import { z } from "zod";
import { nextCue, remainingMs } from "#domain/rundown-clock.ts";
import { DurationMs, Instant } from "#domain/units.ts";
import type { StoredSlice, StoredView } from "#domain/view-store.ts";

/**
 * What a simulator reads of the control view that comes over the socket: parsed, because it is data from outside like any other, and no more than
 * is needed.
 */

const Session = z.object({
  phase: z.enum(["planned", "warmup", "live", "interrupted", "ended"]),
  plannedStartAt: z.number(),
  plannedEndAt: z.number(),
  startedAt: z.number().nullable(),
});

const Product = z.object({
  productId: z.string(),
  platformId: z.string().nullable(),
  inBag: z.object({ value: z.boolean() }).transform(({ value }) => value),
  saleState: z.object({ value: z.enum(["notYet", "onSale", "soldOut"]) }).transform(({ value }) => value),
  explained: z.unknown().transform((round) => round !== null && round !== undefined),
  sellable: z.number(),
  pool: z.number(),
  skus: z.array(
    z.object({
      platformId: z.string().nullable(),
      liveFen: z.number().nullable(),
      plannedFen: z.number(),
      usualFen: z.number().nullable(),
      sellable: z.number(),
    }),
  ),
});

const Rehearsal = z.object({
  run: z
    .object({
      runId: z.string(),
      state: z.string(),
      paused: z.boolean(),
      speed: z.number(),
      endsAt: z.number().nullable(),
    })
    .nullable(),
});

const Standstills = z.array(z.object({ from: Instant, to: Instant.nullable() }));
const Cue = z.object({
  cueId: z.string(),
  state: z.enum(["waiting", "current", "done", "skipped"]),
  from: Instant.nullable(),
  to: Instant.nullable(),
  plannedMs: DurationMs,
  pauses: Standstills,
  gaps: Standstills,
});
const Coupon = z.object({
  couponId: z.string(),
  carrier: z.string(),
  state: z.string(),
  total: z.number().nullable(),
  claimed: z.number(),
  /** Other kinds take nothing off the orders of simulated persons. */
  discount: z.object({ thresholdFen: z.number().default(0), offFen: z.number().default(0) }),
});
const Lottery = z.object({
  lotteryId: z.string(),
  carrier: z.string(),
  state: z.string(),
  closesAt: z.number().nullable(),
});

const Push = z.object({
  rounds: z.int(),
  sendAt: z.number().nullable(),
  held: z.unknown().transform((held) => held !== null),
  closed: z.unknown().transform((closed) => closed !== null),
});
const Signups = z.object({ standing: z.number() });
const Source = z.object({ code: z.string(), archived: z.boolean() });
const PushTask = z.object({
  taskId: z.string(),
  role: z.string(),
  state: z.string(),
  msgid: z.string().nullable(),
  pressedAt: z.number().nullable(),
  reminders: z.array(z.number()),
});

export type ControlView = {
  readonly at: number;
  readonly session: z.infer<typeof Session>;
  /** What the simulator is asked to do; it takes its orders from here. */
  readonly run: z.infer<typeof Rehearsal>["run"];
  readonly products: readonly z.infer<typeof Product>[];
  readonly coupons: readonly z.infer<typeof Coupon>[];
  readonly lotteries: readonly (z.infer<typeof Lottery> & { readonly own: boolean })[];
  readonly pushes: readonly z.infer<typeof Push>[];
  /** Codes of the links that hang out. */
  readonly sourceCodes: readonly string[];
  /** Whose sign-up stands. */
  readonly signups: number;
  readonly pushTasks: readonly z.infer<typeof PushTask>[];
  readonly rundown: {
    /** What is left of the current cue at a time, without pauses and interruptions; `null` when there is none. */
    remainingMs(now: number): number | null;
    /** The cue that "next" takes. */
    readonly next: string | null;
  };
};

export function controlView(view: StoredView): ControlView {
  const cues = new Map(rows(view.slices["cues"], Cue).map((cue) => [cue.cueId, cue]));
  const order = z.object({ order: z.array(z.string()) }).safeParse(value(view.slices["cueOrder"])).data?.order ?? [];
  const inOrder = order.flatMap((cueId) => cues.get(cueId) ?? []);
  const current = inOrder.find(({ state }) => state === "current");
  return {
    at: view.at,
    session: Session.parse(value(view.slices["session"])),
    run: Rehearsal.parse(value(view.slices["rehearsal"])).run,
    products: rows(view.slices["products"], Product),
    coupons: rows(view.slices["coupons"], Coupon),
    lotteries: rows(view.slices["lotteries"], Lottery).map((lottery) => ({
      ...lottery,
      own: lottery.carrier === "ownDraw",
    })),
    pushes: rows(view.slices["pushes"], Push),
    sourceCodes: rows(view.slices["sources"], Source).flatMap(({ code, archived }) => (archived ? [] : [code])),
    signups: Signups.safeParse(value(view.slices["signups"])).data?.standing ?? 0,
    pushTasks: rows(view.slices["pushTasks"], PushTask),
    rundown: {
      remainingMs: (now) => (current ? remainingMs(current, now) : null),
      next: nextCue(inOrder)?.cueId ?? null,
    },
  };
}

function rows<T>(slice: StoredSlice | undefined, schema: z.ZodType<T>): T[] {
  return slice?.kind === "keyed" ? [...slice.rows.values()].map((row) => schema.parse(row)) : [];
}

function value(slice: StoredSlice | undefined): unknown {
  return slice?.kind === "value" ? slice.value : undefined;
}
