/** What a chart of minutes shows, worked out apart from drawing it. Pure. */

export const MINUTE_MS = 60_000;

export type MinutePoint<K extends string> = { readonly at: number } & { readonly [key in K]: number | null };

/** An act that stands on the axis: explaining, a coupon, a lottery. */
export type ActMarker = {
  readonly at: number;
  readonly label: string;
  readonly tone: "air" | "wait" | "private" | "public" | "plain";
};

/**
 * Every minute from `from` to `to`, in order. Sums (`fill: 0`) were nothing in a minute without a row; samples
 * (`fill: null`) are unknown then, and the line breaks.
 */
export function everyMinute<K extends string>(
  rows: ReadonlyMap<number, Partial<Readonly<Record<K, number | null>>>>,
  keys: readonly K[],
  span: { readonly from: number; readonly to: number; readonly fill: 0 | null },
): MinutePoint<K>[] {
  const first = Math.floor(span.from / MINUTE_MS) * MINUTE_MS;
  const count = Math.max(0, Math.floor((span.to - first) / MINUTE_MS) + 1);
  return Array.from({ length: Math.min(count, MINUTES_MAX) }, (_, index) => {
    const at = first + index * MINUTE_MS;
    const row = rows.get(at);
    const values = Object.fromEntries(keys.map((key) => [key, row?.[key] ?? span.fill]));
    return { at, ...values } as MinutePoint<K>;
  });
}

/** Two days: beyond it nobody looks at single minutes. */
const MINUTES_MAX = 2_880;

const STEPS_MIN = [1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480];

/** Instants for the labels of the time axis: round ones, at most `max`, none nearer to an end than its own width. */
export function timeTicks(from: number, to: number, max = 6): number[] {
  const minutes = Math.max(1, (to - from) / MINUTE_MS);
  const step = (STEPS_MIN.find((candidate) => minutes / candidate <= max) ?? 720) * MINUTE_MS;
  const first = Math.ceil(from / step) * step;
  const ticks: number[] = [];
  for (let at = first; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** The axis' top: the next 1, 2 or 5 times a power of ten above the greatest value, so that it seldom jumps. */
export function axisTop(values: Iterable<number | null>): number {
  let greatest = 0;
  for (const value of values) greatest = Math.max(greatest, value ?? 0);
  if (greatest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(greatest));
  const top = [1, 2, 5, 10].find((step) => step * power >= greatest) ?? 10;
  return top * power;
}

/**
 * Markers with the row that their label stands in, so that labels don't lie on each other. A label that fits in no
 * row is left out (`row: null`): its line stays. `pxPerMs` and widths in px.
 */
export function placeMarkers(
  markers: readonly ActMarker[],
  { pxPerMs, rows = 2, labelPx = 84 }: { readonly pxPerMs: number; readonly rows?: number; readonly labelPx?: number },
): (ActMarker & { readonly row: number | null })[] {
  const free = Array.from({ length: rows }, () => Number.NEGATIVE_INFINITY);
  return markers
    .toSorted((a, b) => a.at - b.at)
    .map((marker) => {
      const px = marker.at * pxPerMs;
      const row = free.findIndex((until) => until <= px);
      if (row < 0) return { ...marker, row: null };
      free[row] = px + labelPx;
      return { ...marker, row };
    });
}
