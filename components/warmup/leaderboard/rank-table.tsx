"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { count } from "../../format/money.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { useDesk } from "../../live/desk.tsx";
import { usePlan } from "../../plan/plan-context.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Head, Td, Th, Tr, WideTable } from "../../ui/table.tsx";
import { WhenLoaded } from "../board/board-part.tsx";
import { useFollowed } from "../use-followed.ts";
import { loadRanks, type Rank, type Ranks } from "../warmup-data.ts";
import { JUDGES } from "../warmup-roles.ts";

const PAGE = 50;
const DEEDS = ["valid", "held", "watched", "claimed", "paid"] as const;

export type InviterNamed = { readonly inviterId: string; readonly name: string };
type Acts = { readonly onChain: (of: InviterNamed) => void; readonly onDisqualify: (of: InviterNamed) => void };

/** All who stand on the board, with what those whom they brought did since. */
export function RankTable(acts: Acts) {
  const { show } = usePlan();
  const [offset, setOffset] = useState(0);
  const loaded = useLoaded(`ranks ${show.id} ${offset}`, (signal) =>
    loadRanks(show.id, { offset, limit: PAGE }, signal),
  );
  useFollowed(loaded.reload);
  return (
    <WhenLoaded loaded={loaded}>
      {(ranks) =>
        ranks.rows.length === 0 && offset === 0 ? (
          <Nobody />
        ) : (
          <>
            <Rows ranks={ranks} {...acts} />
            <Pages offset={offset} shown={ranks.rows.length} onTurn={setOffset} />
          </>
        )
      }
    </WhenLoaded>
  );
}

/** Nobody brought anybody, or none of those who came did what the board asks for. */
function Nobody() {
  const words = useTranslations("invites");
  const metric = useSession((show) => show.leaderboard.metric);
  const brought = useSession((show) => show.invites.counts);
  if (brought === 0) return <EmptyState title={words("emptyTitle")} text={words("emptyText")} />;
  return <EmptyState title={words("emptyMetric", { metric: words(`metricOf.${metric}`) })} />;
}

function Rows({ ranks: { rows }, ...acts }: { ranks: Ranks } & Acts) {
  const words = useTranslations("invites");
  const metric = useSession((show) => show.leaderboard.metric);
  return (
    <WideTable label={words("list")}>
      <Head>
        <Th numeric className="w-14">
          {words("column.rank")}
        </Th>
        <Th>{words("column.name")}</Th>
        {DEEDS.map((deed) => (
          <Th key={deed} numeric className={deed === metric ? "text-ink" : undefined}>
            {words(`column.${deed}`)}
          </Th>
        ))}
        <Th className="w-10" aria-label={words("menuColumn")} />
      </Head>
      <tbody>
        {rows.map((row) => (
          <RankRow key={row.n} row={row} metric={metric} {...acts} />
        ))}
      </tbody>
    </WideTable>
  );
}

function RankRow({ row, metric, onChain, onDisqualify }: { row: Rank; metric: (typeof DEEDS)[number] } & Acts) {
  const words = useTranslations("invites");
  const mayJudge = useDesk().may(JUDGES);
  const name = row.name ?? words("unnamedOf", { n: row.n });
  const of = row.personId === null ? null : { inviterId: row.personId, name };
  return (
    <Tr>
      <Td numeric className="text-dim">
        {count(row.rank)}
      </Td>
      <Td className="max-w-0 min-w-36">
        {of ? (
          <button
            type="button"
            className="block max-w-full truncate text-left hover:underline"
            title={words("chain")}
            onClick={() => onChain(of)}
          >
            {name}
          </button>
        ) : (
          <span className="block truncate">{name}</span>
        )}
      </Td>
      {DEEDS.map((deed) => (
        <Td
          key={deed}
          numeric
          className={deed === metric ? "font-semibold" : row[deed] === 0 ? "text-faint" : undefined}
        >
          {count(deed === metric ? row.count : row[deed])}
        </Td>
      ))}
      <Td className="px-0 text-right">
        {of ? (
          <Menu
            items={[
              { label: words("chain"), onSelect: () => onChain(of) },
              ...(mayJudge ? [{ label: words("disqualify"), danger: true, onSelect: () => onDisqualify(of) }] : []),
            ]}
          >
            <IconButton label={words("menu", { name })} size="iconSm">
              <Icon name="more" />
            </IconButton>
          </Menu>
        ) : null}
      </Td>
    </Tr>
  );
}

function Pages({ offset, shown, onTurn }: { offset: number; shown: number; onTurn: (offset: number) => void }) {
  const words = useTranslations("invites");
  const inviters = useSession((show) => show.leaderboard.inviters);
  if (offset === 0 && shown < PAGE) return null;
  return (
    <nav aria-label={words("list")} className="flex items-center gap-2 py-2 text-xs text-faint">
      <Button size="sm" disabled={offset === 0} onClick={() => onTurn(Math.max(0, offset - PAGE))}>
        {words("before")}
      </Button>
      <Button size="sm" disabled={shown < PAGE} onClick={() => onTurn(offset + PAGE)}>
        {words("next")}
      </Button>
      <span className="tabular-nums">
        {words("page", { from: count(offset + 1), to: count(offset + shown), all: count(inviters) })}
      </span>
    </nav>
  );
}
