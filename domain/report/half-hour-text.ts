import { count, duration, percent, yuanRound } from "../figure-text.ts";
import { clockText } from "../push/times.ts";
import { halfHoursOf, lastMark, type HalfHour } from "./half-hours.ts";
import type { ReportFacts, ReportProduct } from "./report-facts.ts";
import type { SayReport } from "./report-words.ts";

/** A half hour as a few lines to send to a group: what it sold, against the one before, and how things stand now. */

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
  readonly top: readonly Sold[];
  readonly scarce: readonly { readonly linkNo: number; readonly name: string; readonly left: number }[];
  /** Paid money in total where no orders are known, with the time it stood at. */
  readonly total: { readonly fen: number; readonly at: number } | null;
};

export type Sold = { readonly linkNo: number; readonly name: string; readonly fen: number; readonly units: number };

/** In which words, and in which zone clock times are. */
export type Telling = { readonly say: SayReport; readonly zone: string };

export type TextHalf = Pick<HalfHour, "at" | "sinceStartMs" | "cut"> & Partial<HalfHour>;

/** `half` without money: of a show of which totals alone are known. `stands` null: long past, only what stays true. */
export function halfHourLines(
  telling: Telling,
  show: HalfHourShow,
  half: TextHalf,
  stands: StandsNow | null,
): readonly string[] {
  const { say, zone } = telling;
  const head = say(half.cut ? "headCut" : "head", {
    title: titleOf(telling, show),
    time: clockText(half.at, zone),
    elapsed: duration(half.sinceStartMs),
  });
  return [head, ...moneyLines(telling, show, half), ...standLines(telling, show, stands)];
}

/** Of the last half hour that was full at `now`; `null`: none is yet. */
export function halfHourNow(telling: Telling, facts: ReportFacts, now: number): string | null {
  const { session, figures } = facts;
  const { title, rehearsal, targets, startedAt } = session;
  const at = lastMark(session, now);
  if (at === null || startedAt === null) return null;
  const half = figures.headline.source === "orders" ? halfHoursOf(facts, now).find((one) => one.at === at) : undefined;
  const bare = { at, sinceStartMs: at - Math.floor(startedAt / 60_000) * 60_000, cut: false };
  const show = { title, rehearsal, targetFen: targets.paidFen };
  return halfHourLines(telling, show, half ?? bare, standsNow(facts, now)).join("\n");
}

export const titleOf = ({ say }: Telling, { title, rehearsal }: Pick<HalfHourShow, "title" | "rehearsal">): string =>
  rehearsal ? say("rehearsal", { title }) : title;

function moneyLines({ say, zone }: Telling, { targetFen }: HalfHourShow, half: TextHalf): string[] {
  const { totalFen, paidFen, orders, best, privateFen = 0, publicFen = 0 } = half;
  if (totalFen === undefined || paidFen === undefined || orders === undefined) return [];
  return [
    withTarget(say, say("total", { fen: yuanRound(totalFen) }), totalFen, targetFen),
    say("half", { fen: yuanRound(paidFen), orders: count(orders), change: changeWords(say, half.change ?? null) }),
    ...(best ? [say("best", { time: clockText(best.at, zone), fen: yuanRound(best.fen) })] : []),
    ...trafficLine(say, privateFen, publicFen),
  ];
}

export function trafficLine(say: SayReport, privateFen: number, publicFen: number): string[] {
  const named = privateFen + publicFen;
  if (named <= 0) return [];
  return [say("traffic", { private: percent(privateFen / named, 0), public: percent(publicFen / named, 0) })];
}

function standLines({ say, zone }: Telling, { targetFen }: HalfHourShow, stands: StandsNow | null): string[] {
  if (!stands) return [];
  const { now, online, unpaid, top, scarce, total } = stands;
  const time = clockText(now, zone);
  const standing = [
    ...(online === null ? [] : [say("online", { online: count(online) })]),
    ...(unpaid && unpaid.orders > 0
      ? [say("unpaid", { fen: yuanRound(unpaid.fen), orders: count(unpaid.orders) })]
      : []),
  ];
  const left = scarce.map((row) => say("left", { product: say("product", namedBy(row)), left: count(row.left) }));
  return [
    ...(total ? [totalLine(say, { time: clockText(total.at, zone), fen: total.fen }, targetFen)] : []),
    ...(standing.length > 0 ? [say("asOf", { time, what: standing.join(" · ") })] : []),
    ...(top.length > 0 ? [say("top", { time, what: soldWords(say, top) })] : []),
    ...(left.length > 0 ? [say("scarce", { time, what: left.join(say("and")) })] : []),
  ];
}

export function totalLine(
  say: SayReport,
  { time, fen }: { readonly time: string; readonly fen: number },
  targetFen: number | null,
): string {
  return withTarget(say, say("totalAsOf", { time, fen: yuanRound(fen) }), fen, targetFen);
}

export function soldWords(say: SayReport, rows: readonly Sold[]): string {
  const sold = rows.map((row) =>
    say("sold", { product: say("product", namedBy(row)), fen: yuanRound(row.fen), units: count(row.units) }),
  );
  return sold.join(say("and"));
}

/** Beyond it a robot's message would be full of one name. */
const NAME_LETTERS = 40;
const namedBy = ({ linkNo, name }: { readonly linkNo: number; readonly name: string }) => {
  const letters = Array.from(name);
  return { linkNo, name: letters.length > NAME_LETTERS ? `${letters.slice(0, NAME_LETTERS).join("")}…` : name };
};

export function withTarget(say: SayReport, text: string, fen: number, targetFen: number | null): string {
  if (!targetFen) return text;
  return text + say("ofTarget", { share: percent(fen / targetFen), target: yuanRound(targetFen) });
}

/** Empty where nothing can be compared. */
function changeWords(say: SayReport, change: number | null): string {
  if (change === null) return "";
  return say(change >= 0 ? "more" : "less", { share: percent(Math.abs(change), 0) });
}

const TOP = 3;
const SCARCE = 3;
/** Few enough to say so; docs of the shelf say the same of what is nearly gone. */
const SCARCE_BELOW = 20;

/** How the show stands at `now`, for the lines that say 截至. */
export function standsNow(
  facts: Pick<ReportFacts, "figures" | "audience" | "productFigures" | "products">,
  now: number,
): StandsNow {
  const { figures, audience, products } = facts;
  const { headline, unpaid } = figures;
  const hasOrders = headline.source === "orders";
  const scarce = [...products.values()].flatMap(({ linkNo, name, saleState, sellable }) =>
    saleState.value === "onSale" && sellable > 0 && sellable < SCARCE_BELOW ? [{ linkNo, name, left: sellable }] : [],
  );
  return {
    now,
    online: audience.online?.value ?? null,
    unpaid: hasOrders ? { fen: unpaid.fen, orders: unpaid.orders } : null,
    top: topSold(facts),
    scarce: scarce.toSorted((a, b) => a.left - b.left).slice(0, SCARCE),
    total: hasOrders || headline.paidFen === null ? null : { fen: headline.paidFen, at: headline.at ?? now },
  };
}

/** The products that sold most money, those of the show's sheet. */
export function topSold({ productFigures, products }: Pick<ReportFacts, "productFigures" | "products">): Sold[] {
  const byPlatform = new Map(
    [...products.values()].flatMap((row): [string, ReportProduct][] =>
      row.platformId === null ? [] : [[row.platformId, row]],
    ),
  );
  const sold = [...productFigures.values()].flatMap(({ productId, paid }) => {
    const row = productId === null ? undefined : byPlatform.get(productId);
    return row && paid.fen > 0 ? [{ linkNo: row.linkNo, name: row.name, fen: paid.fen, units: paid.units }] : [];
  });
  return sold.toSorted((a, b) => b.fen - a.fen).slice(0, TOP);
}
