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
import { useNarrow } from "../../ui/use-narrow.ts";
import { WhenLoaded } from "../board/board-part.tsx";
import { sinceBegun } from "../sources/source-matrix.shape.ts";
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

/** Nobody brought anybody, all of them wait for a decision, or none of those who came did what the board asks for. */
function Nobody() {
  const words = useTranslations("invites");
  const metric = useSession((show) => show.leaderboard.metric);
  const { counts: brought, held } = useSession((show) => show.invites);
  if (brought === 0 && held > 0)
    return <EmptyState title={words("emptyHeld")} text={words("emptyHeldText", { count: count(held) })} />;
  if (brought === 0) return <EmptyState title={words("emptyTitle")} text={words("emptyText")} />;
  return <EmptyState title={words("emptyMetric", { metric: words(`metricOf.${metric}`) })} />;
}

function Rows({ ranks: { rows }, ...acts }: { ranks: Ranks } & Acts) {
  const words = useTranslations("invites");
  const metric = useSession((show) => show.leaderboard.metric);
  if (useNarrow()) {
    return (
      <ol aria-label={words("list")}>
        {rows.map((row) => (
          <RankCard key={row.n} row={row} metric={metric} {...acts} />
        ))}
      </ol>
    );
  }
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

type RowProps = { row: Rank; metric: (typeof DEEDS)[number] } & Acts;

/** What the friends of one inviter did; `null`: nobody can have done it yet. */
function useDeeds(row: Rank, metric: RowProps["metric"]) {
  const hasBegun = useSession((show) => show.session.startedAt !== null);
  return DEEDS.map((deed) => {
    const told = deed === metric ? row.count : row[deed];
    return { deed, told: deed === "watched" || deed === "paid" ? sinceBegun(told, hasBegun) : told };
  });
}

function RankRow({ row, metric, ...acts }: RowProps) {
  const words = useTranslations("invites");
  const deeds = useDeeds(row, metric);
  return (
    <Tr>
      <Td numeric className="text-dim">
        {count(row.rank)}
      </Td>
      <Td className="max-w-0 min-w-36">
        <InviterName row={row} {...acts} />
      </Td>
      {deeds.map(({ deed, told }) => (
        <Td
          key={deed}
          numeric
          className={
            told === null ? "text-faint" : deed === metric ? "font-semibold" : told === 0 ? "text-faint" : undefined
          }
          title={told === null ? words("beforeShow") : undefined}
        >
          {told === null ? "–" : count(told)}
        </Td>
      ))}
      <Td className="px-0 text-right">
        <RowMenu row={row} {...acts} />
      </Td>
    </Tr>
  );
}

/** On a phone: the figure that ranks stands large, the others below the name. */
function RankCard({ row, metric, ...acts }: RowProps) {
  const words = useTranslations("invites");
  const deeds = useDeeds(row, metric);
  const others = deeds.filter(({ deed }) => deed !== metric);
  const ranks = deeds.find(({ deed }) => deed === metric)?.told ?? null;
  return (
    <li className="flex items-center gap-2 border-b py-1.5 text-sm">
      <span className="w-8 shrink-0 text-right text-dim tabular-nums">{count(row.rank)}</span>
      <div className="min-w-0 flex-1">
        <InviterName row={row} {...acts} />
        <p className="truncate text-xs text-faint tabular-nums">
          {others
            .map(({ deed, told }) => `${words(`column.${deed}`)} ${told === null ? "–" : count(told)}`)
            .join(" · ")}
        </p>
      </div>
      <span className="font-semibold tabular-nums">{ranks === null ? "–" : count(ranks)}</span>
      <RowMenu row={row} {...acts} />
    </li>
  );
}

function useInviter({ personId, name, n }: Rank): { readonly name: string; readonly of: InviterNamed | null } {
  const words = useTranslations("invites");
  const shown = name ?? words("unnamedOf", { n });
  return { name: shown, of: personId === null ? null : { inviterId: personId, name: shown } };
}

function InviterName({ row, onChain }: { row: Rank } & Acts) {
  const words = useTranslations("invites");
  const { name, of } = useInviter(row);
  if (!of) return <span className="block truncate">{name}</span>;
  return (
    <button
      type="button"
      className="block max-w-full truncate text-left hover:underline"
      title={words("chain")}
      onClick={() => onChain(of)}
    >
      {name}
    </button>
  );
}

function RowMenu({ row, onChain, onDisqualify }: { row: Rank } & Acts) {
  const words = useTranslations("invites");
  const mayJudge = useDesk().may(JUDGES);
  const { name, of } = useInviter(row);
  if (!of) return null;
  return (
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
