"use client";
import { useTranslations } from "next-intl";
import { cn } from "../ui/cn.ts";
import { Callout } from "../ui/states.tsx";

const COLUMNS_SHOWN = 12;

/** The first rows as they stand: a person points at the one with the names of the columns. */
export function HeaderPicker({
  head,
  headerRow,
  onPick,
}: {
  head: readonly (readonly string[])[];
  headerRow: number | null;
  onPick: (row: number) => void;
}) {
  const words = useTranslations("import");
  return (
    <div className="flex flex-col gap-2">
      {headerRow === null ? <Callout tone="wait">{words("noHeader")}</Callout> : null}
      <div className="overflow-x-auto rounded-md border">
        <table aria-label={words("firstRows")} className="w-full border-separate border-spacing-0 text-xs">
          <tbody>
            {head.map((row, index) => (
              <tr key={index} className={cn("hover:bg-hover", index === headerRow && "bg-picked")}>
                <td className="border-b px-2 py-1">
                  <button
                    type="button"
                    aria-pressed={index === headerRow}
                    aria-label={words("isHeader", { row: index + 1 })}
                    onClick={() => onPick(index)}
                    className="whitespace-nowrap text-act-ink hover:underline"
                  >
                    {index === headerRow ? words("headerHere") : words("rowNo", { row: index + 1 })}
                  </button>
                </td>
                {row.slice(0, COLUMNS_SHOWN).map((cell, col) => (
                  <td key={col} className="max-w-32 truncate border-b px-2 py-1 text-dim">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
