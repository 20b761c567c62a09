/** What a press means on the prompt board: pedals and clickers are keyboards that send these. */
export type Turn = "next" | "back" | "first" | "last";

const TURNS: Readonly<Record<string, Turn>> = {
  PageDown: "next",
  Space: "next",
  Enter: "next",
  NumpadEnter: "next",
  ArrowRight: "next",
  ArrowDown: "next",
  PageUp: "back",
  Backspace: "back",
  ArrowLeft: "back",
  ArrowUp: "back",
  Home: "first",
  End: "last",
};

export const turnOf = (code: string): Turn | null => TURNS[code] ?? null;

/** The page after a turn, from 0; `pages` ≥ 1. */
export function turned(page: number, turn: Turn, pages: number): number {
  const target = { next: page + 1, back: page - 1, first: 0, last: pages - 1 }[turn];
  return Math.max(0, Math.min(pages - 1, target));
}
