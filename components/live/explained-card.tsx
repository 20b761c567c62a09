"use client";
import { useTranslations } from "next-intl";
import { explainedMs, missing, perExplainMinute } from "#domain/metrics/figure.ts";
import { count, yuan, yuanRange, yuanRound } from "../format/money.ts";
import { duration } from "../format/time.ts";
import { LastTime } from "../lessons/last-time.tsx";
import { useSession } from "../session/session-provider.tsx";
import type { ProductRow } from "../session/show-slices.ts";
import { useList } from "../ui/use-list.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Tag } from "../ui/tag.tsx";
import { HANDS, PLANNERS, useBusy, useDesk } from "./desk.tsx";
import { EvidenceTags } from "./evidence-tag.tsx";
import { useMissingWords, useOrdersKnown } from "./figure-cell.tsx";
import { brokenSizes, netNow, priceRange, usualFen } from "./product-facts.ts";
import { useProductActs } from "./product-acts.ts";
import { ProductPicture } from "./product-picture.tsx";
import { SaidPoints } from "./said-points.tsx";
import { useShowNow } from "./show-clock.tsx";
import { useStore } from "./store.ts";

/** What is explained now, large: what it costs, what is left, how well it does. Keeps its height when nothing is. */
export function ExplainedCard({ compact = false }: { compact?: boolean }) {
  const explained = useSession((show) =>
    show.explained ? (show.products.get(show.explained.productId) ?? null) : null,
  );
  return (
    <section
      className={cn(
        "flex shrink-0 items-stretch gap-4 border-b bg-[#121925] px-3.5 py-3",
        compact ? "min-h-[142px] gap-3" : "min-h-[154px]",
      )}
    >
      {explained ? <Explained row={explained} compact={compact} /> : <NothingExplained />}
    </section>
  );
}

function NothingExplained() {
  const words = useTranslations("shelf");
  const { readOnly } = useDesk();
  const next = useSession((show) => {
    // After the end nothing comes next, whatever the rundown still held.
    if (show.session.phase === "ended") return words("showIsOver");
    const { nextCueId } = show.rundown;
    const cue = nextCueId === null ? undefined : show.cues.get(nextCueId);
    const row = cue?.productId ? show.products.get(cue.productId) : undefined;
    if (!row) return readOnly ? "" : words("pickToExplain");
    return words(readOnly ? "nextIs" : "nextToExplain", { linkNo: row.linkNo, name: row.name });
  });
  return (
    <>
      <div className="flex shrink-0 flex-col justify-center gap-1">
        <p className="text-base text-dim">{words("nothingExplained")}</p>
        <p className="text-sm text-faint">{next}</p>
      </div>
      <LastTime className="max-h-52 min-w-0 flex-1 self-start overflow-y-auto" />
    </>
  );
}

function Explained({ row, compact }: { row: ProductRow; compact: boolean }) {
  return compact ? <CompactExplained row={row} /> : <WideExplained row={row} />;
}

/** What it is stands beside how well it does, what it costs beside the acts: a row gives way only to what stands in that row. */
function WideExplained({ row }: { row: ProductRow }) {
  return (
    <>
      <ProductPicture row={row} className="size-[108px] self-center max-[1360px]:hidden" />
      <div className="flex min-w-0 flex-1 flex-col justify-between gap-1">
        <div className="flex items-start gap-4">
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            <div className="flex min-w-0 items-center gap-1.5 [&>*]:min-w-12 [&>*:first-child]:shrink-0">
              <ExplainedTags row={row} />
            </div>
            <ProductName row={row} />
          </div>
          <PerMinute row={row} />
        </div>
        <div className="flex items-end gap-4">
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            <PriceLine row={row} compact={false} />
            <StockLine row={row} />
            <SaidPoints row={row} compact={false} />
          </div>
          <ExplainedActs row={row} />
        </div>
      </div>
    </>
  );
}

function CompactExplained({ row }: { row: ProductRow }) {
  return (
    <>
      <div className="flex min-w-0 flex-1 flex-col justify-between gap-1">
        <div className="flex min-w-0 flex-wrap items-center gap-1.5">
          <ExplainedTags row={row} />
        </div>
        <ProductName row={row} />
        <PriceLine row={row} compact />
        <StockLine row={row} />
        <SaidPoints row={row} compact />
      </div>
      <ExplainedActs row={row} column />
    </>
  );
}

function ExplainedTags({ row }: { row: ProductRow }) {
  return (
    <>
      <ExplainedTag row={row} />
      {row.explained ? <EvidenceTags evidence={row.explained.evidence} /> : null}
    </>
  );
}

function ProductName({ row }: { row: ProductRow }) {
  return (
    <h2 className="truncate text-base font-semibold" title={row.name}>
      {row.name}
    </h2>
  );
}

function ExplainedTag({ row }: { row: ProductRow }) {
  const words = useTranslations("shelf");
  const now = useShowNow();
  const { explained, linkNo, role } = row;
  const round = useRound(row);
  if (!explained) return null;
  return (
    <>
      <Tag tone="air" className="tabular-nums">
        {words("explaining", { time: duration(explainedMs([round ?? { from: explained.since, to: null }], now)) })}
        {explained.round > 1 ? ` · ${words("round", { round: explained.round })}` : ""}
      </Tag>
      <Tag>{[words("link", { linkNo }), role].filter(Boolean).join(" · ")}</Tag>
    </>
  );
}

function PriceLine({ row, compact }: { row: ProductRow; compact: boolean }) {
  const words = useTranslations("shelf");
  const { lowFen, highFen, planned } = priceRange(row);
  const usual = usualFen(row);
  const coupons = useSession((show) => show.coupons);
  const net = netNow(row, coupons.values());
  return (
    // Nothing is cut within a price, which would read as another one: what has no room is left out whole, the mechanism's end first.
    <p
      className={cn(
        "flex flex-wrap items-baseline gap-x-2 text-sm whitespace-nowrap text-dim",
        !compact && "h-8 gap-y-2 overflow-hidden",
      )}
    >
      <span
        className={cn(
          "leading-8 font-bold tabular-nums",
          compact ? "text-[22px]" : "text-[26px]",
          planned ? "text-dim" : "text-ink",
        )}
      >
        {yuanRange(lowFen, highFen)}
      </span>
      {net === null ? null : (
        <span>
          {words("net")} <b className="text-ink">{yuan(net)}</b>
        </span>
      )}
      {planned ? <span className="text-xs text-wait-ink">{words("plannedPrice")}</span> : null}
      {usual === null ? null : (
        <s className="text-faint">
          {words("usual")} {yuan(usual)}
        </s>
      )}
      {row.mechanism ? (
        <span className="min-w-14 flex-1 truncate" title={row.mechanism}>
          · {row.mechanism}
        </span>
      ) : null}
    </p>
  );
}

function StockLine({ row }: { row: ProductRow }) {
  const words = useTranslations("shelf");
  const list = useList();
  const broken = brokenSizes(row);
  return (
    <p className="truncate text-sm text-dim">
      {words("sellable")}{" "}
      <b className={cn("tabular-nums", row.sellable < 0 ? "text-air-ink" : "text-ink")}>{count(row.sellable)}</b> ·{" "}
      {words("unpaidHold")} {count(row.unpaidHold)} · {words("pool")} {count(row.pool)}
      {broken.length > 0 ? <span className="text-wait-ink"> · {words("broken", { names: list(broken) })}</span> : null}
      {row.oversold ? <span className="text-air-ink"> · {words("oversold")}</span> : null}
    </p>
  );
}

/** The round that runs: its money, and the minutes that the stream was down in it. */
function useRound({ productId, explained }: ProductRow) {
  return useSession((show) => (explained ? show.roundFigures.get(`${productId}:${explained.round}`) : undefined));
}

/** 讲解分钟产出 of this round against the show's mean. */
function PerMinute({ row }: { row: ProductRow }) {
  const words = useTranslations("shelf");
  const explain = useMissingWords();
  const now = useShowNow(5_000);
  const round = useRound(row);
  const total = useSession((show) => show.figures.explained);
  const isKnown = useOrdersKnown();
  const figure = isKnown ? perExplainMinute(round?.paidFen ?? 0, round ? [round] : [], now) : missing("noOrders");
  const spans = [
    { from: 0, to: total.closedMs },
    ...(total.openSince === null ? [] : [{ from: total.openSince, to: null }]),
  ];
  const mean = isKnown
    ? perExplainMinute(total.paidFen, explainedMs(spans, now) > 0 ? spans : [], now)
    : missing("noOrders");
  return (
    <div className="shrink-0 text-right">
      <p className="text-xs text-faint">
        {words("perMinute")}
        {mean.value === null ? "" : ` · ${words("mean", { value: yuanRound(mean.value) })}`}
      </p>
      <p className="text-xl font-bold tabular-nums" title={explain(figure) ?? ""}>
        {figure.value === null ? (
          <span className="text-sm font-normal text-faint">– {explain(figure)}</span>
        ) : (
          yuanRound(figure.value)
        )}
        {figure.value === null ? null : <span className="text-sm font-normal text-faint"> / {words("minute")}</span>}
      </p>
    </div>
  );
}

function ExplainedActs({ row, column = false }: { row: ProductRow; column?: boolean }) {
  const words = useTranslations("shelf");
  const { may, dialog, releaseUnits } = useDesk();
  const acts = useProductActs();
  const units = useStore(releaseUnits);
  const releasing = useBusy(`release:${row.productId}`);
  const explaining = useBusy("explain");
  const opening = useBusy(`sale:${row.productId}`);
  const some = Math.min(units, row.pool);
  // Explained but not on sale: nobody can buy it yet, whatever is released.
  const isClosed = may(PLANNERS) && row.saleState.value !== "onSale";
  if (!may([...HANDS, "assistant"])) return null;
  return (
    <div className={cn("flex shrink-0 gap-1.5", column && "flex-col justify-center [&>button]:justify-between")}>
      {isClosed ? (
        <Button look="primary" hotkey="O" busy={opening} onClick={() => acts.openSale(row)}>
          {words("openSale")}
        </Button>
      ) : null}
      {may(HANDS) ? (
        <Button
          look={isClosed ? "plain" : "primary"}
          hotkey="S"
          busy={releasing}
          disabled={row.pool <= 0}
          title={words("releaseHint")}
          onClick={() => acts.release(row, some)}
        >
          {words("releaseUnits", { units: some })}
        </Button>
      ) : null}
      {may(PLANNERS) ? (
        <Button hotkey="E" onClick={() => dialog.write({ kind: "price", productId: row.productId })}>
          {words("price")}
        </Button>
      ) : null}
      <Button hotkey="P" busy={explaining} onClick={acts.endExplain}>
        {words("end")}
      </Button>
    </div>
  );
}
