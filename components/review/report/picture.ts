import { count, yuan, yuanRound } from "../../format/money.ts";
import { clockTime, day } from "../../format/time.ts";
import type { ReportWords } from "./half-hour-text.ts";
import { INNER, MARGIN, Pen, type Ink, type Mark, type Measure } from "./picture-pen.ts";
import type { Report } from "./report.shape.ts";
import {
  countedWords,
  couponLine,
  entryKey,
  highlightLine,
  lotteryLine,
  paidTargetWords,
  productName,
  productUnits,
  shareText,
  standingWords,
  statsOf,
  trafficKey,
  type DiscountWords,
  type Line,
} from "./report-words.ts";

/** The report as a long picture for a phone: one column, everything measured, nothing cut. Pure. */

export type PictureOf = {
  readonly report: Report;
  readonly roomName: string;
  readonly words: ReportWords;
  readonly discount: DiscountWords;
};
export type Picture = { readonly height: number; readonly marks: readonly Mark[] };

export function pictureOf(of: PictureOf, measure: Measure): Picture {
  const pen = new Pen(measure);
  const { report, words } = of;
  drawHead(pen, of);
  drawMoney(pen, of);
  pen.grid(statsOf(words, report), 2);
  section(pen, words("highlights"), report.highlights, (one) => timed(pen, highlightLine(words, one)));
  drawProducts(pen, of);
  drawTraffic(pen, of);
  drawBuyers(pen, of);
  section(pen, words("coupons"), report.coupons, (one) => timed(pen, couponLine(words, one, of.discount)));
  section(pen, words("lotteries"), report.lotteries, (one) => timed(pen, lotteryLine(words, one)));
  pen.space(18);
  pen.rule();
  pen.space(12);
  pen.row(countedWords(words, report), words("by"), { font: { size: 12 }, ink: "dim", rightInk: "dim" });
  pen.space(MARGIN - 8);
  return { height: Math.ceil(pen.y), marks: pen.marks };
}

function drawHead(pen: Pen, { report, roomName, words }: PictureOf): void {
  const { title, startedAt, endedAt, rehearsal, standing } = report;
  pen.paragraph(roomName === "" ? words("title") : `${roomName} · ${words("title")}`, {
    font: { size: 14 },
    ink: "dim",
  });
  pen.paragraph(title, { font: { size: 25, bold: true } });
  const times = `${day(startedAt)} ${clockTime(startedAt)}–${endedAt === null ? "" : clockTime(endedAt)}`;
  pen.row(times, standingWords(words, standing), {
    font: { size: 13 },
    ink: "dim",
    rightInk: standing.kind === "settled" ? "sure" : "wait",
  });
  if (!rehearsal) return;
  pen.space(8);
  pen.note(words("rehearsalNote"), "wait", "waitSoft");
}

function drawMoney(pen: Pen, { report: { paid }, words }: PictureOf): void {
  pen.space(16);
  pen.paragraph(words("paid"), { font: { size: 14 }, ink: "dim" });
  if (paid.value === null) pen.paragraph(words("noPaid"), { font: { size: 22, bold: true } });
  else pen.headline(yuan(paid.value), [46, 40, 34, 28]);
  pen.space(4);
  if (paid.share !== null) {
    pen.bar([{ share: paid.share, ink: "sure" }], 8);
    pen.space(4);
  }
  pen.paragraph(paidTargetWords(words, paid), { font: { size: 14 }, ink: "dim" });
  pen.space(18);
  pen.rule();
  pen.space(16);
}

/** A part with a head; nothing where there is nothing to say. */
function section<T>(pen: Pen, title: string, rows: readonly T[], draw: (row: T) => void): void {
  if (rows.length === 0) return;
  heading(pen, title);
  for (const row of rows) {
    draw(row);
    pen.space(8);
  }
}

function heading(pen: Pen, title: string): void {
  pen.space(14);
  pen.rule();
  pen.space(14);
  pen.paragraph(title, { font: { size: 17, bold: true } });
  pen.space(6);
}

const timed = (pen: Pen, { time, text, figure }: Line) => pen.row(`${time}  ${text}`, figure);

function drawProducts(pen: Pen, { report, words }: PictureOf): void {
  const { products, otherProducts } = report;
  const most = products[0]?.fen ?? 0;
  section(pen, words("products"), products, (row) => {
    pen.row(`${products.indexOf(row) + 1}. ${productName(words, row)}`, yuanRound(row.fen));
    pen.space(3);
    pen.bar([{ share: most > 0 ? row.fen / most : 0, ink: "money" }], 5);
    pen.space(2);
    pen.row(productUnits(words, row), shareText(row.share), { font: { size: 12 }, ink: "dim", rightInk: "dim" });
  });
  if (otherProducts.count === 0) return;
  const more = { count: count(otherProducts.count), fen: yuanRound(otherProducts.fen) };
  pen.paragraph(words("productsMore", more), { font: { size: 13 }, ink: "dim" });
}

const TRAFFIC_INK: Readonly<Record<ReturnType<typeof trafficKey>, Ink>> = {
  private: "private",
  public: "public",
  unknown: "plain",
};

function drawTraffic(pen: Pen, { report: { traffic, entries }, words }: PictureOf): void {
  if (traffic.length === 0) return;
  heading(pen, words("traffic"));
  pen.bar(
    traffic.map(({ key, share }) => ({ share, ink: TRAFFIC_INK[trafficKey(key)] })),
    12,
  );
  pen.space(8);
  for (const { key, fen, share } of traffic)
    legend(
      pen,
      TRAFFIC_INK[trafficKey(key)],
      words(`trafficKey.${trafficKey(key)}`),
      `${yuanRound(fen)} · ${shareText(share)}`,
    );
  if (entries.length === 0) return;
  pen.space(6);
  pen.paragraph(words("entries"), { font: { size: 13 }, ink: "dim" });
  for (const { key, fen, share } of entries)
    pen.row(words(`entry.${entryKey(key)}`), `${yuanRound(fen)} · ${shareText(share)}`, { font: { size: 14 } });
}

/** Violet and cyan are traffic's alone. */
const BUYER_INK = { new: "ink", returning: "plain", unknown: "line" } as const;

function drawBuyers(pen: Pen, { report: { buyers }, words }: PictureOf): void {
  if (!buyers) return;
  heading(pen, words("buyersSplit"));
  pen.bar(
    buyers.parts.map(({ key, share }) => ({ share, ink: BUYER_INK[key] })),
    12,
  );
  pen.space(8);
  for (const { key, count: persons, share } of buyers.parts)
    legend(
      pen,
      BUYER_INK[key],
      words(`buyer.${key}`),
      `${words("persons", { count: count(persons) })} · ${shareText(share)}`,
    );
}

/** Inks whose sign is a frame, so that a legend is read without colours too. */
const HOLLOW: ReadonlySet<Ink> = new Set(["public", "plain"]);

/** The colour and sign of a part of a bar, beside its name. */
function legend(pen: Pen, ink: Ink, name: string, figure: string): void {
  pen.space(5);
  pen.box({ width: 11, height: 11, ink, round: 2 });
  if (HOLLOW.has(ink)) {
    pen.space(2.5);
    pen.box({ x: MARGIN + 2.5, width: 6, height: 6, ink: "page" });
    pen.space(-2.5);
  }
  pen.space(-5);
  const top = pen.y;
  pen.put(name, { x: MARGIN + 19, width: INNER / 2, font: { size: 15 } });
  pen.y = top;
  pen.row("", figure);
  pen.y = Math.max(pen.y, top + 24);
}
