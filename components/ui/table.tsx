import type { HTMLAttributes, ReactNode, TdHTMLAttributes, ThHTMLAttributes } from "react";
import { cn } from "./cn.ts";

/** A dense table: 36 px rows, hairlines, heads that stay. Numbers stand right. */
export function Table({ children, className, label }: { children: ReactNode; className?: string; label?: string }) {
  return (
    <table aria-label={label} className={cn("w-full border-separate border-spacing-0 text-sm", className)}>
      {children}
    </table>
  );
}

/** A table with more columns than a phone is wide: there it moves sideways by itself. */
export function WideTable({ children, label }: { children: ReactNode; label: string }) {
  return (
    <div className="max-md:-mx-3 max-md:overflow-x-auto max-md:px-3">
      <Table label={label} className="max-md:min-w-[760px]">
        {children}
      </Table>
    </div>
  );
}

export function Head({ children }: { children: ReactNode }) {
  return (
    <thead>
      <tr>{children}</tr>
    </thead>
  );
}

/** A head without visible words says what its column is by `aria-label`. */
export function Th({
  className,
  numeric,
  children,
  "aria-label": label,
  ...rest
}: ThHTMLAttributes<HTMLTableCellElement> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={cn(
        "sticky top-0 z-10 h-8 border-b bg-page px-3 text-left text-xs font-normal whitespace-nowrap text-faint",
        numeric && "text-right",
        className,
      )}
      {...rest}
    >
      {children}
      {label ? <span className="sr-only">{label}</span> : null}
    </th>
  );
}

export function Tr({ className, ...rest }: HTMLAttributes<HTMLTableRowElement>) {
  return <tr className={cn("group hover:bg-hover", className)} {...rest} />;
}

export function Td({ className, numeric, ...rest }: TdHTMLAttributes<HTMLTableCellElement> & { numeric?: boolean }) {
  return <td className={cn("h-9 border-b px-3", numeric && "text-right tabular-nums", className)} {...rest} />;
}

/** What a row is called, and the way into it: on one line, whole by its title. */
export function RowTitle({ title, onOpen }: { title: string; onOpen: () => void }) {
  return (
    <button
      type="button"
      className="max-w-full truncate text-left font-medium hover:underline"
      title={title}
      onClick={onOpen}
    >
      {title}
    </button>
  );
}
