import type { Deed } from "#domain/history/deeds.ts";
import { cueLines, isLate, isOver, type CueLine } from "../../shapes/cues.shape.ts";
import { priceLines } from "../../shapes/history.shape.ts";
import { yuan } from "../../../format/money.ts";
import { number, text, type Block, type Cell } from "../report-table.ts";
import type { SectionContext } from "../section-context.ts";

const OUTCOME_TONE: { readonly [O in CueLine["outcome"]]?: NonNullable<Cell["tone"]> } = {
  skipped: "wait",
  notReached: "wait",
  inserted: "act",
};

export function cueBlocks({ slices, words, until, cueKind }: SectionContext): readonly Block[] {
  return [
    {
      id: "cues",
      note: words("cues.note"),
      empty: words("cues.empty"),
      columns: [
        { id: "title", label: words("cues.title"), kind: "text", wide: true },
        { id: "kind", label: words("cues.kind"), kind: "text" },
        { id: "plannedAt", label: words("cues.plannedAt"), kind: "time" },
        { id: "plannedMs", label: words("cues.plannedMs"), kind: "duration" },
        { id: "from", label: words("cues.from"), kind: "time" },
        { id: "actualMs", label: words("cues.actualMs"), kind: "duration" },
        { id: "late", label: words("cues.late"), kind: "durationChange" },
        { id: "over", label: words("cues.over"), kind: "durationChange" },
        { id: "outcome", label: words("cues.outcome"), kind: "text" },
      ],
      rows: cueLines(slices, until).map((line) => ({
        id: line.cueId,
        at: line.from,
        cells: [
          text(line.title, line.round > 1 ? { beside: words("cues.round", { round: line.round }) } : {}),
          text(cueKind(line.kind)),
          number(line.plannedAt, words("cues.notPlanned")),
          number(line.plannedMs),
          number(line.from, words("cues.neverBegan")),
          number(line.actualMs, words("cues.neverBegan")),
          isLate(line) ? { value: line.lateMs, tone: "wait" as const } : number(line.lateMs),
          isOver(line) ? { value: line.overMs, tone: "wait" as const } : number(line.overMs),
          text(words(`cues.outcomes.${line.outcome}`), { ...toneOf(line.outcome) }),
        ],
      })),
    },
  ];
}

function toneOf(outcome: CueLine["outcome"]): Pick<Cell, "tone"> {
  const tone = OUTCOME_TONE[outcome];
  return tone ? { tone } : {};
}

export function priceBlocks({ slices, history, words, list, who, until }: SectionContext): readonly Block[] {
  const lines = history ? priceLines(history, slices, until) : [];
  return [
    {
      id: "prices",
      note: words("prices.note"),
      empty: words("prices.empty"),
      sortable: true,
      columns: [
        { id: "linkNo", label: words("linkNo"), kind: "count" },
        { id: "name", label: words("product"), kind: "text", wide: true },
        { id: "sku", label: words("sku"), kind: "text" },
        { id: "planned", label: words("prices.planned"), kind: "text" },
        { id: "fen", label: words("prices.fen"), kind: "fen" },
        { id: "off", label: words("prices.off"), kind: "fenChange" },
        { id: "from", label: words("from"), kind: "time" },
        { id: "lasted", label: words("prices.lasted"), kind: "duration" },
        { id: "orders", label: words("prices.orders"), kind: "count", help: words("prices.ordersHelp") },
        { id: "units", label: words("prices.units"), kind: "count", help: words("prices.ordersHelp") },
        { id: "paid", label: words("prices.placed"), kind: "fen" },
        { id: "all", label: words("prices.all"), kind: "count" },
        { id: "by", label: words("by"), kind: "text" },
        { id: "reason", label: words("reason"), kind: "text" },
      ],
      rows: lines.map((line) => ({
        id: `${line.productId}:${line.skuIds.join("+")}:${line.from}`,
        at: line.from,
        cells: [
          number(line.linkNo),
          text(line.name),
          text(line.skus.length === line.skuCount ? words("prices.allSkus") : list(line.skus)),
          text(
            line.plannedLowFen === line.plannedHighFen
              ? yuan(line.plannedLowFen)
              : `${yuan(line.plannedLowFen)}–${yuan(line.plannedHighFen).slice(1)}`,
          ),
          line.isWrong ? { value: line.fen, tone: "air" as const, beside: words("prices.wrong") } : number(line.fen),
          number(line.offFen),
          number(line.from),
          { value: line.lastedMs, ...(line.to === null ? { beside: words("prices.still") } : {}) },
          number(line.atPrice.orders),
          number(line.atPrice.units),
          number(line.atPrice.fen),
          number(line.placed.orders),
          text(line.isSeen ? words("prices.seen") : who(line.by)),
          text(line.reason === "" ? null : line.reason),
        ],
      })),
    },
  ];
}

export function deedBlocks({ history, words, who, act }: SectionContext): readonly Block[] {
  return [
    {
      id: "deeds",
      note: words("deeds.note"),
      empty: words("deeds.empty"),
      columns: [
        { id: "at", label: words("deeds.at"), kind: "time" },
        { id: "kind", label: words("deeds.kind"), kind: "text" },
        { id: "what", label: words("deeds.what"), kind: "text", wide: true },
        { id: "by", label: words("deeds.by"), kind: "text" },
        { id: "whose", label: words("deeds.whose"), kind: "text" },
        { id: "done", label: words("deeds.done"), kind: "time" },
      ],
      rows: (history?.deeds ?? []).map((deed) => ({
        id: String(deed.seq),
        at: deed.at,
        cells: [
          number(deed.at),
          text(
            words(`deeds.kinds.${deed.kind}`),
            deed.kind === "stopped" || deed.kind === "held" ? { tone: "wait" } : {},
          ),
          text(whatOf(deed, words, act)),
          text(who(deed.by)),
          text(deed.of ? who(deed.of.by) : null),
          number(deed.of?.at ?? null),
        ],
      })),
    },
  ];
}

/** An armed act has no event of its own name yet: it is told by its command. */
function whatOf({ of, kind, reason }: Deed, words: SectionContext["words"], act: SectionContext["act"]): string | null {
  if (!of) return null;
  if (kind === "undone") return act(of);
  const said =
    of.type === "lottery.draw" || of.type === "lottery.redraw"
      ? words(`deeds.commands.${of.type === "lottery.draw" ? "draw" : "redraw"}`)
      : of.type;
  return kind === "disarmed" && reason !== null
    ? `${said} · ${words("deeds.notSent", { reason: reasonOf(reason, words) })}`
    : said;
}

function reasonOf(reason: string, words: SectionContext["words"]): string {
  return reason === "late" || reason === "held" ? words(`deeds.reasons.${reason}`) : reason;
}
