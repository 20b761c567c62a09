import { z } from "zod";

/** Where a figure of the audience comes from, best first: what is measured goes before what is typed. */
export const SAMPLE_SOURCES = ["dashboard", "file", "simulator", "other", "manual"] as const;
export const SampleSource = z.enum(SAMPLE_SOURCES);
export type SampleSource = z.infer<typeof SampleSource>;

/** Things that are counted up. */
export const COUNTERS = [
  "entered",
  "left",
  "likes",
  "comments",
  "shares",
  "follows",
  "views",
  "exposures",
  "clicks",
] as const;
export type Counter = (typeof COUNTERS)[number];
export type Counters = { readonly [C in Counter]?: number | undefined };

/** The first source, best first, of which `pick` finds something. Sources are never added up: they count the same people. */
export function bestOf<S, T>(
  bySource: { readonly [K in SampleSource]?: S | undefined },
  pick: (of: S) => T | undefined,
): { readonly source: SampleSource; readonly value: T } | undefined {
  for (const source of SAMPLE_SOURCES) {
    const of = bySource[source];
    const value = of === undefined ? undefined : pick(of);
    if (value !== undefined) return { source, value };
  }
  return undefined;
}

export function addCounters(a: Counters, b: Counters): Counters {
  const sum: { [C in Counter]?: number } = {};
  for (const counter of COUNTERS) {
    const x = a[counter];
    const y = b[counter];
    if (x !== undefined || y !== undefined) sum[counter] = (x ?? 0) + (y ?? 0);
  }
  return sum;
}
