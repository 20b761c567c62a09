"use client";
import { useTranslations } from "next-intl";
import { count } from "../../format/money.ts";
import { EmptyState } from "../../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../../ui/table.tsx";
import type { WarmupTotals } from "../warmup-data.ts";
import { More, Name, ROWS_SHOWN } from "./people-table.tsx";

export function GroupTable({ rows }: { rows: WarmupTotals["byGroup"] }) {
  const words = useTranslations("warmupBoard.groups");
  if (rows.length === 0) return <EmptyState compact title={words("emptyTitle")} text={words("emptyText")} />;
  const sorted = rows.toSorted((a, b) => b.signups - a.signups);
  return (
    <Table label={words("title")}>
      <Head>
        <Th className="pl-0">{words("name")}</Th>
        <Th numeric>{words("signups")}</Th>
        <Th numeric className="pr-0">
          {words("invited")}
        </Th>
      </Head>
      <tbody>
        {sorted.slice(0, ROWS_SHOWN).map(({ groupId, name, signups, invited }) => (
          <Tr key={groupId}>
            <Name text={name ?? words("unnamed")} />
            <Td numeric className="font-semibold">
              {count(signups)}
            </Td>
            <Td numeric className="pr-0">
              {count(invited)}
            </Td>
          </Tr>
        ))}
      </tbody>
      <More count={sorted.length - ROWS_SHOWN} say={(more) => words("more", { count: more })} />
    </Table>
  );
}
