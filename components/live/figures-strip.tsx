"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Figure } from "#domain/metrics/figure.ts";
import { neededPerMinute, recentChange, recentPerMinute, type PaidIn } from "#domain/metrics/pace.ts";
import { count, percent, yuan, yuanRound } from "../format/money.ts";
import { useSession } from "../session/session-provider.tsx";
import { cn } from "../ui/cn.ts";
import { Progress } from "../ui/progress.tsx";
import { useDesk } from "./desk.tsx";
import { FigureCell, useFigureHelp, useMissingWords, useOrdersKnown, type FigureSource } from "./figure-cell.tsx";
import { useShowNow } from "./show-clock.tsx";

/** Money, time, what waits: every figure with its definition, source and age, and never a number that nobody knows. */
export function FiguresStrip() {
  return (
    <div className="grid h-[92px] shrink-0 grid-cols-[minmax(230px,1.7fr)_repeat(7,minmax(118px,1fr))] overflow-x-auto border-b [&>*+*]:border-l">
      <PaidCell />
      <OrdersCell />
      <UnpaidCell />
      <OnlineCell />
      <PaceCell />
      <WatchToPayCell />
      <RefundedCell />
      <TrafficCell />
    </div>
  );
}

/** What a strip has room for of the figures. */
export function NarrowFigures() {
  return (
    <div className="grid h-[84px] shrink-0 grid-cols-[1.35fr_1fr_1.1fr] border-b [&>*+*]:border-l [&_.beside]:hidden [&>*]:px-2.5 [&_.text-\[30px\]]:text-[19px] [&_.text-\[22px\]]:text-[17px]">
      <PaidCell />
      <OnlineCell />
      <PaceCell />
    </div>
  );
}

export function useHeadlineSource(): FigureSource {
  const words = useTranslations("control");
  const { source, at } = useSession((show) => show.figures.headline);
  return { name: words(`source.${source ?? "orders"}`), at };
}

const useOrdersSource = (): FigureSource => {
  const words = useTranslations("control");
  const { source, at } = useSession((show) => show.figures.headline);
  return { name: words("source.orders"), at: source === "orders" ? at : null };
};

/** Nobody told anything of money; who may act reads which key to type it with. */
function useNoPaid(): string {
  const words = useTranslations("figure");
  return words(useDesk().readOnly ? "missing.noOrders" : "noOrdersHint");
}

/** Why figures of single orders are missing: nobody told anything, or totals alone. */
function useNoOrders(): string {
  const words = useTranslations("figure");
  const noPaid = useNoPaid();
  const isUnknown = useSession((show) => show.figures.headline.source === null);
  return isUnknown ? noPaid : words("onlyTotals");
}

/** ¥846,231 large, .50 small. */
export function BigYuan({ fen }: { fen: number }) {
  const text = yuan(fen);
  const dot = text.indexOf(".");
  if (dot < 0) return text;
  return (
    <>
      {text.slice(0, dot)}
      <span className="text-[60%] font-normal text-dim">{text.slice(dot)}</span>
    </>
  );
}

function PaidCell({ className }: { className?: string }) {
  const words = useTranslations("figure");
  const paidFen = useSession((show) => show.figures.headline.paidFen);
  const target = useSession((show) => show.session.targets.paidFen);
  const source = useHeadlineSource();
  const noPaid = useNoPaid();
  const share = paidFen === null || !target ? null : paidFen / target;
  return (
    <FigureCell
      id="paid"
      size="xl"
      {...(className ? { className } : {})}
      value={paidFen === null ? null : <BigYuan fen={paidFen} />}
      beside={target === null ? words("noTarget") : words("target", { target: yuan(target) })}
      source={source}
      {...(paidFen === null ? { sub: noPaid } : {})}
    >
      {share === null || paidFen === null ? null : (
        <Progress
          value={share}
          tone="sure"
          label={words("targetReached", { share: percent(share) })}
          className="mt-1"
        />
      )}
    </FigureCell>
  );
}

/** Paid money of each minute; `null` where no order source has told of any. */
function usePaidIn(): PaidIn | null {
  const isKnown = useOrdersKnown();
  const series = useSession((show) => show.series);
  return useMemo(() => (isKnown ? (key: string) => series.get(key)?.paidFen ?? 0 : null), [isKnown, series]);
}

function OrdersCell() {
  const words = useTranslations("figure");
  const explain = useMissingWords();
  const orders = useSession((show) => show.figures.headline.orders);
  const paidIn = usePaidIn();
  const startedAt = useSession((show) => show.session.startedAt);
  const now = useShowNow(10_000);
  const source = useHeadlineSource();
  const noPaid = useNoPaid();
  const noOrders = useNoOrders();
  const change = recentChange(paidIn, { startedAt, now }, 10);
  const shown =
    paidIn === null ? (
      noOrders
    ) : change.value === null ? (
      <span title={explain(change) ?? ""}>{words("changeUnknown", { reason: explain(change) ?? "" })}</span>
    ) : (
      <>
        <b className={change.value >= 0 ? "text-sure-ink" : "text-wait-ink"}>
          {change.value >= 0 ? "▲" : "▼"} {percent(Math.abs(change.value), 0)}
        </b>{" "}
        {words("lastTen")}
      </>
    );
  const value = orders === null ? null : count(orders);
  return <FigureCell id="orders" value={value} sub={value === null ? noPaid : shown} source={source} />;
}

function UnpaidCell() {
  const words = useTranslations("figure");
  const unpaid = useSession((show) => show.figures.unpaid);
  const source = useOrdersSource();
  const noOrders = useNoOrders();
  // The link that most of it waits at; two numbers in one text, so that this draws only when they differ.
  const most = useSession((show) => {
    let best = { linkNo: 0, units: 0 };
    for (const row of show.products.values())
      if (row.unpaidHold > best.units) best = { linkNo: row.linkNo, units: row.unpaidHold };
    return best.units === 0 ? "" : words("unpaidAt", { linkNo: best.linkNo, count: best.units });
  });
  const known = source.at !== null;
  return (
    <FigureCell
      id="unpaid"
      tone="wait"
      value={known ? yuanRound(unpaid.fen) : null}
      sub={known ? [words("orderCount", { count: unpaid.orders }), most].filter(Boolean).join(" · ") : noOrders}
      source={source}
    />
  );
}

function OnlineCell({ className }: { className?: string }) {
  const words = useTranslations("figure");
  const sources = useTranslations("control");
  const { readOnly } = useDesk();
  const online = useSession((show) => show.audience.online);
  const viewers = useSession((show) => show.audience.viewers);
  const source = online
    ? { name: sources(`source.${online.source}`), at: online.at }
    : { name: sources("source.dashboard"), at: null };
  const sub = viewers
    ? words("viewers", { count: count(viewers.value) })
    : words(online ? "viewersUnknown" : readOnly ? "onlineUnknown" : "onlineHint");
  return (
    <FigureCell
      id="online"
      {...(className ? { className } : {})}
      value={online ? count(online.value) : null}
      sub={sub}
      source={source}
    />
  );
}

function useValueOrReason(figure: Figure, show: (value: number) => string) {
  const explain = useMissingWords();
  return { value: figure.value === null ? null : show(figure.value), reason: explain(figure) };
}

function PaceCell({ className }: { className?: string }) {
  const words = useTranslations("figure");
  const now = useShowNow(1_000);
  const paidIn = usePaidIn();
  const paidFen = useSession((show) => show.figures.headline.paidFen);
  const { startedAt, plannedEndAt, targets } = useSession((show) => show.session);
  const source = useHeadlineSource();
  const needed = neededPerMinute({ targetFen: targets.paidFen, paidFen, now, plannedEndAt });
  const recent = recentPerMinute(paidIn, { startedAt, now }, 5);
  const noOrders = useNoOrders();
  const { value, reason } = useValueOrReason(needed, yuanRound);
  const lastFive = useValueOrReason(recent, yuanRound);
  const enough = needed.value !== null && recent.value !== null ? recent.value >= needed.value : null;
  const soFar = words("lastFive", { value: lastFive.value ?? lastFive.reason ?? "" });
  const told = () => {
    // Where neither is known one reason is all that there is room for.
    if (recent.value === null && needed.value === null) return reason;
    if (paidIn === null) return noOrders;
    if (enough === null) return [soFar, reason].filter(Boolean).join(" ");
    return (
      // The verdict is what is read at a glance: where room is short the figure behind it gives way.
      <span className="flex gap-1.5" title={soFar}>
        <b className={cn("shrink-0", enough ? "text-sure-ink" : "text-wait-ink")}>
          {words(enough ? "enough" : "short")}
        </b>
        <span className="truncate">{soFar}</span>
      </span>
    );
  };
  return (
    <FigureCell id="neededPerMinute" {...(className ? { className } : {})} value={value} source={source} sub={told()} />
  );
}

function WatchToPayCell() {
  const words = useTranslations("figure");
  const figure = useSession((show) => show.figures.watchToPay);
  const perBuyer = useSession((show) => show.figures.perBuyer);
  const source = useOrdersSource();
  const noOrders = useNoOrders();
  const help = useFigureHelp("perBuyer");
  const clicks = useSession((show) => show.figures.clicks?.value ?? null);
  const clicksHelp = useFigureHelp("clicks");
  const { value, reason } = useValueOrReason(figure, (share) => percent(share, 2));
  const each = useValueOrReason(perBuyer, yuanRound);
  const told =
    (source.at === null ? noOrders : reason) ?? words("named", { name: help.name, value: each.value ?? "–" });
  const clicked = clicks === null ? null : words("named", { name: clicksHelp.name, value: count(clicks) });
  const sub = [told, clicked].filter(Boolean).join(" · ");
  return <FigureCell id="watchToPay" value={value} sub={sub} source={source} />;
}

function RefundedCell() {
  const words = useTranslations("figure");
  const refunded = useSession((show) => show.figures.refunded.fen);
  const net = useSession((show) => show.figures.net.fen);
  const uncounted = useSession((show) => show.figures.uncountedRefundFen);
  const help = useFigureHelp("net");
  const source = useOrdersSource();
  const noOrders = useNoOrders();
  const known = source.at !== null;
  const sub =
    uncounted > 0
      ? words("uncounted", { value: yuanRound(uncounted) })
      : words("named", { name: help.name, value: yuanRound(net) });
  return (
    <FigureCell id="refunded" value={known ? yuanRound(refunded) : null} sub={known ? sub : noOrders} source={source} />
  );
}

function TrafficCell() {
  const words = useTranslations("figure");
  const traffic = useSession((show) => show.figures.traffic);
  const source = useOrdersSource();
  const noOrders = useNoOrders();
  const fenOf = (kind: keyof typeof traffic) => traffic[kind].paidFen;
  const known = fenOf("private") + fenOf("public");
  const unknown = fenOf("unknown");
  const share = known > 0 ? Math.round((fenOf("private") / known) * 100) : null;
  const unknownShare = known + unknown > 0 ? percent(unknown / (known + unknown), 0) : null;
  return (
    <FigureCell
      id="traffic"
      source={source}
      value={
        share === null ? null : (
          <>
            <span className="text-private-ink">{share}</span>
            <span className="text-faint"> : </span>
            <span className="text-public-ink">{100 - share}</span>
          </>
        )
      }
      sub={
        share === null
          ? unknown > 0
            ? words("trafficUnmarked")
            : noOrders
          : unknown > 0
            ? words("trafficUnknown", { share: unknownShare ?? "" })
            : undefined
      }
    >
      {share === null ? null : (
        <span aria-hidden className={cn("mt-1 flex h-1 overflow-hidden rounded-full", unknown > 0 && "mt-0")}>
          <span className="bg-private" style={{ width: `${share}%` }} />
          <span className="flex-1 bg-public" />
        </span>
      )}
    </FigureCell>
  );
}
