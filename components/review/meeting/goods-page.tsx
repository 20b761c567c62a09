"use client";
import { useTranslations } from "next-intl";
import type { Figure } from "#domain/metrics/figure.ts";
import { count, percent, yuanRound } from "../../format/money.ts";
import { clockTime, duration } from "../../format/time.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { useList } from "../../ui/use-list.ts";
import { Skeleton } from "../../ui/states.tsx";
import { useReview } from "../review-context.tsx";
import { stockOutLines } from "../shapes/history.shape.ts";
import { productLines } from "../shapes/products.shape.ts";
import { useHistory } from "./history-context.tsx";
import { MeetingTable, Part } from "./meeting-table.tsx";

/** More rows can't be read from the far end of a room. */
const ROWS_MAX = 12;

const money = (fen: number | null) => (fen === null ? "–" : yuanRound(fen));
const shareOf = (value: number | null) => (value === null ? "–" : percent(value));
const figure = ({ value }: Figure, show: (value: number) => string) => (value === null ? "–" : show(value));

/** 货: what sold, what came back, what a minute of explaining brought, and what ran out. */
export function GoodsPage() {
  const words = useTranslations("meeting");
  const shelf = useTranslations("shelf");
  const { last, to, endedAt } = useReview();
  // Products that neither sold nor were explained have nothing to say here.
  const lines = productLines(slicesOf(last), endedAt ?? to).filter(
    (line) => line.explainedMs > 0 || (line.units ?? 0) > 0,
  );
  return (
    <div className="grid gap-[2em] lg:grid-cols-[minmax(0,2.6fr)_minmax(0,1fr)]">
      <Part
        title={words("ranked")}
        hint={
          <>
            {words("goodsNote")}
            {lines.length > ROWS_MAX ? (
              <span className="block">{words("more", { count: lines.length - ROWS_MAX })}</span>
            ) : null}
          </>
        }
      >
        {lines.length === 0 ? (
          <p className="text-faint">{words("noProducts")}</p>
        ) : (
          <MeetingTable
            label={words("ranked")}
            columns={[
              { head: words("rank"), numeric: true },
              { head: words("product"), wide: true },
              { head: words("paid"), numeric: true },
              { head: words("net"), numeric: true },
              { head: words("refundShare"), numeric: true },
              { head: words("unitsPlanned"), numeric: true },
              { head: words("explained"), numeric: true },
              { head: words("perMinute"), numeric: true },
              { head: words("clickToPay"), numeric: true },
            ]}
            rows={lines.slice(0, ROWS_MAX).map((line, index) => ({
              key: line.productId,
              cells: [
                index + 1,
                line.linkNo === null
                  ? words("unmatched")
                  : shelf("linkAndName", { linkNo: line.linkNo, name: line.name }),
                money(line.paidFen),
                money(line.netFen),
                shareOf(line.refundShare),
                line.units === null
                  ? "–"
                  : line.plannedUnits === null
                    ? count(line.units)
                    : `${count(line.units)} / ${count(line.plannedUnits)}`,
                line.explainedMs === 0 ? "–" : duration(line.explainedMs),
                figure(line.perExplainMinute, yuanRound),
                figure(line.clickToPay, (value) => percent(value, 2)),
              ],
            }))}
          />
        )}
      </Part>
      <Part title={words("ranOut")}>
        <RanOut />
      </Part>
    </div>
  );
}

function RanOut() {
  const words = useTranslations("meeting");
  const shelf = useTranslations("shelf");
  const list = useList();
  const { last } = useReview();
  const { value: history, failure } = useHistory();
  if (!history)
    return failure ? <p className="text-wait-ink">{words("historyFailed")}</p> : <Skeleton className="h-32" />;
  const lines = stockOutLines(history, slicesOf(last));
  if (lines.length === 0) return <p className="text-faint">{words("noRanOut")}</p>;
  return (
    <ul className="flex flex-col">
      {lines.slice(0, ROWS_MAX).map((line) => (
        <li key={`${line.skuId}-${line.from}`} className="flex flex-col border-b py-[0.4em]">
          <span className="truncate">
            {line.linkNo === null ? line.name : shelf("linkAndName", { linkNo: line.linkNo, name: line.name })}{" "}
            {line.skuCount > 1 ? list(line.skus) : ""}
          </span>
          <span className="text-[0.8em] text-dim tabular-nums">
            {line.to === null
              ? words("untilEnd", { time: clockTime(line.from) })
              : words("ranOutRow", { time: clockTime(line.from), length: duration(line.lastedMs) })}
            {line.pool > 0 ? (
              <span className="pl-3 text-wait-ink">{words("poolLeft", { count: count(line.pool) })}</span>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
