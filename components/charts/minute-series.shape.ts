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

/**
 * Where the axis of time ends: with the last point, or with the last act of its minute and of the one that runs. A minute has
 * its point when it is over, an act stands from when it was pressed; what was done long after the last point is not on it.
 */
export function axisEnd(points: readonly { readonly at: number }[], markers: readonly ActMarker[]): number {
  const last = points.at(-1)?.at ?? 1;
  return markers.reduce((end, { at }) => (at < last + 2 * MINUTE_MS ? Math.max(end, at) : end), last);
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

export type PlacedMarker = ActMarker & {
  /** The label's row from above; `null` where it would lie on another: the line stands alone. */
  readonly row: number | null;
  /** On which side of its line the label stands. */
  readonly side: "left" | "right";
};

/** Px a label takes at 11 px type, its distance from the line included: Chinese is as wide as it is high. */
export function labelWidth(label: string): number {
  return Array.from(label).reduce((width, letter) => width + (isWide(letter) ? 11 : 6.5), 10);
}

const ROWS = 2;

/**
 * Where labels stand so that none lies on another or is cut by the plot's end: right of its line while there is room,
 * else left of it, in the first free row. `from` is the plot's left end, `widthPx` how wide it is.
 */
export function placeMarkers(
  markers: readonly ActMarker[],
  { from, pxPerMs, widthPx }: { readonly from: number; readonly pxPerMs: number; readonly widthPx: number },
): PlacedMarker[] {
  const taken = Array.from({ length: ROWS }, (): { from: number; to: number }[] => []);
  return markers
    .toSorted((a, b) => a.at - b.at)
    .map((marker) => {
      const px = (marker.at - from) * pxPerMs;
      const width = labelWidth(marker.label);
      const side = px + width <= widthPx ? "right" : "left";
      const span = side === "right" ? { from: px, to: px + width } : { from: px - width, to: px };
      const row =
        span.from < 0
          ? -1
          : taken.findIndex((spans) => spans.every((one) => one.to <= span.from || one.from >= span.to));
      taken[row]?.push(span);
      return { ...marker, side, row: row < 0 ? null : row };
    });
}

/** How long a label on the plot may get: as twelve Chinese letters, or twice as many Latin ones. The tape has all of it. */
const LABEL_WIDTH = 24;

const isWide = (letter: string) => letter > "\u2e7f";

export function shortLabel(label: string): string {
  const letters = Array.from(label);
  const widths = letters.map((letter) => (isWide(letter) ? 2 : 1));
  if (widths.reduce((sum, width) => sum + width, 0) <= LABEL_WIDTH) return label;
  let left = LABEL_WIDTH - 2;
  const kept = letters.filter((_, index) => (left -= widths[index] ?? 1) >= 0);
  return `${kept.join("").trimEnd()}…`;
}
