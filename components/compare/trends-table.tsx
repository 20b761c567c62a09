"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SHOW_FIGURE_NAMES, type ShowFigure } from "#domain/metrics/show-totals.ts";
import { clockTime, day } from "../format/time.ts";
import { PhaseTag } from "../shows/phase-tag.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { Checkbox } from "../ui/switch.tsx";
import { figureText, useMissingWords } from "./figure-words.ts";
import { SHOWS_MAX } from "./line-looks.ts";
import type { TrendFilter, TrendRow, TrendSort } from "./load-trends.ts";

type TableProps = {
  rows: readonly TrendRow[];
  filter: TrendFilter;
  onSort: (sort: TrendSort) => void;
  picked: ReadonlySet<string>;
  onPick: (id: string) => void;
};

/** Shows under one another, each figure with a bar as long as its share of the column's greatest. */
export function TrendsTable({ rows, filter, onSort, picked, onPick }: TableProps) {
  const words = useTranslations("compare");
  const tops = new Map(
    SHOW_FIGURE_NAMES.map((name) => [name, Math.max(0, ...rows.map(({ figures }) => figures[name] ?? 0))]),
  );
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={words("trends")}>
      <table aria-label={words("trends")} className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th scope="col" className={cn(HEAD, "sticky left-0 z-20 w-9 min-w-9")}>
              <span className="sr-only">{words("pick")}</span>
            </th>
            <SortHead sort="title" filter={filter} onSort={onSort} className="sticky left-9 z-20 min-w-52 text-left">
              {words("show")}
            </SortHead>
            <SortHead sort="startedAt" filter={filter} onSort={onSort} className="text-left">
              {words("started")}
            </SortHead>
            {SHOW_FIGURE_NAMES.map((name) => (
              <SortHead key={name} sort={name} filter={filter} onSort={onSort} help={words(`help.${name}`)}>
                {words(`name.${name}`)}
              </SortHead>
            ))}
            <th scope="col" className={HEAD}>
              {words("targets")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TrendLine
              key={row.sessionId}
              row={row}
              tops={tops}
              figure={filter.figure}
              isPicked={picked.has(row.sessionId)}
              mayPick={picked.has(row.sessionId) || picked.size < SHOWS_MAX}
              onPick={onPick}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const HEAD = "h-8 border-b bg-page px-2 text-right text-xs font-normal whitespace-nowrap text-faint";

type HeadProps = {
  sort: TrendSort;
  filter: TrendFilter;
  onSort: (sort: TrendSort) => void;
  className?: string;
  help?: string;
  children: ReactNode;
};

function SortHead({ sort, filter, onSort, className, help, children }: HeadProps) {
  const active = filter.sort === sort;
  return (
    <th
      scope="col"
      aria-sort={active ? (filter.descending ? "descending" : "ascending") : "none"}
      className={cn(HEAD, className)}
    >
      <button
        type="button"
        title={help}
        onClick={() => onSort(sort)}
        className={cn("inline-flex items-center gap-1 hover:text-ink", active && "text-ink")}
      >
        {children}
        {active ? <Icon name={filter.descending ? "chevronDown" : "chevronUp"} size={10} /> : null}
      </button>
    </th>
  );
}

type LineProps = {
  row: TrendRow;
  tops: ReadonlyMap<ShowFigure, number>;
  figure: ShowFigure;
  isPicked: boolean;
  mayPick: boolean;
  onPick: (id: string) => void;
};

function TrendLine({ row, tops, figure, isPicked, mayPick, onPick }: LineProps) {
  const words = useTranslations("compare");
  const { sessionId, title, startedAt, phase, targets } = row;
  return (
    <tr className="group hover:bg-hover">
      <td className="sticky left-0 z-10 h-12 border-b bg-page px-2 group-hover:bg-hover">
        <Checkbox
          checked={isPicked}
          disabled={!mayPick}
          onChange={() => onPick(sessionId)}
          label={words("pickShow", { title })}
          labelHidden
        />
      </td>
      <td className="sticky left-9 z-10 min-w-56 max-w-72 border-b bg-page px-2 group-hover:bg-hover">
        <span className="flex min-w-0 items-center gap-2">
          <Link
            href={`/shows/${sessionId}/review`}
            title={title}
            className="line-clamp-2 font-medium break-all hover:underline"
          >
            {title}
          </Link>
          {phase === "ended" ? null : <PhaseTag phase={phase} />}
        </span>
      </td>
      <td className="border-b px-2 text-xs whitespace-nowrap text-dim">
        {day(startedAt)} {clockTime(startedAt)}
      </td>
      {SHOW_FIGURE_NAMES.map((name) => (
        <FigureCell
          key={name}
          name={name}
          row={row}
          top={tops.get(name) ?? 0}
          mean={name === figure ? row.mean : null}
        />
      ))}
      <td className="border-b px-2 text-right whitespace-nowrap tabular-nums">
        {targets.set === 0 ? (
          <span className="text-faint" title={words("noTargets")}>
            –
          </span>
        ) : (
          words("reached", { reached: targets.reached, set: targets.set })
        )}
      </td>
    </tr>
  );
}

type CellProps = { name: ShowFigure; row: TrendRow; top: number; mean: number | null };

function FigureCell({ name, row, top, mean }: CellProps) {
  const words = useTranslations("compare");
  const missing = useMissingWords();
  const value = row.figures[name];
  if (value === null) {
    const reason = row.missing[name];
    const why = reason ? missing(reason) : "";
    return (
      <td className="border-b px-2 text-right text-faint" title={why}>
        –<span className="sr-only"> {why}</span>
      </td>
    );
  }
  return (
    <td className="border-b px-2 text-right whitespace-nowrap tabular-nums">
      <span className="block">{figureText(name, value)}</span>
      {mean === null ? null : (
        <span className="block text-2xs text-faint" title={words("mean")}>
          {words("meanShort", { value: figureText(name, mean) })}
        </span>
      )}
      <span aria-hidden className="mt-0.5 ml-auto block h-[3px] w-16 rounded-full bg-line">
        <span
          className="ml-auto block h-full rounded-full bg-act-edge"
          style={{ width: `${top > 0 ? Math.max(0, Math.min(1, value / top)) * 100 : 0}%` }}
        />
      </span>
    </td>
  );
}
