import type { useTranslations } from "next-intl";
import { count, percent, yuanRound } from "../../format/money.ts";
import { clockTime, duration } from "../../format/time.ts";
import type { ProductRow, ShowSlices } from "../../session/show-slices.ts";
import type { HalfHour } from "./half-hours.shape.ts";

/** A half hour as a few lines to send to a group: what it sold, against the one before, and how things stand now. */

export type ReportWords = ReturnType<typeof useTranslations<"report">>;

export type HalfHourShow = {
  readonly title: string;
  readonly rehearsal: boolean;
  readonly targetFen: number | null;
};

/** Figures that may have moved by the time the text is read: they are printed with the minute that they stood at. */
export type StandsNow = {
  readonly now: number;
  readonly online: number | null;
  /** `null`: no orders are known. */
  readonly unpaid: { readonly fen: number; readonly orders: number } | null;
  readonly top: readonly {
    readonly linkNo: number;
    readonly name: string;
    readonly fen: number;
    readonly units: number;
  }[];
  readonly scarce: readonly { readonly linkNo: number; readonly name: string; readonly left: number }[];
  /** Paid money in total where no orders are known, with the time it stood at. */
  readonly total: { readonly fen: number; readonly at: number } | null;
};

type Half = Pick<HalfHour, "at" | "sinceStartMs" | "cut"> & Partial<HalfHour>;

/** `half` without money: of a show of which totals alone are known. `stands` null: long past, only what stays true. */
export function halfHourText(words: ReportWords, show: HalfHourShow, half: Half, stands: StandsNow | null): string {
  const title = show.rehearsal ? words("text.rehearsal", { title: show.title }) : show.title;
  const head = words(half.cut ? "text.headCut" : "text.head", {
    title,
    time: clockTime(half.at),
    elapsed: duration(half.sinceStartMs),
  });
  return [head, ...moneyLines(words, show, half), ...standLines(words, show, stands)].join("\n");
}

function moneyLines(words: ReportWords, { targetFen }: HalfHourShow, half: Half): string[] {
  const { totalFen, paidFen, orders, best, privateFen = 0, publicFen = 0 } = half;
  if (totalFen === undefined || paidFen === undefined || orders === undefined) return [];
  const named = privateFen + publicFen;
  return [
    withTarget(words, words("text.total", { fen: yuanRound(totalFen) }), totalFen, targetFen),
    words("text.half", {
      fen: yuanRound(paidFen),
      orders: count(orders),
      change: changeWords(words, half.change ?? null),
    }),
    ...(best ? [words("text.best", { time: clockTime(best.at), fen: yuanRound(best.fen) })] : []),
    ...(named > 0
      ? [words("text.traffic", { private: percent(privateFen / named, 0), public: percent(publicFen / named, 0) })]
      : []),
  ];
}

function standLines(words: ReportWords, { targetFen }: HalfHourShow, stands: StandsNow | null): string[] {
  if (!stands) return [];
  const { now, online, unpaid, top, scarce, total } = stands;
  const time = clockTime(now);
  const named = ({ linkNo, name }: { readonly linkNo: number; readonly name: string }) =>
    words("text.product", { linkNo, name });
  const standing = [
    ...(online === null ? [] : [words("text.online", { online: count(online) })]),
    ...(unpaid && unpaid.orders > 0
      ? [words("text.unpaid", { fen: yuanRound(unpaid.fen), orders: count(unpaid.orders) })]
      : []),
  ];
  const sold = top.map((row) =>
    words("text.sold", { product: named(row), fen: yuanRound(row.fen), units: count(row.units) }),
  );
  const left = scarce.map((row) => words("text.left", { product: named(row), left: count(row.left) }));
  return [
    ...(total
      ? [
          withTarget(
            words,
            words("text.totalAsOf", { time: clockTime(total.at), fen: yuanRound(total.fen) }),
            total.fen,
            targetFen,
          ),
        ]
      : []),
    ...(standing.length > 0 ? [words("text.asOf", { time, what: standing.join(" · ") })] : []),
    ...(sold.length > 0 ? [words("text.top", { time, what: sold.join(words("text.and")) })] : []),
    ...(left.length > 0 ? [words("text.scarce", { time, what: left.join(words("text.and")) })] : []),
  ];
}

function withTarget(words: ReportWords, text: string, fen: number, targetFen: number | null): string {
  if (!targetFen) return text;
  return text + words("text.ofTarget", { share: percent(fen / targetFen), target: yuanRound(targetFen) });
}

/** Empty where nothing can be compared. */
export function changeWords(words: ReportWords, change: number | null): string {
  if (change === null) return "";
  return words(change >= 0 ? "text.more" : "text.less", { share: percent(Math.abs(change), 0) });
}

const TOP = 3;
const SCARCE = 3;
/** Few enough to say so; docs of the shelf say the same of what is nearly gone. */
const SCARCE_BELOW = 20;

/** How the show stands at `now`, for the lines that say 截至. */
export function standsNow(
  {
    figures,
    audience,
    productFigures,
    products,
  }: Pick<ShowSlices, "figures" | "audience" | "productFigures" | "products">,
  now: number,
): StandsNow {
  const { headline, unpaid } = figures;
  const hasOrders = headline.source === "orders";
  const rows: readonly ProductRow[] = [...products.values()];
  const byPlatform = new Map(rows.flatMap((row) => (row.platformId === null ? [] : [[row.platformId, row] as const])));
  const top = [...productFigures.values()].flatMap(({ productId, paid }) => {
    const row = productId === null ? undefined : byPlatform.get(productId);
    return row && paid.fen > 0 ? [{ linkNo: row.linkNo, name: row.name, fen: paid.fen, units: paid.units }] : [];
  });
  const scarce = rows.flatMap(({ linkNo, name, saleState, sellable }) =>
    saleState.value === "onSale" && sellable > 0 && sellable < SCARCE_BELOW ? [{ linkNo, name, left: sellable }] : [],
  );
  return {
    now,
    online: audience.online?.value ?? null,
    unpaid: hasOrders ? { fen: unpaid.fen, orders: unpaid.orders } : null,
    top: top.toSorted((a, b) => b.fen - a.fen).slice(0, TOP),
    scarce: scarce.toSorted((a, b) => a.left - b.left).slice(0, SCARCE),
    total: hasOrders || headline.paidFen === null ? null : { fen: headline.paidFen, at: headline.at ?? now },
  };
}
