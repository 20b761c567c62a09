/** Minutes of a day as people write them. Pure. */

export const textOfMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** "22:30", "8:00", "2230"; full-width digits and colons too. `null`: no time of a day. */
export function minuteOfDay(text: string): number | null {
  const [, hour = "", minute = ""] = /^(\d{1,2}):?(\d{2})$/.exec(text.normalize("NFKC").trim()) ?? [];
  if (hour === "" || Number(hour) > 23 || Number(minute) > 59) return null;
  return Number(hour) * 60 + Number(minute);
}
