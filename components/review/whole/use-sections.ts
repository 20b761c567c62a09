"use client";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
import { FIGURES } from "#domain/metrics/definitions.ts";
import { useList } from "../../ui/use-list.ts";
import { useTapeWordsOf } from "../../live/tape-words.ts";
import { useDiscountWords } from "../../plan/discount-words.ts";
import type { Member } from "../../plan/plan-data.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { ownSender } from "../../session/sender-name.ts";
import type { ViewState } from "../../session/view-state.ts";
import type { LoadedHistory } from "./load-history.ts";
import type { Block, Section, SectionId } from "./report-table.ts";
import type { SectionContext } from "./section-context.ts";
import { cueBlocks, deedBlocks, priceBlocks } from "./sections/course.ts";
import { productBlocks, roundBlocks, stockOutBlocks } from "./sections/goods.ts";
import { overviewBlocks } from "./sections/overview.ts";
import { pushBlocks } from "./sections/pushes.ts";
import { hourBlocks, promotionBlocks, trafficBlocks } from "./sections/room.ts";

const BLOCKS: { readonly [S in SectionId]: (context: SectionContext) => readonly Block[] } = {
  overview: overviewBlocks,
  products: productBlocks,
  rounds: roundBlocks,
  stockOuts: stockOutBlocks,
  promotions: promotionBlocks,
  pushes: pushBlocks,
  traffic: trafficBlocks,
  hours: hourBlocks,
  cues: cueBlocks,
  prices: priceBlocks,
  deeds: deedBlocks,
};

export type WholeShow = {
  readonly last: ViewState;
  readonly history: LoadedHistory | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly members: readonly Member[];
  /** Names of staff stay out: a page that others read. */
  readonly nameless: boolean;
};

/** Makes a section of the whole show when it is asked for. */
export function useSections(show: WholeShow): (id: SectionId) => Section {
  const context = useSectionContext(show);
  return useCallback((id) => ({ id, name: context.words(`section.${id}`), blocks: BLOCKS[id](context) }), [context]);
}

function useSectionContext({ last, history, startedAt, endedAt, members, nameless }: WholeShow): SectionContext {
  const words = useTranslations("whole");
  const missing = useTranslations("figure.missing");
  const senders = useTranslations("sender");
  const cues = useTranslations("cueKind");
  const list = useList();
  const isEnglish = useLocale() === "en";
  const act = useTapeWordsOf(last);
  const discount = useDiscountWords();
  const [openedAt] = useState(() => Date.now());
  return useMemo(() => {
    const names = new Map(members.map(({ id, name }) => [id, name]));
    const who = (by: string): string => {
      const own = ownSender(by);
      if (nameless) return own ? senders(own) : words("staff");
      const id = by.slice(by.indexOf(":") + 1);
      return names.get(id) ?? history?.names[id] ?? (own ? senders(own) : words("gone"));
    };
    return {
      slices: slicesOf(last),
      history,
      startedAt,
      until: endedAt ?? last.at,
      now: Math.max(openedAt, last.at),
      words,
      list,
      figure: (id) => FIGURES[id][isEnglish ? "en" : "zh"],
      why: (reason) => missing(reason),
      who,
      act,
      discount,
      cueKind: (kind) => cues(kind as Parameters<typeof cues>[0]),
    };
  }, [
    last,
    history,
    startedAt,
    endedAt,
    members,
    nameless,
    words,
    list,
    missing,
    senders,
    cues,
    isEnglish,
    act,
    discount,
    openedAt,
  ]);
}
