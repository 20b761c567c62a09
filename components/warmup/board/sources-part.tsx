"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { count, percent } from "../../format/money.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../../ui/table.tsx";
import { useWarmupPlace } from "../warmup-place.tsx";
import { BoardPart } from "./board-part.tsx";
import { sourceLines, type SourceLine } from "./funnel.shape.ts";
import { More, ROWS_SHOWN } from "./people-table.tsx";

/** Which source brought how many, against what it was to bring. */
export function SourcesPart({ className }: { className?: string }) {
  const words = useTranslations("warmupBoard.sources");
  const { open } = useWarmupPlace();
  const sources = useSession((show) => show.sources);
  const funnel = useSession((show) => show.sourceFunnel);
  const hasBegun = useSession((show) => show.session.startedAt !== null);
  const lines = useMemo(() => sourceLines(sources, funnel, hasBegun), [sources, funnel, hasBegun]);
  return (
    <BoardPart
      title={words("title")}
      {...(className ? { className } : {})}
      aside={
        <Button size="sm" look="ghost" onClick={() => open("sources")}>
          {words("open")}
        </Button>
      }
    >
      {lines.length === 0 ? (
        <EmptyState compact title={words("emptyTitle")} text={words("emptyText")} />
      ) : (
        <Table label={words("title")}>
          <Head>
            <Th className="pl-0">{words("name")}</Th>
            <Th numeric>{words("signups")}</Th>
            <Th numeric className="max-sm:hidden">
              {words("target")}
            </Th>
            <Th numeric>{words("invited")}</Th>
            <Th numeric className="pr-0">
              {words("paid")}
            </Th>
          </Head>
          <tbody>
            {lines.slice(0, ROWS_SHOWN).map((line) => (
              <SourceRow key={line.sourceId} line={line} />
            ))}
          </tbody>
          <More count={lines.length - ROWS_SHOWN} say={(more) => words("more", { count: more })} />
        </Table>
      )}
    </BoardPart>
  );
}

function SourceRow({ line }: { line: SourceLine }) {
  const words = useTranslations("warmupBoard.sources");
  const kinds = useTranslations("warmupPlan.sources.kind");
  const { sourceId, name, kind, target, signedUp, invited, paidOrders } = line;
  const shown = name ?? words(wayOf(sourceId));
  return (
    <Tr>
      <Td className="w-full max-w-0 truncate pl-0" title={shown}>
        {shown} {kind ? <span className="text-xs text-faint">{kinds(kind)}</span> : null}
      </Td>
      <Td numeric className="font-semibold">
        {count(signedUp)}
      </Td>
      <Td numeric className="whitespace-nowrap text-dim max-sm:hidden">
        {target === null ? "–" : `${count(target)} · ${target === 0 ? "–" : percent(signedUp / target, 0)}`}
      </Td>
      <Td numeric>{count(invited)}</Td>
      <Td
        numeric
        className={paidOrders === null ? "pr-0 text-faint" : "pr-0 whitespace-nowrap"}
        title={paidOrders === null ? words("before") : undefined}
      >
        {paidOrders === null ? "–" : words("orders", { count: count(paidOrders) })}
      </Td>
    </Tr>
  );
}

/** How those came who came by no source of the show. */
function wayOf(sourceId: string): "way.invite" | "way.push" | "way.none" {
  if (sourceId === "_invite") return "way.invite";
  return sourceId === "_push" ? "way.push" : "way.none";
}
