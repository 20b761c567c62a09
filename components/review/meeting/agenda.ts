/** The pages of the meeting, in the order in which a 复盘会 goes through them. Pure. */
export const AGENDA = ["goals", "goods", "course", "people", "troubles", "next"] as const;
export type AgendaPage = (typeof AGENDA)[number];

/** The page that the address names, as in `#goods`; the first one otherwise. */
export function pageOf(hash: string): AgendaPage {
  return AGENDA.find((page) => `#${page}` === hash) ?? "goals";
}

/** The page `step` further on; the first and the last stay. */
export function turned(page: AgendaPage, step: number): AgendaPage {
  const at = Math.min(AGENDA.length - 1, Math.max(0, AGENDA.indexOf(page) + step));
  return AGENDA[at] ?? page;
}

/** Where a key leads: by its place on the keyboard, `null` when it leads nowhere. */
export function keyPage(page: AgendaPage, code: string): AgendaPage | null {
  switch (code) {
    case "ArrowRight":
    case "PageDown":
    case "Space":
      return turned(page, 1);
    case "ArrowLeft":
    case "PageUp":
      return turned(page, -1);
    case "Home":
      return turned(page, -AGENDA.length);
    case "End":
      return turned(page, AGENDA.length);
    default: {
      const digit = /^(?:Digit|Numpad)([1-6])$/.exec(code)?.[1];
      return digit === undefined ? null : (AGENDA[Number(digit) - 1] ?? null);
    }
  }
}
