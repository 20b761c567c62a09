import type { CouponRow } from "../../session/show-slices.ts";
import { count, percent, yuanRound } from "../../format/money.ts";
import { clockTime, dayTime } from "../../format/time.ts";
import type { ReportWords } from "./half-hour-text.ts";
import type { Highlight } from "./highlights.shape.ts";
import type { Progress, Report, ReportCoupon, ReportLottery, ReportProduct, Standing } from "./report.shape.ts";

/** The report's lines in words, the same on its page and in its picture. */

export type DiscountWords = (discount: CouponRow["discount"]) => string;

/** A share to a tenth of a percent; what is little or nearly all is not rounded to nothing or all. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.0005) return "<0.1%";
  return share < 1 && share >= 0.9995 ? ">99.9%" : percent(share);
}

export function standingWords(words: ReportWords, standing: Standing): string {
  switch (standing.kind) {
    case "running":
      return words("standing.running", { time: clockTime(standing.at) });
    case "tonight":
      return words("standing.tonight");
    case "later":
      return words("standing.later", { days: standing.days });
    case "settled":
      return words("standing.settled", { time: dayTime(standing.at) });
  }
}

export type Line = { readonly time: string; readonly text: string; readonly figure: string };

export function highlightLine(words: ReportWords, highlight: Highlight): Line {
  const time = clockTime(highlight.at);
  switch (highlight.kind) {
    case "bestMinute":
      return { time, text: words("highlight.bestMinute"), figure: yuanRound(highlight.fen) };
    case "bestRound": {
      const { product, round, perMinuteFen } = highlight;
      const text = words("highlight.bestRound", { ...product, round });
      return { time, text, figure: words("perMinute", { fen: yuanRound(perMinuteFen) }) };
    }
    case "targetPassed":
      return { time, text: words("highlight.targetPassed"), figure: yuanRound(highlight.targetFen) };
    case "peakOnline":
      return { time, text: words("highlight.peakOnline"), figure: words("people", { count: count(highlight.value) }) };
    case "soldOut": {
      const { product, units } = highlight;
      const figure = units === null ? "" : words("units", { units: count(units) });
      return { time, text: words("highlight.soldOut", { ...product }), figure };
    }
  }
}

export function productName(words: ReportWords, { product }: ReportProduct): string {
  return product ? `${words("linkNo", { linkNo: product.linkNo })} ${product.name}` : words("unmatched");
}

export function productUnits(words: ReportWords, { units, refundedFen }: ReportProduct): string {
  const sold = { units: count(units) };
  return refundedFen > 0 ? words("unitsRefunded", { ...sold, fen: yuanRound(refundedFen) }) : words("units", sold);
}

export function couponLine(words: ReportWords, coupon: ReportCoupon, discount: DiscountWords): Line {
  const { claimed, total, used, pushes, pushedAt } = coupon;
  const parts = [
    discount(coupon.discount),
    ...(pushes > 1 ? [words("pushed", { count: pushes })] : []),
    ...(used === null ? [] : [words("used", { used: count(used) })]),
  ];
  const figure =
    claimed === null || total === null
      ? words("claimedUnknown")
      : words("claimed", { claimed: count(claimed), total: count(total) });
  return { time: clockTime(pushedAt), text: `${coupon.title} · ${parts.join(" · ")}`, figure };
}

export function lotteryLine(words: ReportWords, lottery: ReportLottery): Line {
  const { title, prizes, entries, winners, cancelled, openedAt } = lottery;
  const what = prizes.map(({ name, count: pieces }) => words("prizes", { name, count: count(pieces) }));
  const entered = entries === null ? [] : [words("entered", { count: count(entries) })];
  return {
    time: clockTime(openedAt),
    text: [title, ...what, ...entered].join(" · "),
    figure: cancelled ? words("cancelled") : words("winners", { count: count(winners) }),
  };
}

export type Stat = { readonly key: string; readonly label: string; readonly value: string; readonly sub: string };

/** Figures beside the paid amount. What nobody knows is a dash. */
export function statsOf(words: ReportWords, report: Report): readonly Stat[] {
  const { net, orders, viewers, buyers, perBuyer, watchToPay, gpm, peakOnline } = report;
  const unknown = words("unknown");
  const money = (fen: number | null) => (fen === null ? unknown : yuanRound(fen));
  const stat = (
    key: "net" | "orders" | "buyers" | "perBuyer" | "watchToPay" | "gpm" | "viewers" | "peakOnline",
    value: string,
    sub = "",
  ): Stat => ({
    key,
    label: words(key),
    value,
    sub,
  });
  return [
    stat("net", money(net?.fen ?? null), net ? words("refunded", { fen: yuanRound(net.refundedFen) }) : ""),
    stat("orders", counted(orders, unknown), targetWords(words, orders)),
    stat("buyers", buyers ? count(buyers.total) : unknown),
    stat("perBuyer", money(perBuyer.value)),
    stat("viewers", counted(viewers, unknown), targetWords(words, viewers)),
    stat("peakOnline", peakOnline ? count(peakOnline.value) : unknown, peakOnline ? clockTime(peakOnline.at) : ""),
    stat("watchToPay", watchToPay.value === null ? unknown : percent(watchToPay.value, 2)),
    stat("gpm", money(gpm.value)),
  ];
}

const counted = ({ value }: Progress, unknown: string) => (value === null ? unknown : count(value));

function targetWords(words: ReportWords, { target, share }: Progress): string {
  if (target === null) return "";
  const aim = words("target", { target: count(target) });
  return share === null ? aim : `${aim} · ${words("done", { share: percent(share) })}`;
}

export function paidTargetWords(words: ReportWords, { target, share }: Progress): string {
  if (target === null) return words("noTarget");
  const aim = words("target", { target: yuanRound(target) });
  return share === null ? aim : `${aim} · ${words("done", { share: percent(share) })}`;
}

const TRAFFIC = ["private", "public", "unknown"] as const;
export type TrafficKey = (typeof TRAFFIC)[number];
export const trafficKey = (key: string): TrafficKey => TRAFFIC.find((known) => known === key) ?? "unknown";

const ENTRIES = ["room", "groupLink", "staffForward", "productCard", "video", "other", "unknown"] as const;
export const entryKey = (key: string): (typeof ENTRIES)[number] => ENTRIES.find((known) => known === key) ?? "unknown";

export function countedWords(words: ReportWords, { asOf, source }: Report): string {
  return words("counted", { time: dayTime(asOf), source: words(`source.${source ?? "orders"}`) });
}
