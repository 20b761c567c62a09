"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { slicesOf } from "../../session/session-provider.tsx";
import type { ViewState } from "../../session/view-state.ts";
import { number, text, type Block, type Section } from "../whole/report-table.ts";
import { effectLines, explainedLines } from "./effects.shape.ts";
import { useEffectActName } from "./use-effect-words.ts";
import type { EffectsState } from "./use-effects-report.ts";

/** The effects as tables, for the workbook and for paper; the page draws them with their ranges. */
export function useEffectsSection(last: ViewState, effects: EffectsState): Section {
  const words = useTranslations("effects");
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
    const { products, roundFigures } = slicesOf(last);
    const acts: Block = {
      id: "effects",
      title: words("title"),
      note: words("method"),
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
        { id: "why", label: words("column.why"), kind: "text" },
      ],
      rows: effectLines(input, report).map(({ act, effect, beside }) => {
        const { paidFen, orders, online } = effect.measures;
        const why = effect.reasons.map((reason) => words(`reason.${reason}`)).join(";");
        const round = (value: number | undefined) => (value === undefined ? null : Math.round(value));
        return {
          id: act.id,
          at: act.at,
          cells: [
            text(words(`word.${effect.word}`)),
            text(nameOf(act)),
            number(act.at),
            number(round(paidFen?.effect.mid)),
            number(round(paidFen?.effect.low)),
            number(round(paidFen?.effect.high)),
            number(round(orders?.effect.mid)),
            number(round(online?.effect.mid)),
            text(beside.length === 0 ? null : beside.map(({ act: other }) => nameOf(other)).join("、")),
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
    return { id: "effects", name, blocks: [acts, explained] };
  }, [words, nameOf, last, effects]);
}
