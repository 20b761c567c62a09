/** A stretch of time laid out over some pixels, moved and zoomed. Pure. */

/** What part of the whole is in sight, ms UTC. */
export type AxisWindow = { readonly from: number; readonly to: number };

/** A minute over the whole width: a second is then twenty pixels. */
const WINDOW_MIN_MS = 60_000;

export function clampWindow({ from, to }: AxisWindow, whole: AxisWindow): AxisWindow {
  const length = Math.min(Math.max(to - from, Math.min(WINDOW_MIN_MS, whole.to - whole.from)), whole.to - whole.from);
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: start, to: start + length };
}

/** `factor` below 1 comes nearer; what stands at `at` stays where it is. */
export function zoomed(
  window: AxisWindow,
  whole: AxisWindow,
  { at, factor }: { at: number; factor: number },
): AxisWindow {
  return clampWindow({ from: at - (at - window.from) * factor, to: at + (window.to - at) * factor }, whole);
}

export function moved(window: AxisWindow, whole: AxisWindow, byMs: number): AxisWindow {
  const length = window.to - window.from;
  const from = Math.min(Math.max(window.from + byMs, whole.from), whole.to - length);
  return { from, to: from + length };
}

/** Moves the window just so far that `at` is in sight, with a tenth of room around it. */
export function bringing(window: AxisWindow, whole: AxisWindow, at: number): AxisWindow {
  const room = (window.to - window.from) / 10;
  if (at >= window.from && at <= window.to) return window;
  return moved(window, whole, at < window.from ? at - room - window.from : at + room - window.to);
}

export const shareOf = ({ from, to }: AxisWindow, at: number): number => (at - from) / Math.max(1, to - from);

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const STEPS_MS = [
  ...[5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480].map((minutes) => minutes * MINUTE_MS),
];

/** Instants for labels: round ones, at most `max`. Seconds are told where the step is below a minute. */
export function axisTicks(
  { from, to }: AxisWindow,
  max: number,
): { readonly at: readonly number[]; readonly seconds: boolean } {
  const step = STEPS_MS.find((candidate) => (to - from) / candidate <= max) ?? 720 * MINUTE_MS;
  const at: number[] = [];
  for (let next = Math.ceil(from / step) * step; next <= to; next += step) at.push(next);
  return { at, seconds: step < MINUTE_MS };
}

/** One value a minute, by the minute's start. */
export type MinuteValues = ReadonlyMap<number, number>;

export type PlotBox = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly window: AxisWindow;
  readonly top: number;
};

const round = (px: number) => Math.round(px * 10) / 10;

/** Minutes in sight, and one on either side. */
function* minutesIn({ from, to }: AxisWindow): Generator<number> {
  for (let at = Math.floor(from / MINUTE_MS) * MINUTE_MS - MINUTE_MS; at <= to + MINUTE_MS; at += MINUTE_MS) yield at;
}

/** A sum of each minute as a step that is as wide as its minute: what is not there was nothing. An SVG path, closed at the bottom. */
export function stepsPath(values: MinuteValues, { widthPx, heightPx, window, top }: PlotBox): string {
  const x = (at: number) => round(shareOf(window, at) * widthPx);
  const y = (value: number) => round(heightPx - (Math.max(0, value) / top) * heightPx);
  const parts: string[] = [];
  let started = false;
  for (const at of minutesIn(window)) {
    const level = y(values.get(at) ?? 0);
    parts.push(started ? `V${level}H${x(at + MINUTE_MS)}` : `M${x(at)},${heightPx}V${level}H${x(at + MINUTE_MS)}`);
    started = true;
  }
  return started ? `${parts.join("")}V${heightPx}Z` : "";
}

/** What a source counted, from minute to minute; where it said nothing the line breaks. An SVG path. */
export function linePath(values: MinuteValues, { widthPx, heightPx, window, top }: PlotBox): string {
  const parts: string[] = [];
  let isOpen = false;
  for (const at of minutesIn(window)) {
    const value = values.get(at);
    if (value === undefined) {
      isOpen = false;
      continue;
    }
    // The middle of its minute.
    const x = round(shareOf(window, at + MINUTE_MS / 2) * widthPx);
    const point = `${x},${round(heightPx - (Math.max(0, value) / top) * heightPx)}`;
    // A minute that stands alone is a dot.
    parts.push(isOpen ? `L${point}` : `M${point}h0`);
    isOpen = true;
  }
  return parts.join("");
}
