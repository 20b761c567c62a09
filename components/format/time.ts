/** Instants (ms UTC) as people read them in Asia/Shanghai, and durations. */

export { duration } from "#domain/figure-text.ts";

export const DEFAULT_ZONE = "Asia/Shanghai";

const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  const known = cache.get(key);
  if (known) return known;
  // en-GB for the figures alone: two digits, 24 hours; words come from the strings.
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options });
  cache.set(key, made);
  return made;
}

/** "21:07" */
export const clockTime = (at: number, zone = DEFAULT_ZONE) =>
  formatter(zone, { hour: "2-digit", minute: "2-digit" }).format(at);

/** "21:07:18" */
export const clockSeconds = (at: number, zone = DEFAULT_ZONE) =>
  formatter(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(at);

/** "2026-11-21" */
export function day(at: number, zone = DEFAULT_ZONE): string {
  const found = Object.fromEntries(
    formatter(zone, { year: "numeric", month: "2-digit", day: "2-digit" })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${found["year"]}-${found["month"]}-${found["day"]}`;
}

/** "11-21 20:00" */
export const dayTime = (at: number, zone = DEFAULT_ZONE) => `${day(at, zone).slice(5)} ${clockTime(at, zone)}`;

/** For the running show's clock, which keeps its width: "01:24:36". */
export function durationFixed(ms: number): string {
  const total = Math.max(0, Math.trunc(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.trunc(total / 3600))}:${two(Math.trunc((total % 3600) / 60))}:${two(total % 60)}`;
}

/** Counted from a show's start, before it too: "00:04:10", "−00:00:30". */
export function showTime(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${seconds < 0 ? "−" : ""}${durationFixed(Math.abs(seconds) * 1_000)}`;
}
