"use client";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { LazyMinuteSeries } from "../charts/lazy-minute-series.tsx";
import { everyMinute, MINUTE_MS, type ActMarker } from "../charts/minute-series.shape.ts";
import { yuanShort } from "../format/money.ts";
import { isReplay } from "../session/replay-source.ts";
import { useSession, useSessionSource } from "../session/session-provider.tsx";
import { cn } from "../ui/cn.ts";
import { Tag } from "../ui/tag.tsx";
import { useDesk } from "./desk.tsx";
import { useShowNow } from "./show-clock.tsx";
import { useTapeWords } from "./tape-words.ts";

const KEYS = ["private", "public", "unknown"] as const;

/** 每分钟成交金额, by traffic, with the acts that may have moved it. `height` of the chart itself, px. */
export function ChartPanel({ className, height = 166 }: { className?: string; height?: number }) {
  const words = useTranslations("chart");
  const locale = useLocale();
  const source = useSessionSource();
  const points = usePaidPoints();
  const markers = useActMarkers(points[0]?.at ?? 0);
  const isEmpty = points.length < 2 || !points.some((point) => KEYS.some((key) => point[key]));
  const hasUnknown = points.some(({ unknown }) => unknown);
  const why = useWhyEmpty();
  const lines = useMemo(
    () => [
      { key: "private" as const, label: words("private"), tone: "private" as const },
      { key: "public" as const, label: words("public"), tone: "public" as const },
      ...(hasUnknown ? [{ key: "unknown" as const, label: words("unknown"), tone: "act" as const }] : []),
    ],
    [words, hasUnknown],
  );
  return (
    <section aria-label={words("title")} className={cn("flex min-h-0 min-w-0 flex-col overflow-hidden", className)}>
      <header className="flex h-9 shrink-0 items-center gap-3 px-4">
        <h2 className="text-sm font-semibold text-dim">{words("title")}</h2>
        <Tag tone="private">{words("private")}</Tag>
        <Tag tone="public">{words("public")}</Tag>
        {hasUnknown ? <Tag>{words("unknown")}</Tag> : null}
      </header>
      {isEmpty ? (
        <p className="px-4 text-xs text-faint">{why}</p>
      ) : (
        <LazyMinuteSeries
          points={points}
          lines={lines}
          markers={markers}
          height={height}
          label={words("title")}
          show={(fen) => yuanShort(fen, locale)}
          {...(isReplay(source) ? { onPick: source.seek } : {})}
        />
      )}
    </section>
  );
}

/** Nothing paid is one thing, nobody having told of orders another, and a typed total says nothing of minutes. */
function useWhyEmpty(): string {
  const words = useTranslations("chart");
  const figure = useTranslations("figure");
  const { readOnly } = useDesk();
  const startedAt = useSession((show) => show.session.startedAt);
  const source = useSession((show) => show.figures.headline.source);
  if (startedAt === null) return words("notStarted");
  if (source === "orders") return words("nothingYet");
  if (source !== null) return figure("onlyTotals");
  return figure(readOnly ? "missing.noOrders" : "noOrdersHint");
}

/** Whole minutes from the start on; the running one would always look low. */
function usePaidPoints() {
  const series = useSession((show) => show.series);
  const startedAt = useSession((show) => show.session.startedAt);
  const endedAt = useSession((show) => show.session.endedAt);
  const now = useShowNow(15_000);
  const from = startedAt ?? now;
  const to = (endedAt ?? now) - MINUTE_MS;
  return useMemo(() => {
    const rows = new Map(
      [...series.values()].map(({ at, paidFen, privateFen, publicFen }) => [
        at,
        { private: privateFen, public: publicFen, unknown: paidFen - privateFen - publicFen },
      ]),
    );
    return everyMinute(rows, KEYS, { from, to, fill: 0 });
  }, [series, from, to]);
}

const EXPLAIN = "bag.explained.v1";
const OFFERS = new Set(["coupon.pushed.v1", "lottery.opened.v1", "lottery.drawn.v1", "bag.pricesSet.v1"]);

function useActMarkers(from: number): readonly ActMarker[] {
  const { items } = useSession((show) => show.tape);
  const say = useTapeWords();
  return useMemo(
    () =>
      items.flatMap((item): ActMarker[] => {
        if (!item || item.at < from || (item.type !== EXPLAIN && !OFFERS.has(item.type))) return [];
        return [{ at: item.at, label: say(item), tone: item.type === EXPLAIN ? "plain" : "wait" }];
      }),
    [items, from, say],
  );
}
