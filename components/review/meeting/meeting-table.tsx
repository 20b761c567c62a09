import type { ReactNode } from "react";
import { cn } from "../../ui/cn.ts";

/** A part of a meeting's page under its heading. Sizes go by the page's letter, which goes by the projector. */
export function Part({
  title,
  hint,
  className,
  children,
}: {
  title: ReactNode;
  hint?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={cn("flex min-w-0 flex-col gap-[0.5em]", className)}>
      <h2 className="text-[1.1em] font-semibold text-dim">{title}</h2>
      {children}
      {hint ? <p className="text-[0.75em] text-faint">{hint}</p> : null}
    </section>
  );
}

export type Column = { readonly head: string; readonly numeric?: boolean; readonly wide?: boolean };

/** A table that is read from the far end of a room. */
export function MeetingTable({
  label,
  columns,
  rows,
}: {
  label: string;
  columns: readonly Column[];
  rows: readonly { readonly key: string; readonly cells: readonly ReactNode[]; readonly faint?: boolean }[];
}) {
  return (
    <table aria-label={label} className="w-full border-separate border-spacing-0 text-[1em]">
      <thead>
        <tr>
          {columns.map(({ head, numeric, wide }) => (
            <th
              key={head}
              scope="col"
              className={cn(
                "border-b px-[0.6em] py-[0.3em] text-left text-[0.75em] font-normal whitespace-nowrap text-faint",
                numeric && "text-right",
                wide && "w-full",
              )}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells, faint }) => (
          <tr key={key} className={faint ? "text-faint" : undefined}>
            {cells.map((cell, index) => (
              <td
                key={columns[index]?.head ?? index}
                className={cn(
                  "border-b px-[0.6em] py-[0.4em]",
                  columns[index]?.numeric && "text-right whitespace-nowrap tabular-nums",
                  columns[index]?.wide && "max-w-0 truncate",
                )}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
