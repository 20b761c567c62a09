"use client";
import { useMessages, useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import type { TapeEntry } from "#domain/ops/tape.ts";
import { count, yuan } from "../format/money.ts";
import { slicesOf, useSessionSource } from "../session/session-provider.tsx";
import type { ShowSlices } from "../session/show-slices.ts";
import type { ViewState } from "../session/view-state.ts";
import { slicesNow } from "./product-acts.ts";
import { fieldOf, numberAt, pricesAfter, pricesSet, tapePath, textAt, unitsIn } from "./tape-entry.ts";

type SayAct = (entry: Pick<TapeEntry, "type" | "data">) => string;

/** What an act was, in a line: 放单 3 号 +50. A type without words is shown as it is. */
export function useTapeWords(): SayAct {
  const source = useSessionSource();
  const show = useCallback(() => slicesNow(source), [source]);
  // Who is online comes anew with every change of a name; other names come once.
  const screen = useCallback(
    (id: string) => {
      const { online, names } = source.read();
      return online.find((person) => person.id === id)?.name ?? names[id];
    },
    [source],
  );
  return useWordsOver(show, screen);
}

const nobody = () => undefined;

/** As `useTapeWords`, with the names of a view that is held apart from a source; screens stay without. */
export function useTapeWordsOf(view: ViewState): SayAct {
  return useWordsOver(
    useCallback(() => slicesOf(view), [view]),
    nobody,
  );
}

function useWordsOver(show: () => ShowSlices | null, screen: Subjects["screen"]): SayAct {
  const messages = useMessages();
  const names = useSubjects(show, screen);
  return useCallback(
    ({ type, data }) => {
      const template = tapePath(type, data).reduce<unknown>((node, key) => fieldOf(node, key), messages.tape);
      const other = fieldOf(template, "other");
      const text = typeof template === "string" ? template : typeof other === "string" ? other : null;
      return text === null ? type : filled(text, fieldsOf(type, data, names));
    },
    [messages, names],
  );
}

type Subjects = {
  readonly product: (id: string) => string | undefined;
  readonly coupon: (id: string) => string | undefined;
  readonly lottery: (id: string) => string | undefined;
  readonly push: (id: string) => string | undefined;
  readonly cue: (id: string) => string | undefined;
  readonly pad: (id: string) => string | undefined;
  readonly line: (id: string) => string | undefined;
  readonly screen: (id: string) => string | undefined;
  /** What an act put prices to, fen; of an opened sale every price that it opened with. */
  readonly prices: (type: string, data: unknown) => readonly number[];
};

/** Names of what acts are about, looked up when a line is drawn: what draws lines need not follow every row. */
function useSubjects(show: () => ShowSlices | null, screen: Subjects["screen"]): Subjects {
  const words = useTranslations("shelf");
  return useMemo(
    () => ({
      product(id) {
        const row = show()?.products.get(id);
        return row && words("linkShort", { linkNo: row.linkNo });
      },
      coupon: (id) => show()?.coupons.get(id)?.title,
      lottery: (id) => show()?.lotteries.get(id)?.title,
      push: (id) => show()?.pushes.get(id)?.title,
      cue: (id) => show()?.cues.get(id)?.title,
      pad: (id) => show()?.tally.find(({ tallyId }) => tallyId === id)?.label,
      line: (id) => show()?.checkLines.get(id)?.text,
      screen,
      prices(type, data) {
        const row = show()?.products.get(textAt(data, "productId") ?? "");
        if (type !== "bag.saleOpened.v1" || !row) return pricesSet(data);
        const items = show()?.tape.items ?? [];
        const at = items.findIndex((item) => item?.data === data);
        const later = at < 0 ? [] : items.slice(at + 1).map((item) => item?.data);
        return pricesAfter(data, later, row.skus);
      },
    }),
    [show, words, screen],
  );
}

function fieldsOf(type: string, data: unknown, names: Subjects): Readonly<Record<string, string | undefined>> {
  const id = (key: string) =>
    textAt(data, key) ?? textAt(fieldOf(data, "to"), key) ?? textAt(fieldOf(data, "from"), key);
  const named = (key: string, find: (of: string) => string | undefined) => {
    const found = id(key);
    return found === undefined ? undefined : find(found);
  };
  const priceFen = numberAt(data, "priceFen");
  const units = unitsIn(data);
  return {
    product: named("productId", names.product),
    coupon: named("couponId", names.coupon),
    lottery: named("lotteryId", names.lottery),
    cue: textAt(fieldOf(data, "cue"), "title") ?? named("cueId", names.cue),
    push: textAt(data, "title") ?? named("pushId", names.push) ?? "",
    pad: named("tallyId", names.pad),
    line: named("lineId", names.line) ?? "",
    screen: named("linkId", names.screen) ?? "",
    price: priceFen === undefined ? priceText(names.prices(type, data)) : yuan(priceFen),
    units: units === null ? undefined : `${units > 0 ? "+" : "−"}${count(Math.abs(units))}`,
    title: textAt(data, "title") ?? textAt(data, "name") ?? "",
    text: textAt(data, "text") ?? textAt(data, "code"),
    reason: textAt(data, "reason") ?? textAt(data, "note") ?? "",
    total: count(numberAt(data, "to") ?? 0),
    count: count(numberAt(data, "entries") ?? numberAt(data, "stopped") ?? numberAt(data, "count") ?? 0),
    pushes: count(numberAt(data, "pushes") ?? 0),
  };
}

/** ¥399, or ¥199–399 where SKUs differ. */
function priceText(prices: readonly number[]): string | undefined {
  if (prices.length === 0) return undefined;
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  return low === high ? yuan(low) : `${yuan(low)}–${yuan(high).slice(1)}`;
}

function filled(text: string, fields: Readonly<Record<string, string | undefined>>): string {
  return text
    .replace(/\{(\w+)\}/g, (_all, key: string) => fields[key] ?? "–")
    .replace(/ · $/, "")
    .trim();
}
