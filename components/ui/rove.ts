import type { KeyboardEvent } from "react";

/** Marks a button of a row that is one stop of the Tab key. */
export const ROVE = { "data-rove": "" } as const;

/**
 * Goes along a row of buttons by the arrow keys, Home and End. The row wants `data-own-keys` and one button with `tabIndex` 0; each of its
 * buttons spreads `ROVE`.
 */
export function rove(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-rove]")];
  const now = buttons.findIndex((button) => button === document.activeElement);
  // What floats above the row is no part of it, though its keys come by here too.
  if (now < 0) return;
  const ways: Readonly<Record<string, number>> = {
    ArrowLeft: now - 1,
    ArrowRight: now + 1,
    Home: 0,
    End: buttons.length - 1,
  };
  const next = buttons[ways[event.key] ?? -1];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
