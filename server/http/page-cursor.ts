import { invalid } from "./failures.ts";

/** Where a list goes on: a number it is sorted by and an id, as one word. */
export type PageCursor = { readonly value: number; readonly id: string };

export function writePageCursor({ value, id }: PageCursor): string {
  return Buffer.from(`${value} ${id}`).toString("base64url");
}

export function readPageCursor(cursor: string | undefined): PageCursor | undefined {
  if (cursor === undefined) return undefined;
  const [, value, id] = /^(-?\d{1,15}) ([!-~]{1,80})$/.exec(Buffer.from(cursor, "base64url").toString("utf8")) ?? [];
  if (value === undefined || id === undefined) {
    throw invalid([{ path: "query.cursor", code: "cursor", message: "not a cursor that this list gave" }]);
  }
  return { value: Number(value), id };
}
