"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { measuredIn, useMeasureWords } from "../../lessons/measure-words.ts";
import { useRuleWords } from "../../lessons/rule-words.ts";
import type { Member } from "../../plan/plan-data.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import type { ViewState } from "../../session/view-state.ts";
import { day } from "../../format/time.ts";
import { text, type Block, type Column, type Section } from "../whole/report-table.ts";
import type { DueShows } from "./due-shows.ts";

/** `nameless`: a page that others read names no staff. `due`: shows that improvements are due by. */
type ImproveSource = {
  readonly due: DueShows | null;
  readonly last: ViewState;
  readonly members: readonly Member[];
  readonly nameless: boolean;
};

/** Improvements and lessons as tables, for the workbook and for paper. */
export function useImproveSection({ last, members, nameless, due }: ImproveSource): Section {
  const words = useTranslations("lessons");
  const measure = useMeasureWords();
  const ruleWords = useRuleWords();
  return useMemo(() => {
    const slices = slicesOf(last);
    const column = (id: ColumnId, wide = false): Column => ({
      id,
      label: words(`column.${id}`),
      kind: "text",
      ...(wide ? { wide } : {}),
    });
    const owner = (id: string | null) => text(members.find((member) => member.id === id)?.name ?? words("nobody"));
    const owners = <T>(of: T): T[] => (nameless ? [] : [of]);
    const dueWords = (id: string | null): string => {
      if (id === null) return words("dueNext");
      const show = due?.get(id);
      return show ? `${show.title} · ${day(show.startedAt ?? show.plannedStartAt)}` : words("dueOther");
    };
    const tried: Block = {
      id: "tried",
      title: words("lastTime"),
      empty: words("lastTimeNone"),
      columns: [
        column("text", true),
        ...owners(column("owner")),
        column("measure"),
        column("value"),
        column("outcome"),
        column("note"),
        column("from"),
      ],
      rows: [...slices.carriedImprovements.values()].map((row) => {
        const found = row.settled ?? row.outcome;
        return {
          id: row.improvementId,
          cells: [
            text(row.text),
            ...owners(owner(row.ownerId)),
            text(row.measure ? measure.target(row.measure) : words("measureNone")),
            text(row.measure && !row.settled ? measure.value(row.measure, measuredIn(row.measure, slices)) : null),
            text(found ? words(`outcome.${found.outcome}`) : words("open")),
            text(found?.note ? found.note : null),
            text(row.settled?.in.title ?? row.from.title),
          ],
        };
      }),
    };
    const improvements: Block = {
      id: "improvements",
      title: words("improvements"),
      empty: words("noneReadOnly"),
      columns: [column("text", true), ...owners(column("owner")), column("measure"), column("due")],
      rows: inOrder(slices.improvements).map((row) => ({
        id: row.improvementId,
        cells: [
          text(row.text),
          ...owners(owner(row.ownerId)),
          text(row.measure ? measure.target(row.measure) : words("measureNone")),
          text(dueWords(row.dueSessionId)),
        ],
      })),
    };
    const lessons: Block = {
      id: "lessons",
      title: words("lessons"),
      empty: words("noLessonsReadOnly"),
      columns: [column("lesson", true), column("rule", true), column("state")],
      rows: inOrder(slices.lessons).map((row) => ({
        id: row.lessonId,
        cells: [text(row.text), text(ruleWords(row.rule)), text(words(row.retired ? "retired" : "inUse"))],
      })),
    };
    return { id: "improve", name: words("section"), blocks: [tried, improvements, lessons] };
  }, [words, measure, ruleWords, last, members, nameless, due]);
}

type ColumnId =
  | "text"
  | "owner"
  | "measure"
  | "due"
  | "outcome"
  | "value"
  | "from"
  | "note"
  | "lesson"
  | "rule"
  | "state";

const inOrder = <T extends { readonly at: number }>(rows: ReadonlyMap<string, T>): readonly T[] =>
  [...rows.values()].toSorted((a, b) => a.at - b.at);
