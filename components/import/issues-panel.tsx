"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { columnLetter } from "../plan/column-letter.ts";
import { EmptyState } from "../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { Tag } from "../ui/tag.tsx";
import type { Issue, Preview } from "./import-api.ts";
import { useFieldWords, useIssueWords } from "./import-words.ts";

/** Cells that can't be read, with the address under which the spreadsheet shows them. */
export function IssuesPanel({ preview }: { preview: Preview }) {
  const words = useTranslations("import");
  const [part, setPart] = useState<"errors" | "warnings">(
    preview.errorCount === 0 && preview.warningCount > 0 ? "warnings" : "errors",
  );
  const issues = preview[part];
  const total = part === "errors" ? preview.errorCount : preview.warningCount;
  const tag = (tone: "air" | "wait", count: number) => (
    <Tag tone={count > 0 ? tone : "plain"} shape={count > 0}>
      {count}
    </Tag>
  );
  return (
    <section aria-label={words("issues")} className="flex flex-col gap-2">
      <Segmented
        label={words("issues")}
        value={part}
        onChange={setPart}
        options={[
          {
            value: "errors",
            label: (
              <span className="flex items-center gap-1.5">
                {words("errors")} {tag("air", preview.errorCount)}
              </span>
            ),
          },
          {
            value: "warnings",
            label: (
              <span className="flex items-center gap-1.5">
                {words("warnings")} {tag("wait", preview.warningCount)}
              </span>
            ),
          },
        ]}
      />
      {issues.length === 0 ? (
        <EmptyState compact icon="check" title={words(part === "errors" ? "noErrors" : "noWarnings")} />
      ) : (
        <>
          <p className="text-xs text-faint">{words(part === "errors" ? "errorsHint" : "warningsHint")}</p>
          <div className="max-h-80 overflow-y-auto">
            <IssueRows issues={issues} preview={preview} />
          </div>
          {total > issues.length ? (
            <p className="text-xs text-faint">{words("moreIssues", { count: total - issues.length })}</p>
          ) : null}
        </>
      )}
    </section>
  );
}

function IssueRows({ issues, preview }: { issues: readonly Issue[]; preview: Preview }) {
  const words = useTranslations("import");
  const issueWords = useIssueWords();
  const fieldWords = useFieldWords();
  return (
    <Table label={words("issues")}>
      <Head>
        <Th className="w-20">{words("cell")}</Th>
        <Th className="w-40">{words("header")}</Th>
        <Th className="w-48">{words("value")}</Th>
        <Th>{words("problem")}</Th>
      </Head>
      <tbody>
        {issues.map(({ row, col, code, value }, index) => {
          const whole = code === "column.missing";
          return (
            <Tr key={index}>
              <Td className="font-mono text-xs">{whole ? "–" : `${columnLetter(col)}${row + 1}`}</Td>
              <Td className="max-w-40 truncate text-dim">
                {whole ? fieldWords(value) : (preview.columns[col]?.header ?? "")}
              </Td>
              <Td className="max-w-48 truncate" title={value}>
                {whole ? "" : value}
              </Td>
              <Td>{issueWords(code)}</Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}
