"use client";
import { useTranslations } from "next-intl";
import { useFigureHelp, useMissingWords } from "../../live/figure-cell.tsx";
import { count, percent, yuan, yuanRound } from "../../format/money.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { useReview } from "../review-context.tsx";
import { figureRows, targetRows, type FigureRow, type TargetRow } from "../shapes/overview.shape.ts";

/** 目标: what was to be reached, and what was. */
export function GoalsPage() {
  const { last } = useReview();
  const slices = slicesOf(last);
  const figures = figureRows(slices).filter(({ id }) => SHOWN.has(id));
  return (
    <div className="flex flex-col gap-[2em]">
      <div className="grid grid-cols-2 gap-[1.2em] lg:grid-cols-4">
        {targetRows(slices).map((row) => (
          <TargetCard key={row.id} row={row} />
        ))}
      </div>
      <dl className="grid grid-cols-2 gap-x-[1.2em] gap-y-[1.4em] lg:grid-cols-4">
        {figures.map((row) => (
          <FigureBlock key={row.id} row={row} />
        ))}
      </dl>
    </div>
  );
}

const SHOWN: ReadonlySet<string> = new Set([
  "net",
  "refunded",
  "unpaid",
  "buyers",
  "perBuyer",
  "watchToPay",
  "clickToPay",
  "gpm",
]);

function TargetCard({ row: { id, target, actual, share } }: { row: TargetRow }) {
  const words = useTranslations("meeting");
  const shown = (value: number) => (id === "paidFen" ? yuan(value) : count(value));
  const isReached = share !== null && share >= 1;
  return (
    <article
      aria-label={words(`of.${id}`)}
      className="flex min-w-0 flex-col gap-[0.4em] rounded-md border bg-raised p-[1em]"
    >
      <h2 className="text-[1em] text-dim">{words(`of.${id}`)}</h2>
      <p className="text-[2.1em] leading-tight font-semibold break-all tabular-nums">
        {actual === null ? "–" : shown(actual)}
      </p>
      <p className="flex justify-between gap-2 text-[0.9em] text-dim">
        <span>{target === null ? words("noTarget") : words("target", { target: shown(target) })}</span>
        {share === null ? null : (
          <span className={isReached ? "font-semibold text-sure-ink" : "font-semibold text-wait-ink"}>
            {percent(share)}
          </span>
        )}
      </p>
      <span aria-hidden className="h-[0.4em] overflow-hidden rounded-sm bg-line">
        <span
          className={isReached ? "block h-full bg-sure" : "block h-full bg-wait"}
          style={{ width: `${Math.min(100, (share ?? 0) * 100)}%` }}
        />
      </span>
      {actual === null ? <p className="text-[0.8em] text-faint">{words("unknown")}</p> : null}
    </article>
  );
}

function FigureBlock({ row: { id, unit, value, why } }: { row: FigureRow }) {
  const { name } = useFigureHelp(id);
  const missing = useMissingWords();
  const shown = () => {
    if (value === null) return "–";
    return unit === "fen" ? yuanRound(value) : unit === "share" ? percent(value, 2) : count(value);
  };
  return (
    <div className="flex min-w-0 flex-col gap-[0.1em]">
      <dt className="text-[0.9em] text-dim">{name}</dt>
      <dd className="m-0 text-[1.6em] font-semibold tabular-nums">{shown()}</dd>
      {why === null ? null : <dd className="m-0 text-[0.75em] text-faint">{missing({ value: null, reason: why })}</dd>}
    </div>
  );
}
