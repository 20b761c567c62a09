/** The longest nickname that the server takes; what is longer was a whole line of something else. */
export const NAME_MAX = 60;

/**
 * Nicknames in a pasted list: one a line, or set apart by commas or the tabs of a table. Each once, in the order of the list;
 * spaces belong to names, characters that nobody sees do not.
 */
export function namesIn(pasted: string): string[] {
  const names = pasted
    .split(/[\n\r\t,,]/u)
    .map((name) =>
      name
        .replace(/[\p{Cc}\u200b\ufeff]/gu, "")
        .trim()
        .normalize("NFC"),
    )
    .filter(Boolean);
  return [...new Set(names)];
}
