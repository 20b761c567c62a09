"use client";
import { useTranslations } from "next-intl";
import type { Measure, MeasureEffect } from "#domain/effects/report.ts";
import type { Word } from "#domain/effects/judge.ts";
import { count, yuanRound } from "../../format/money.ts";
import { Td } from "../../ui/table.tsx";
import { Tag, type Tone } from "../../ui/tag.tsx";
import type { Scale } from "./effects.shape.ts";
import { RangeBar } from "./range-bar.tsx";

/** What single acts and acts of a kind are both told by. */

const TONE = { helped: "sure", unclear: "plain", hurt: "air" } as const satisfies Record<Word, Tone>;

type Estimated = Omit<MeasureEffect, "course"> | null;

export function WordCell({ word, headline }: { word: Word; headline: Measure }) {
  const words = useTranslations("effects");
  return (
    <Td className="whitespace-nowrap max-md:pt-2 max-md:align-top">
      <WordTag word={word} />
      {headline === "online" ? (
        <span className="ml-1.5 text-xs text-faint max-md:ml-0 max-md:block">{words("byOnline")}</span>
      ) : null}
    </Td>
  );
}

export function WordTag({ word }: { word: Word }) {
  const words = useTranslations("effects");
  return <Tag tone={TONE[word]}>{words(`word.${word}`)}</Tag>;
}

/** The best guess with its range in figures, and the range drawn; on a phone `MoneyRange` alone stands below the name. */
export function MoneyCells({ money, scale }: { money: Estimated; scale: Scale }) {
  const words = useTranslations("effects");
  if (!money) {
    return (
      <>
        <Td>
          <span className="text-faint">–</span>
        </Td>
        <Td />
      </>
    );
  }
  const { low, high } = money.effect;
  return (
    <>
      <Td className="tabular-nums">
        <MoneyRange money={money} />
      </Td>
      <Td>
        <RangeBar
          range={money.effect}
          scale={scale}
          word={money.word}
          label={words("rangeLabel", { low: signedYuan(low), high: signedYuan(high) })}
        />
      </Td>
    </>
  );
}

export function MoneyRange({ money }: { money: Estimated }) {
  if (!money) return null;
  const { low, mid, high } = money.effect;
  return (
    <span className="tabular-nums">
      {signedYuan(mid)}{" "}
      <span className="inline-block whitespace-nowrap text-dim">
        [{signedYuan(low)}, {signedYuan(high)}]
      </span>
    </span>
  );
}

export function OtherMeasures({ orders, online }: { orders: Estimated; online: Estimated }) {
  const words = useTranslations("effects");
  const parts = [
    orders ? words("orders", rangeWords(orders)) : null,
    online ? words("online", rangeWords(online)) : null,
  ].filter((part) => part !== null);
  return (
    <span className="flex flex-wrap gap-x-3 text-xs text-dim tabular-nums">
      {parts.map((part) => (
        <span key={part} className="whitespace-nowrap">
          {part}
        </span>
      ))}
    </span>
  );
}

const rangeWords = ({ effect: { low, mid, high } }: NonNullable<Estimated>) => ({
  value: signed(mid),
  low: signed(low),
  high: signed(high),
});

const signedYuan = (fen: number): string => `${Math.round(fen / 100) > 0 ? "+" : ""}${yuanRound(fen)}`;
const signed = (value: number): string => {
  const rounded = Math.round(value);
  return `${rounded > 0 ? "+" : rounded < 0 ? "−" : ""}${count(Math.abs(rounded))}`;
};
