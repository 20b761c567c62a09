/** How a workbook shows a number: as itself, as a day, as a time of day, as both, or as a length of time. */
export type Shown = "number" | "date" | "time" | "dateTime" | "elapsed";
export type NumberFormat = { readonly shown: Shown; readonly seconds: boolean };

const PLAIN: NumberFormat = { shown: "number", seconds: false };

/** Formats that every workbook has without writing them down; 27 to 58 are the East Asian dates. */
function builtIn(id: number): NumberFormat {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58)
    return { shown: "date", seconds: false };
  if (id === 22) return { shown: "dateTime", seconds: false };
  if (id === 46) return { shown: "elapsed", seconds: true };
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47 || id === 55 || id === 56)
    return { shown: "time", seconds: [19, 21, 33, 35, 45, 47].includes(id) };
  return PLAIN;
}

/** Reads a format code. Text in quotes, escapes, colours and currencies in brackets say nothing about time. */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) return builtIn(id);
  const bare = (code.split(";")[0] ?? "").replace(/"[^"]*"|\\.|_.|\*./g, "");
  if (/\[[hms]+\]/i.test(bare)) return { shown: "elapsed", seconds: true };
  const letters = bare.replace(/\[[^\]]*\]/g, "").toLowerCase();
  if (/general|[#?]|0[.,]?0*e[+-]/.test(letters)) return PLAIN;
  const day = /[yd]|年|月|日/.test(letters) || /^m+$/.test(letters);
  const clock = /[hs]|am\/pm|上午/.test(letters);
  const seconds = letters.includes("s");
  if (day && clock) return { shown: "dateTime", seconds };
  if (day) return { shown: "date", seconds: false };
  return clock ? { shown: "time", seconds } : PLAIN;
}

const two = (value: number): string => String(value).padStart(2, "0");

function clockText(seconds: number, withSeconds: boolean): string {
  const hours = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;
  return withSeconds || seconds % 60 !== 0 ? `${hours}:${two(seconds % 60)}` : hours;
}

/** A serial day number as ISO text in local wall time, as the cell shows it; null when it can't be a moment. */
export function momentText(serial: number, format: NumberFormat, epoch1904: boolean): string | null {
  const seconds = Math.round(serial * 86_400);
  if (!Number.isFinite(seconds) || seconds < 0 || serial > 2_958_465) return null;
  if (format.shown === "elapsed" || (format.shown === "time" && serial < 1)) return clockText(seconds, format.seconds);
  const days = Math.floor(seconds / 86_400) + (epoch1904 ? 1_462 : 0);
  // Excel counts a 29 February 1900 that never was.
  const date = new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * 86_400_000).toISOString().slice(0, 10);
  return seconds % 86_400 === 0 && format.shown === "date" ? date : `${date}T${clockText(seconds % 86_400, true)}`;
}
