/** Lengths of time as people type them. */
const TYPED = /^(?:(\d{1,2}):)?(\d{1,4}):(\d{2})$/;
const MINUTES = /^(\d{1,4})(?:\.5)?\s*(?:分钟|分|min|m|′|')?$/i;

/** `null` when empty, `undefined` when it can't be read. */
export function durationFromText(text: string): number | null | undefined {
  const plain = text.normalize("NFKC").trim();
  if (plain === "") return null;
  const minutes = MINUTES.exec(plain);
  if (minutes) return Number(minutes[1]) * 60_000 + (plain.includes(".5") ? 30_000 : 0);
  const found = TYPED.exec(plain);
  if (!found) return undefined;
  const [, hours, mid = "0", seconds = "0"] = found;
  if (Number(seconds) > 59 || (hours !== undefined && Number(mid) > 59)) return undefined;
  return (Number(hours ?? 0) * 3_600 + Number(mid) * 60 + Number(seconds)) * 1_000;
}

/** 720000 → "12:00", 3720000 → "1:02:00". */
export function textFromDuration(ms: number): string {
  const total = Math.round(ms / 1_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.trunc(total / 3_600);
  const minutes = Math.trunc((total % 3_600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(total % 60)}` : `${minutes}:${two(total % 60)}`;
}
