"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SHOW_FIGURE_NAMES } from "#domain/metrics/show-totals.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { useMe } from "../shell/me-provider.tsx";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Select } from "../ui/select.tsx";
import { EmptyState, ErrorState, SkeletonRows } from "../ui/states.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { PickedBar } from "./picked-bar.tsx";
import { usePicked } from "./use-picked.ts";
import {
  loadTrends,
  PAGE_ROWS,
  PERIODS,
  trendsQuery,
  type TrendFilter,
  type Trends,
  type TrendSort,
} from "./load-trends.ts";
import { TrendBars } from "./trend-bars.tsx";
import { TrendsTable } from "./trends-table.tsx";

const START: TrendFilter = {
  period: "quarter",
  rehearsal: false,
  sort: "startedAt",
  descending: true,
  figure: "paidFen",
  page: 1,
};

/** All shows of a room that have started: how they came out, and where it goes. */
export function TrendsPage({ roomId }: { roomId: string }) {
  const words = useTranslations("compare");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const router = useRouter();
  const me = useMe();
  const [filter, setFilter] = useState(START);
  const [now] = useState(() => Date.now());
  const picked = usePicked();
  const { value, failure, loading, reload } = useLoaded(JSON.stringify([roomId, filter]), (signal) =>
    loadTrends(roomId, filter, { now, signal }),
  );
  const change = (next: Partial<TrendFilter>) => setFilter((before) => ({ ...before, page: 1, ...next }));
  return (
    <div className="mx-auto flex max-w-[1600px] flex-col gap-3 px-6 pb-24" aria-busy={loading}>
      <header className="flex h-16 items-center gap-3">
        <Button asChild look="ghost" size="iconSm">
          <Link href="/shows" aria-label={words("toShows")}>
            <Icon name="chevronLeft" />
          </Link>
        </Button>
        <h1 className="text-lg font-semibold">{words("trends")}</h1>
        <Select
          className="w-52"
          aria-label={words("room")}
          value={roomId}
          onChange={(id) => router.push(`/rooms/${id}/shows`)}
          options={me.rooms.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Button asChild className="ml-auto">
          <a href={`/api/v1/rooms/${encodeURIComponent(roomId)}/shows.csv?${trendsQuery(filter, now)}`} download>
            <Icon name="download" size={14} />
            {words("csv")}
          </a>
        </Button>
      </header>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label={words("periodLabel")}
          value={filter.period}
          onChange={(period) => change({ period })}
          options={PERIODS.map((period) => ({ value: period, label: words(`period.${period}`) }))}
        />
        <Segmented
          label={words("kindLabel")}
          value={filter.rehearsal ? "rehearsals" : "real"}
          onChange={(kind) => change({ rehearsal: kind === "rehearsals" })}
          options={(["real", "rehearsals"] as const).map((kind) => ({ value: kind, label: words(`kind.${kind}`) }))}
        />
        <Select
          className="w-44"
          aria-label={words("trendFigure")}
          value={filter.figure}
          onChange={(figure) => setFilter((before) => ({ ...before, figure }))}
          options={SHOW_FIGURE_NAMES.map((name) => ({ value: name, label: words(`name.${name}`) }))}
        />
      </div>
      {value ? (
        <Results trends={value} filter={filter} onChange={change} picked={picked} />
      ) : failure ? (
        <ErrorState
          title={words("loadFailed")}
          text={explain(failure)}
          actions={<Button onClick={reload}>{ui("retry")}</Button>}
        />
      ) : (
        <SkeletonRows rows={10} />
      )}
      <PickedBar picked={picked} />
    </div>
  );
}

type ResultsProps = {
  trends: Trends;
  filter: TrendFilter;
  onChange: (next: Partial<TrendFilter>) => void;
  picked: ReturnType<typeof usePicked>;
};

function Results({ trends, filter, onChange, picked }: ResultsProps) {
  const words = useTranslations("compare");
  const { shows, total, course } = trends;
  if (total === 0) {
    const isAll = filter.period === "all";
    return (
      <EmptyState
        icon="calendar"
        title={words(filter.rehearsal ? "noRehearsals" : "noShows")}
        text={words(isAll ? "noShowsText" : "noShowsInPeriod")}
        actions={isAll ? null : <Button onClick={() => onChange({ period: "all" })}>{words("period.all")}</Button>}
      />
    );
  }
  const sort = (by: TrendSort) =>
    onChange({ sort: by, descending: filter.sort === by ? !filter.descending : by !== "title" });
  return (
    <>
      <TrendBars course={course} figure={filter.figure} />
      <TrendsTable rows={shows} filter={filter} onSort={sort} picked={picked.ids} onPick={picked.turn} />
      <Pages total={total} page={filter.page} onPage={(page) => onChange({ page })} />
    </>
  );
}

function Pages({ total, page, onPage }: { total: number; page: number; onPage: (page: number) => void }) {
  const words = useTranslations("compare");
  const last = Math.max(1, Math.ceil(total / PAGE_ROWS));
  return (
    <nav aria-label={words("pages")} className="flex items-center justify-end gap-2 text-xs text-faint">
      <span>{words("pageOf", { page, last, total })}</span>
      <Button size="sm" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {words("previous")}
      </Button>
      <Button size="sm" disabled={page >= last} onClick={() => onPage(page + 1)}>
        {words("next")}
      </Button>
    </nav>
  );
}
