"use client";
import { count } from "../../format/money.ts";
import { Td } from "../../ui/table.tsx";

/** As many rows of a table as the board has room for. */
export const ROWS_SHOWN = 8;

/** A name that is too long ends in dots and is said whole by its title. */
export function Name({ text }: { text: string }) {
  return (
    <Td className="w-full max-w-0 truncate pl-0" title={text}>
      {text}
    </Td>
  );
}

export function More({ count: more, say }: { count: number; say: (more: string) => string }) {
  if (more <= 0) return null;
  return (
    <tfoot>
      <tr>
        <td colSpan={6} className="pt-1.5 text-xs text-faint">
          {say(count(more))}
        </td>
      </tr>
    </tfoot>
  );
}
