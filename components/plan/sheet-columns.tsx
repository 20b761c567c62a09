"use client";
import { useTranslations } from "next-intl";
import type { Cell } from "#domain/sheet/cells.ts";
import { Select } from "../ui/select.tsx";
import { Callout } from "../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { Tag } from "../ui/tag.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { SHEET_FIELDS } from "./sheet-fields.ts";
import { columnLetter } from "./column-letter.ts";
import type { ProductField, Table as Sheet } from "./sheet-reading.ts";

const SAMPLES = 4;
/** Below this a person should look. */
const SURE = 0.7;
const MANY = new Set<ProductField>(["sellingPoints", "note", "skuName"]);

const textOf = (cell: Cell | undefined) => (cell === undefined ? "" : typeof cell === "string" ? cell : cell.number);

/** What each column was taken for, to be put right by hand. */
export function SheetColumns({
  table,
  onHeaderRow,
  onChange,
}: {
  table: Sheet;
  onHeaderRow: (row: number) => void;
  onChange: (columns: Sheet["columns"]) => void;
}) {
  const words = useTranslations("plan.sheet");
  const names = useTranslations("sheetField");
  const samples = table.rows.slice(table.headerRow + 1, table.headerRow + 1 + SAMPLES);
  const set = (col: number, field: ProductField | null) =>
    onChange(
      table.columns.map((column) => {
        if (column.col === col) return { ...column, field, confidence: 1 };
        // A field has one column, unless it may have several; the newest word wins.
        return field !== null && column.field === field && !MANY.has(field) ? { ...column, field: null } : column;
      }),
    );
  const doubtful = table.columns.filter(({ field, confidence }) => field !== null && confidence < SURE).length;
  return (
    <div className="flex flex-col gap-3">
      {table.headerRow < 0 ? <Callout tone="wait">{words("noHeader")}</Callout> : null}
      <div className="flex items-center gap-3 text-sm">
        <span className="text-dim">{words("headerRow")}</span>
        <div className="w-16">
          <NumberField
            size="sm"
            aria-label={words("headerRow")}
            min={1}
            max={table.rows.length}
            value={table.headerRow < 0 ? null : table.headerRow + 1}
            onCommit={(row) => row !== null && onHeaderRow(row - 1)}
          />
        </div>
        <span className="text-xs text-faint">
          {words("recognised", {
            found: table.columns.filter(({ field }) => field !== null).length,
            all: table.columns.length,
          })}
        </span>
        {doubtful > 0 ? <Tag tone="wait">{words("doubtful", { count: doubtful })}</Tag> : null}
      </div>
      <Table label={words("step.columns")}>
        <Head>
          <Th className="w-10 bg-raised" />
          <Th className="w-44 bg-raised">{words("header")}</Th>
          <Th className="w-52 bg-raised">{words("meaning")}</Th>
          <Th className="bg-raised">{words("samples")}</Th>
        </Head>
        <tbody>
          {table.columns.map(({ col, header, field, confidence }) => (
            <Tr key={col}>
              <Td className="text-faint">{columnLetter(col)}</Td>
              <Td className="max-w-44 truncate font-medium" title={header}>
                {header || <span className="text-faint">–</span>}
              </Td>
              <Td className="px-1">
                <span className="flex items-center gap-2">
                  <Select
                    size="sm"
                    aria-label={words("meaningOf", { header: header || columnLetter(col) })}
                    value={field ?? ""}
                    onChange={(value) => set(col, value === "" ? null : value)}
                    options={[
                      { value: "", label: words("leaveOut") },
                      ...SHEET_FIELDS.map((name) => ({ value: name, label: names(name) })),
                    ]}
                  />
                  {field !== null && confidence < SURE ? <Tag tone="wait">{words("look")}</Tag> : null}
                </span>
              </Td>
              <Td className="max-w-0 truncate text-xs text-dim">
                {samples
                  .map((row) => textOf(row[col]).trim())
                  .filter(Boolean)
                  .join(" │ ")}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
