import { z } from "zod";
import {
  addCounters,
  bestOf,
  COUNTERS,
  SAMPLE_SOURCES,
  SampleSource,
  type Counter,
  type Counters,
} from "../metrics/sample-source.ts";
import { defineOp, reject, type Ctx, type Rejection } from "../op.ts";
import { isAhead, ToldAt } from "../told-time.ts";
import { FenAmount, Id, Instant, PlatformId } from "../units.ts";

const Count = z.int().min(0).max(10_000_000_000);
/** A counter may fall: a source that gives running totals can correct them. */
const Change = z.int().min(-10_000_000_000).max(10_000_000_000);

const counters = <T extends z.ZodType>(of: T) => ({
  entered: of.optional(),
  left: of.optional(),
  likes: of.optional(),
  comments: of.optional(),
  shares: of.optional(),
  follows: of.optional(),
  /** 观看次数. */
  views: of.optional(),
  /** 商品曝光, 商品点击 in the whole room, for sources that count them without naming the product. */
  exposures: of.optional(),
  clicks: of.optional(),
});

/** What is true at one moment: the latest counts. `viewers`: 场观, distinct persons since the start; `paidFen` and `orders`: totals typed by hand. */
const gauges = {
  online: Count.optional(),
  viewers: Count.optional(),
  paidFen: FenAmount.optional(),
  orders: Count.optional(),
};
const GAUGES = ["online", "viewers", "paidFen", "orders"] as const;
export type Gauge = (typeof GAUGES)[number];

export const ProductSample = z.object({ productId: PlatformId, exposures: Count.default(0), clicks: Count.default(0) });

export const AudienceSample = z.object({
  source: SampleSource,
  /** Default: the command's id. With `source` it makes the sample count once. */
  sampleId: Id.optional(),
  /** When it was so; default: now. */
  at: ToldAt.optional(),
  /** Whether the counters are running totals since the start; else what came since the sample before. */
  cumulative: z.boolean().default(false),
  ...gauges,
  ...counters(Count),
  products: z.array(ProductSample).max(500).default([]),
});
export type AudienceSample = z.infer<typeof AudienceSample>;

const Sampled = z.object({
  source: SampleSource,
  sampleId: Id,
  happenedAt: Instant,
  cumulative: z.boolean(),
  gauges: z.object(gauges),
  /** What the sample adds to the counters, whichever way they were sent. */
  added: z.object(counters(Change)),
  products: z.array(z.object({ productId: PlatformId, exposures: Change, clicks: Change })),
});
export type AudienceSampled = z.infer<typeof Sampled>;

/** `sampleId` decides between samples of the same moment. */
type Reading = { readonly at: Instant; readonly sampleId: string; readonly value: number };

export type SourceState = {
  readonly lastAt: Instant;
  readonly gauges: { readonly [G in Gauge]?: Reading | undefined };
  readonly counters: Counters;
};

/** What only `decide` needs; left out of replays. Changed in place. */
type SampleBook = {
  readonly seen: Set<string>;
  /** Last running total by source and counter. */
  readonly totals: Map<string, Reading>;
};

export type AudienceState = {
  readonly sources: { readonly [S in SampleSource]?: SourceState | undefined };
  readonly book: SampleBook | null;
};

/** Rules AUD1–AUD7 in SPEC.md: samples of the audience from several sources, each counted once and kept apart. */
export const audience = defineOp({
  name: "audience",
  initial: (): AudienceState => ({ sources: {}, book: { seen: new Set(), totals: new Map() } }),
  events: { "audience.sampled.v1": Sampled },
  quiet: ["audience.sampled.v1"],
  commands: {
    sample: {
      by: ["program", "owner", "manager", "operator", "floor", "assistant"],
      risk: "compensable",
      input: AudienceSample,
      decide: (see, sample, ctx) => sampleAll(see.own, [sample], ctx),
    },
    sampleMany: {
      by: ["program", "owner", "manager", "operator"],
      risk: "compensable",
      input: z.object({ items: z.array(AudienceSample).min(1).max(500) }),
      decide: (see, { items }, ctx) => sampleAll(see.own, items, ctx),
      result: (events) => ({ sampled: events.length }),
    },
  },
  apply: {
    "audience.sampled.v1": (own, sampled) => {
      if (own.book) enter(own.book, sampled);
      const { source, happenedAt } = sampled;
      const old = own.sources[source];
      const now: SourceState = {
        lastAt: old && old.lastAt > happenedAt ? old.lastAt : happenedAt,
        gauges: latestGauges(old?.gauges ?? {}, sampled),
        counters: addCounters(old?.counters ?? {}, sampled.added),
      };
      return { ...own, sources: { ...own.sources, [source]: now } };
    },
  },
  slices: {
    audience: {
      kind: "value",
      show: {
        control: (see) => audienceOf(see.own),
        review: (see) => audienceOf(see.own),
        host: (see) => ({ online: gaugeOf(see.own, "online"), viewers: gaugeOf(see.own, "viewers") }),
      },
    },
  },
  lean: (own) => ({ ...own, book: null }),
});

/** A count with where it comes from and when it was so. */
export type Sourced = { readonly value: number; readonly source: SampleSource; readonly at: Instant };

/** The latest count of the best source that has one; `null` when none has. */
export function gaugeOf(own: AudienceState, gauge: Gauge): Sourced | null {
  const best = bestOf(own.sources, (of) => of.gauges[gauge]);
  return best ? { value: best.value.value, source: best.source, at: best.value.at } : null;
}

/** The total of the best source that counts it; `at` is when that source last spoke. */
export function counterOf(own: AudienceState, counter: Counter): Sourced | null {
  const best = bestOf(own.sources, (of) =>
    of.counters[counter] === undefined ? undefined : { total: of.counters[counter], at: of.lastAt },
  );
  return best ? { value: best.value.total, source: best.source, at: best.value.at } : null;
}

/** Counters by source, for figures that fall back on another count of the same source. */
export function roomClicks({ sources }: AudienceState): { readonly [S in SampleSource]?: Counters | undefined } {
  const counted: { [S in SampleSource]?: Counters | undefined } = {};
  for (const source of SAMPLE_SOURCES) counted[source] = sources[source]?.counters;
  return counted;
}

/** The slice `audience` of control and review. */
export type ShownAudience = ReturnType<typeof audienceOf>;

function audienceOf(own: AudienceState) {
  return {
    online: gaugeOf(own, "online"),
    viewers: gaugeOf(own, "viewers"),
    entered: counterOf(own, "entered"),
    left: counterOf(own, "left"),
    likes: counterOf(own, "likes"),
    comments: counterOf(own, "comments"),
    shares: counterOf(own, "shares"),
    follows: counterOf(own, "follows"),
    views: counterOf(own, "views"),
    exposures: counterOf(own, "exposures"),
    clicks: counterOf(own, "clicks"),
    sources: SAMPLE_SOURCES.flatMap((source) => {
      const lastAt = own.sources[source]?.lastAt;
      return lastAt === undefined ? [] : [{ source, lastAt }];
    }),
  };
}

type SampledEvent = { readonly type: "audience.sampled.v1"; readonly data: AudienceSampled };

function sampleAll(own: AudienceState, samples: readonly AudienceSample[], ctx: Ctx): SampledEvent[] | Rejection {
  const book = own.book;
  if (!book) throw new Error("samples are decided on a state that was made for views only");
  const drafted = new Map<string, Reading>();
  const drafts = new Set<string>();
  const events: SampledEvent[] = [];
  for (const [index, sample] of samples.entries()) {
    const { source, at: happenedAt = ctx.now } = sample;
    const sampleId = sample.sampleId ?? (samples.length === 1 ? ctx.commandId : `${ctx.commandId}.${index}`);
    if (isAhead(happenedAt, ctx.now)) return reject("audience.timeAhead", { now: ctx.now, at: happenedAt });
    const key = sampleKey(source, sampleId);
    if (book.seen.has(key) || drafts.has(key)) continue;
    drafts.add(key);
    const stamp = { source, sampleId, happenedAt, cumulative: sample.cumulative };
    const data = {
      ...stamp,
      gauges: gaugesIn(sample),
      ...increments(sample, stamp, (counter) => drafted.get(counter) ?? book.totals.get(counter)),
    };
    for (const [counter, reading] of totalsAfter(data, (name) => drafted.get(name) ?? book.totals.get(name))) {
      drafted.set(counter, reading);
    }
    events.push({ type: "audience.sampled.v1", data });
  }
  return events;
}

type SampleStamp = Pick<AudienceSampled, "source" | "sampleId" | "happenedAt" | "cumulative">;
type LastTotal = (counter: string) => Reading | undefined;

/** AUD3: of a running total only what it adds to the last one counts; one that comes late adds nothing. */
function increments(
  sample: AudienceSample,
  stamp: SampleStamp,
  last: LastTotal,
): Pick<AudienceSampled, "added" | "products"> {
  const added = (counter: string, value: number): number => {
    if (!stamp.cumulative) return value;
    const before = last(totalKey(stamp.source, counter));
    if (!before) return value;
    return isLater(stamp, before) ? value - before.value : 0;
  };
  const counts: { [C in Counter]?: number } = {};
  for (const counter of COUNTERS) {
    const value = sample[counter];
    if (value !== undefined) counts[counter] = added(counter, value);
  }
  const products = new Map<string, { productId: string; exposures: number; clicks: number }>();
  for (const { productId, exposures, clicks } of sample.products) {
    products.set(productId, {
      productId,
      exposures: added(`e:${productId}`, exposures),
      clicks: added(`c:${productId}`, clicks),
    });
  }
  return {
    added: counts,
    products: [...products.values()].filter(({ exposures, clicks }) => exposures !== 0 || clicks !== 0),
  };
}

/** The running totals that a sample leaves, told by its increments alone, so that the book can be rebuilt from the log. */
function totalsAfter(sampled: AudienceSampled, last: LastTotal): [string, Reading][] {
  if (!sampled.cumulative) return [];
  const { source, sampleId, happenedAt } = sampled;
  const counts: [string, number][] = [
    ...COUNTERS.flatMap((counter): [string, number][] => {
      const added = sampled.added[counter];
      return added === undefined ? [] : [[counter, added]];
    }),
    ...sampled.products.flatMap(({ productId, exposures, clicks }): [string, number][] => [
      [`e:${productId}`, exposures],
      [`c:${productId}`, clicks],
    ]),
  ];
  return counts.flatMap(([counter, added]): [string, Reading][] => {
    const key = totalKey(source, counter);
    const before = last(key);
    if (before && !isLater(sampled, before)) return [];
    return [[key, { at: happenedAt, sampleId, value: (before?.value ?? 0) + added }]];
  });
}

function enter(book: SampleBook, sampled: AudienceSampled): void {
  book.seen.add(sampleKey(sampled.source, sampled.sampleId));
  for (const [key, reading] of totalsAfter(sampled, (name) => book.totals.get(name))) book.totals.set(key, reading);
}

function gaugesIn(sample: AudienceSample): AudienceSampled["gauges"] {
  return { online: sample.online, viewers: sample.viewers, paidFen: sample.paidFen, orders: sample.orders };
}

function latestGauges(old: SourceState["gauges"], sampled: AudienceSampled): SourceState["gauges"] {
  const now: { [G in Gauge]?: Reading | undefined } = { ...old };
  for (const gauge of GAUGES) {
    const value = sampled.gauges[gauge];
    const before = old[gauge];
    if (value === undefined || (before && !isLater(sampled, before))) continue;
    now[gauge] = { at: sampled.happenedAt, sampleId: sampled.sampleId, value };
  }
  return now;
}

function isLater(stamp: Pick<AudienceSampled, "happenedAt" | "sampleId">, before: Reading): boolean {
  return stamp.happenedAt > before.at || (stamp.happenedAt === before.at && stamp.sampleId > before.sampleId);
}

const sampleKey = (source: SampleSource, sampleId: string) => `${source} ${sampleId}`;
const totalKey = (source: SampleSource, counter: string) => `${source} ${counter}`;
