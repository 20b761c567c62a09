"use client";
import { Card } from "./card.tsx";
import { useInnerWords } from "./inner-words.ts";

import type { MyDraw, OwnDraw } from "./viewer-data.ts";

type Parts = { readonly draw: OwnDraw; readonly mine: MyDraw | null };

/** Own luck first, then everybody's, under pseudonyms. */
export function DrawResult({ draw, mine }: Parts) {
  return (
    <>
      <OwnLuck draw={draw} mine={mine} />
      <Winners draw={draw} mine={mine} />
    </>
  );
}

function OwnLuck({ draw, mine }: Parts) {
  const words = useInnerWords();
  if (mine?.won) {
    const { place, prizeId } = mine.won;
    return (
      <section role="status" className="rounded-2xl bg-act p-5 text-center text-white">
        <p className="text-xl font-bold">{words.won}</p>
        <p className="mt-1 text-lg break-words">{words.wonPrize(place, prizeName(draw, prizeId))}</p>
        <p className="mt-2 text-sm">{words.wonHow}</p>
      </section>
    );
  }
  return (
    <p role="status" className="rounded-2xl bg-card p-4 text-base">
      {mine?.replaced ? words.replaced : mine?.n == null ? words.notEntered : words.notWon}
    </p>
  );
}

function Winners({ draw, mine }: Parts) {
  const words = useInnerWords();
  return (
    <Card title={words.winners} note={words.winnersNote}>
      <ol className="divide-y divide-line">
        {draw.winners.map(({ place, n, pseudonym, prizeId }) => {
          const isMe = n !== null && n === mine?.n;
          return (
            <li
              key={place}
              className={`flex items-baseline gap-3 px-2 py-2 text-base ${isMe ? "rounded-lg bg-gold-soft" : ""}`}
            >
              <span className="w-8 shrink-0 font-bold">{place}</span>
              <span className="min-w-0 flex-1 break-words">{prizeName(draw, prizeId)}</span>
              <span className="shrink-0 font-mono text-sm">
                {pseudonym === null ? words.nobodyLeft : shortName(pseudonym)}
                {isMe ? <strong className="ml-2 font-sans text-gold">{words.mine}</strong> : null}
              </span>
            </li>
          );
        })}
      </ol>
      {draw.redraws.map(({ place, instead }) => (
        <p key={instead} className="mt-1 text-sm text-dim">
          {words.redrawn(place)}
        </p>
      ))}
    </Card>
  );
}

const prizeName = ({ prizes }: OwnDraw, wanted: string) => prizes.find(({ prizeId }) => prizeId === wanted)?.name ?? "";

/** Enough to find oneself; the whole one is in the proof. */
const shortName = (pseudonym: string) => `${pseudonym.slice(0, 4)}…${pseudonym.slice(-4)}`;
