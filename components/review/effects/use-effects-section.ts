"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Word } from "#domain/effects/judge.ts";
import type { Measure } from "#domain/effects/report.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import type { ViewState } from "../../session/view-state.ts";
import { useList } from "../../ui/use-list.ts";
import { number, text, type Block, type Section } from "../whole/report-table.ts";
import { effectLines, explainedLines, helpedOf, kindLines, togetherOf } from "./effects.shape.ts";
import { useEffectActName } from "./use-effect-words.ts";
import type { EffectsState } from "./use-effects-report.ts";

/** The effects as tables, for the workbook and for paper; the page draws them with their ranges. */
export function useEffectsSection(last: ViewState, effects: EffectsState): Section {
  const words = useTranslations("effects");
  const list = useList();
  const nameOf = useEffectActName(last);
  return useMemo(() => {
    const name = words("title");
    if (effects.state !== "ready") {
      const empty = {
        id: "effects",
        columns: [{ id: "none", label: name, kind: "text" as const, wide: true }],
        rows: [],
      };
      return { id: "effects", name, blocks: [{ ...empty, empty: words(`state.${effects.state}`) }] };
    }
    const { report, input } = effects;
    const wordCell = ({ word, headline }: { word: Word; headline: Measure }) =>
      text(words(`word.${word}`), headline === "online" ? { beside: words("byOnline") } : {});
    const { products, roundFigures } = slicesOf(last);
    const round = (value: number | undefined) => (value === undefined ? null : Math.round(value));
    const kinds: Block = {
      id: "kinds",
      title: words("kindsTitle"),
      note: `${words("kindsNote")} ${words("power")}`,
      empty: words("kindsNone"),
      columns: [
        { id: "word", label: words("column.word"), kind: "text" },
        { id: "kind", label: words("column.kind"), kind: "text", wide: true },
        { id: "count", label: words("column.count"), kind: "count" },
        { id: "acts", label: words("column.acts"), kind: "count" },
        { id: "effect", label: words("column.kindEffect"), kind: "fenChange" },
        { id: "low", label: words("column.low"), kind: "fenChange" },
        { id: "high", label: words("column.high"), kind: "fenChange" },
        { id: "orders", label: words("column.orders"), kind: "countChange" },
        { id: "online", label: words("column.online"), kind: "countChange" },
      ],
      rows: kindLines(report).map(({ kind, acts: done, alone, effect }) => ({
        id: kind,
        cells: [
          effect ? wordCell(effect) : text(null),
          text(words(`kind.${kind}`)),
          number(alone),
          number(done),
          number(round(effect?.measures.paidFen?.effect.mid)),
          number(round(effect?.measures.paidFen?.effect.low)),
          number(round(effect?.measures.paidFen?.effect.high)),
          number(round(effect?.measures.orders?.effect.mid)),
          number(round(effect?.measures.online?.effect.mid)),
        ],
      })),
    };
    const chance =
      report.byChance > 0 ? `${words("chance", { helped: helpedOf(report), count: report.byChance.toFixed(1) })} ` : "";
    const acts: Block = {
      id: "effects",
      title: words("actsTitle"),
      note: `${chance}${words("method")}`,
      empty: words("none"),
      columns: [
        { id: "word", label: words("column.word"), kind: "text" },
        { id: "act", label: words("column.act"), kind: "text", wide: true },
        { id: "at", label: words("column.at"), kind: "time" },
        { id: "effect", label: words("column.effect", { minutes: report.windowMinutes }), kind: "fenChange" },
        { id: "low", label: words("column.low"), kind: "fenChange" },
        { id: "high", label: words("column.high"), kind: "fenChange" },
        { id: "orders", label: words("column.orders"), kind: "countChange" },
        { id: "online", label: words("column.online"), kind: "countChange" },
        { id: "beside", label: words("column.beside"), kind: "text" },
        { id: "together", label: words("column.together"), kind: "text" },
        { id: "why", label: words("column.why"), kind: "text" },
      ],
      rows: effectLines(input, report).map(({ act, effect, beside }) => {
        const { paidFen, orders, online } = effect.measures;
        const together = togetherOf(effect);
        const why = effect.reasons.map((reason) => words(`reason.${reason}`)).join(";");
        return {
          id: act.id,
          at: act.at,
          cells: [
            wordCell(effect),
            text(nameOf(act)),
            number(act.at),
            number(round(paidFen?.effect.mid)),
            number(round(paidFen?.effect.low)),
            number(round(paidFen?.effect.high)),
            number(round(orders?.effect.mid)),
            number(round(online?.effect.mid)),
            text(beside.length === 0 ? null : list(beside.map(({ act: other }) => nameOf(other)))),
            text(together ? words(`word.${together}`) : null),
            text(why === "" ? null : why),
          ],
        };
      }),
    };
    const explained: Block = {
      id: "explained",
      title: words("explained.title"),
      note: words("explained.note"),
      empty: words("explained.none"),
      columns: [
        { id: "product", label: words("explained.product"), kind: "text", wide: true },
        { id: "round", label: words("explained.round"), kind: "count" },
        { id: "at", label: words("column.at"), kind: "time" },
        { id: "paid", label: words("explained.perMinute"), kind: "fen" },
        { id: "mean", label: words("explained.mean"), kind: "fen" },
        { id: "against", label: words("explained.against"), kind: "shareChange" },
      ],
      rows: explainedLines(input, report, roundFigures.values()).map((line) => {
        const product = products.get(line.productId);
        return {
          id: `${line.productId}:${line.round}`,
          at: line.at,
          cells: [
            text(words("explained.link", { link: product?.linkNo ?? "?", name: product?.name ?? "" })),
            number(line.round),
            number(line.at),
            number(line.paidFen),
            number(Math.round(report.explained.mean.paidFen)),
            number(line.againstMean),
          ],
        };
      }),
    };
    return { id: "effects", name, blocks: [kinds, acts, explained] };
  }, [words, list, nameOf, last, effects]);
}
