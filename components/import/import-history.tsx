"use client";
import { useTranslations } from "next-intl";
import { count } from "../format/money.ts";
import { dayTime } from "../format/time.ts";
import { EmptyState } from "../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { Tag } from "../ui/tag.tsx";
import type { ImportState } from "./import-api.ts";

/** What was imported into this show. */
export function ImportHistory({ imports }: { imports: readonly ImportState[] }) {
  const words = useTranslations("import");
  return (
    <section aria-labelledby="import-history" className="flex flex-col gap-2">
      <h2 id="import-history" className="text-sm font-semibold text-dim">
        {words("history")}
      </h2>
      {imports.length === 0 ? (
        <EmptyState compact icon="info" title={words("historyEmpty")} />
      ) : (
        <Table label={words("history")}>
          <Head>
            <Th className="w-32">{words("when")}</Th>
            <Th>{words("file")}</Th>
            <Th className="w-24">{words("kindLabel")}</Th>
            <Th numeric className="w-24">
              {words("items")}
            </Th>
            <Th className="w-56">{words("outcome")}</Th>
          </Head>
          <tbody>
            {imports.map((row) => (
              <Tr key={row.id}>
                <Td className="text-dim tabular-nums">{dayTime(row.movedAt)}</Td>
                <Td className="max-w-0 truncate" title={row.fileName}>
                  {row.fileName}
                </Td>
                <Td>{words(`kind.${row.kind}`)}</Td>
                <Td numeric>{count(row.result?.items ?? row.done)}</Td>
                <Td>
                  <Outcome row={row} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function Outcome({ row }: { row: ImportState }) {
  const words = useTranslations("import");
  if (row.state === "running") return <Tag tone="act">{words("running")}</Tag>;
  if (row.state !== "done" || !row.result) return <Tag tone="wait">{words("stopped")}</Tag>;
  const { standing, refusedCount } = row.result;
  return (
    <span className="flex flex-wrap gap-1.5">
      {standing ? (
        <Tag tone="sure">{words("outcomeOf", { fresh: standing.fresh, changed: standing.changed })}</Tag>
      ) : (
        <Tag tone="sure">{words("finished")}</Tag>
      )}
      {refusedCount > 0 ? <Tag tone="wait">{words("refused", { count: refusedCount })}</Tag> : null}
    </span>
  );
}
