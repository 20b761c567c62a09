"use client";
import { useTranslations } from "next-intl";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { columnLetter } from "./column-letter.ts";
import type { ProductIssue, Table as Sheet } from "./sheet-reading.ts";

const ISSUES_SHOWN = 200;

/** Cells that can't be read or want a look, by the names that the spreadsheet has for them. */
export function SheetIssues({ issues, table }: { issues: readonly ProductIssue[]; table: Sheet }) {
  const words = useTranslations("plan.sheet");
  const names = useTranslations("sheetIssue");
  const fields = useTranslations("sheetField");
  return (
    <Table label={words("part.errors")}>
      <Head>
        <Th className="w-20 bg-raised">{words("cell")}</Th>
        <Th className="w-36 bg-raised">{words("header")}</Th>
        <Th className="w-56 bg-raised">{words("value")}</Th>
        <Th className="bg-raised">{words("problem")}</Th>
      </Head>
      <tbody>
        {issues.slice(0, ISSUES_SHOWN).map(({ row, col, code, value }, index) => (
          <Tr key={index}>
            <Td className="font-mono text-xs">{code === "column.missing" ? "–" : `${columnLetter(col)}${row + 1}`}</Td>
            <Td className="max-w-36 truncate text-dim">
              {code === "column.missing" ? "" : (table.columns[col]?.header ?? "")}
            </Td>
            <Td className="max-w-56 truncate" title={value}>
              {code === "column.missing" && isField(value) ? fields(value) : value}
            </Td>
            <Td>{names(code)}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

const FIELD_NAMES = ["name", "livePrice"] as const;
const isField = (name: string): name is (typeof FIELD_NAMES)[number] => FIELD_NAMES.some((field) => field === name);
