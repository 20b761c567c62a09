import { invalid } from "./failures.ts";

/** Where a list goes on: a number it is sorted by and an id, as one word. */
export type PageCursor = { readonly value: number; readonly id: string };

export function writePageCursor({ value, id }: PageCursor): string {
  return Buffer.from(`${value} ${id}`).toString("base64url");
}

/** The most that a count or a serial number can be: it is held in an `integer` column, which cannot be compared with more. */
export const COUNT_MAX = 2_147_483_647;
/** As many ms as 15 digits tell, for lists that are sorted by time. */
const TIME_MAX = 999_999_999_999_999;

/** `valueMax` of what the list is sorted by: one that nobody was given is refused before the database would be asked with it. */
export function readPageCursor(cursor: string | undefined, valueMax: number = TIME_MAX): PageCursor | undefined {
  if (cursor === undefined) return undefined;
  const [, told, id] = /^(-?\d{1,15}) ([!-~]{1,80})$/.exec(Buffer.from(cursor, "base64url").toString("utf8")) ?? [];
  const value = Number(told);
  if (id === undefined || Math.abs(value) > valueMax) {
    throw invalid([{ path: "query.cursor", code: "cursor", message: "not a cursor that this list gave" }]);
  }
  return { value, id };
}
