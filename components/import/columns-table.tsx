"use client";
import { useTranslations } from "next-intl";
import { columnLetter } from "../plan/column-letter.ts";
import { Select } from "../ui/select.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { Tag } from "../ui/tag.tsx";
import type { Column, Preview } from "./import-api.ts";
import { MANY, useFieldWords } from "./import-words.ts";

/** Below this a person should look. */
const SURE = 0.7;

/** What each column was taken for, to be put right by hand. */
export function ColumnsTable({
  preview,
  onChange,
}: {
  preview: Preview;
  onChange: (columns: readonly Column[]) => void;
}) {
  const words = useTranslations("import");
  const fieldWords = useFieldWords();
  const { columns, fields } = preview;
  const options = [
    { value: "", label: words("leaveOut") },
    ...fields.map((field) => ({ value: field, label: fieldWords(field) })),
  ];
  const set = (col: number, field: string) =>
    onChange(
      columns.map((column) => {
        if (column.col === col) return { ...column, field: field === "" ? null : field };
        // A field has one column, unless it may have several; the newest word wins.
        return field !== "" && column.field === field && !MANY.has(field) ? { ...column, field: null } : column;
      }),
    );
  return (
    <Table label={words("columns")}>
      <Head>
        <Th className="w-10" />
        <Th className="w-44">{words("header")}</Th>
        <Th className="w-56">{words("meaning")}</Th>
        <Th>{words("samples")}</Th>
      </Head>
      <tbody>
        {columns.map(({ col, header, field, confidence, samples }) => (
          <Tr key={col}>
            <Td className="text-faint">{columnLetter(col)}</Td>
            <Td className="max-w-44 truncate" title={header}>
              {header || <span className="text-faint">–</span>}
            </Td>
            <Td className="px-1">
              <span className="flex items-center gap-2">
                <Select
                  size="sm"
                  className="w-36"
                  aria-label={words("meaningOf", { header: header || columnLetter(col) })}
                  value={field ?? ""}
                  onChange={(value) => set(col, value)}
                  options={options}
                />
                {field !== null && confidence < SURE ? <Tag tone="wait">{words("look")}</Tag> : null}
              </span>
            </Td>
            <Td className="max-w-0 truncate text-xs text-dim" title={samples.join("\n")}>
              {samples.join(" │ ")}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
