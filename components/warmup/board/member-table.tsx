"use client";
import { useTranslations } from "next-intl";
import { count } from "../../format/money.ts";
import { useSession } from "../../session/session-provider.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../../ui/table.tsx";
import type { WarmupTotals } from "../warmup-data.ts";
import { More, Name, ROWS_SHOWN } from "./people-table.tsx";

export function MemberTable({ rows }: { rows: WarmupTotals["byMember"] }) {
  const words = useTranslations("warmupBoard.members");
  // By whom members were added is known where a source of the show has a code that leads to one.
  const hasCode = useSession((show) => [...show.sources.values()].some(({ wecomCodeId }) => wecomCodeId !== null));
  if (rows.length === 0) return <EmptyState compact title={words("emptyTitle")} text={words("emptyText")} />;
  const sorted = rows.toSorted((a, b) => b.signups - a.signups || b.added - a.added || b.waiting - a.waiting);
  return (
    <Table label={words("title")}>
      <Head>
        <Th className="pl-0">{words("name")}</Th>
        <Th numeric>{words("signups")}</Th>
        <Th numeric>{words("invited")}</Th>
        <Th numeric>{words("added")}</Th>
        <Th numeric className="pr-0">
          {words("waiting")}
        </Th>
      </Head>
      <tbody>
        {sorted.slice(0, ROWS_SHOWN).map(({ memberId, name, signups, invited, waiting, added }) => (
          <Tr key={memberId}>
            <Name text={name ?? words("unnamed")} />
            <Td numeric className="font-semibold">
              {count(signups)}
            </Td>
            <Td numeric>{count(invited)}</Td>
            <Td
              numeric
              className={hasCode ? undefined : "text-faint"}
              title={hasCode ? undefined : words("addedUnknown")}
            >
              {hasCode ? count(added) : "–"}
            </Td>
            <Td numeric className={waiting > 0 ? "pr-0 text-wait-ink" : "pr-0"}>
              {count(waiting)}
            </Td>
          </Tr>
        ))}
      </tbody>
      <More count={sorted.length - ROWS_SHOWN} say={(more) => words("more", { count: more })} />
    </Table>
  );
}
