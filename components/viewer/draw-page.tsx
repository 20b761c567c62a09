"use client";
import { count, yuan } from "../format/money.ts";
import { clockSeconds } from "../format/time.ts";
import { Card } from "./card.tsx";
import { useInnerWords, type AllWords } from "./inner-words.ts";
import { Closing } from "./draw-card.tsx";
import { DrawProof } from "./draw-proof.tsx";
import { DrawResult } from "./draw-result.tsx";
import { landingOf, stageOf } from "./landing.ts";
import { chanceText, drawStand, myDraw } from "./draw-state.ts";
import { Privacy } from "./my-page.tsx";
import { OutcomeNote } from "./outcome-note.tsx";
import { useShow, useShowNow, useViewer } from "./viewer-context.tsx";

import type { MyDraw, OwnDraw } from "./viewer-data.ts";

/** One own draw: prizes, odds, conditions and rules stand above the button that enters it; then the result and the proof. */
export function DrawPage({ draw }: { readonly draw: OwnDraw }) {
  const words = useInnerWords();
  const { me } = useViewer();
  const mine = myDraw(me, draw.lotteryId);
  return (
    <>
      <section className="rounded-2xl bg-card p-4">
        <p className="text-sm text-dim">{words.draw}</p>
        <h1 className="text-xl leading-snug font-bold break-words">{draw.title}</h1>
        <p className="mt-1 text-sm text-dim">
          <Closing draw={draw} />
          {draw.drawnAt === null ? "" : ` · ${words.drawnAt(clockSeconds(draw.drawnAt))}`}
        </p>
        {draw.state === "cancelled" ? <p className="mt-2 text-sm">{words.cancelled}</p> : null}
        {mine?.n != null ? (
          <p className="mt-2 text-base font-semibold text-sure">✓ {words.entered(count(mine.n))}</p>
        ) : null}
        {mine?.pseudonym ? (
          <p className="mt-1 text-sm text-dim">
            {words.yourName}: <span className="font-mono text-ink break-all">{mine.pseudonym}</span>
          </p>
        ) : null}
        <OutcomeNote id={draw.lotteryId} />
      </section>
      {draw.state === "drawn" ? <DrawResult draw={draw} mine={mine} /> : null}
      <Terms draw={draw} mine={mine} />
      <DrawProof draw={draw} mine={mine} />
      <Privacy />
    </>
  );
}

function Terms({ draw, mine }: { readonly draw: OwnDraw; readonly mine: MyDraw | null }) {
  const words = useInnerWords();
  const stand = drawStand(draw, useShowNow(draw.closesAt ?? 0));
  return (
    <Card title={words.prizes}>
      <ul className="divide-y divide-line">
        {draw.prizes.map(({ prizeId, name, count: pieces, valueFen }) => (
          <li key={prizeId} className="flex items-baseline justify-between gap-3 py-2 text-base">
            <span className="min-w-0 break-words">
              {name} {words.prizeCount(pieces)}
            </span>
            {valueFen > 0 ? (
              <span className="shrink-0 text-sm text-dim">{words.prizeWorth(yuan(valueFen))}</span>
            ) : null}
          </li>
        ))}
      </ul>
      {draw.state === "cancelled" ? null : (
        <>
          <Heading>{words.odds}</Heading>
          <p className="text-sm">{oddsWords(words, draw, mine?.n ?? 0)}</p>
        </>
      )}
      <Heading>{words.conditions}</Heading>
      <Conditions draw={draw} met={mine?.met} isOpen={stand === "open" && mine?.n == null} />
      <Heading>{words.rules}</Heading>
      <p className="text-sm whitespace-pre-line break-words">{draw.rules}</p>
      {stand === "open" && mine?.n == null ? <p className="mt-3 text-sm text-dim">{words.agree}</p> : null}
    </Card>
  );
}

const Heading = ({ children }: { readonly children: string }) => (
  <h3 className="mt-3 text-base font-semibold">{children}</h3>
);

/** The public count may be a second older than the own entry. */
function oddsWords(words: AllWords, { odds, state }: OwnDraw, ownEntry: number): string {
  const { winners } = odds;
  const entries = Math.max(odds.entries, ownEntry);
  if (entries === 0) return words.oddsNobody(count(winners));
  const chance = chanceText(winners, entries);
  return state === "open"
    ? words.oddsNow(count(winners), count(entries), chance)
    : words.oddsFinal(count(winners), count(entries), chance);
}

type ConditionsParts = {
  readonly draw: OwnDraw;
  readonly met: readonly boolean[] | undefined;
  /** The person may still enter. */
  readonly isOpen: boolean;
};

function Conditions({ draw, met, isOpen }: ConditionsParts) {
  const words = useInnerWords();
  const show = useShow();
  const { coupons, session } = show.slices;
  const maySignUp = isOpen && landingOf(show) !== null && stageOf(session) !== "ended";
  if (draw.conditions.length === 0) return <p className="text-sm">{words.noConditions}</p>;
  const wordsOf = (condition: OwnDraw["conditions"][number]): string => {
    if (condition.kind === "ordered") return words.conditionOrdered;
    if (condition.kind === "signedUp") return words.conditionSignedUp;
    if (condition.kind === "commentedPhrase") return words.conditionPhrase(condition.phrase);
    return words.conditionCoupon(coupons.find(([id]) => id === condition.couponId)?.[1].title ?? words.coupons);
  };
  return (
    <ul>
      {draw.conditions.map((condition, index) => {
        const isMet = met?.[index];
        return (
          <li key={wordsOf(condition)} className="flex items-baseline justify-between gap-3 text-sm">
            <span className="min-w-0 flex-1 break-words">{wordsOf(condition)}</span>
            {/* While the show is on, the first screen leads there no more. */}
            {condition.kind === "signedUp" && isMet !== true && maySignUp ? (
              <a href="#signup" className="-my-3 shrink-0 py-3 text-act underline underline-offset-4">
                {words.signupGo}
              </a>
            ) : null}
            {isMet === undefined ? null : (
              <span className={`shrink-0 font-semibold ${isMet ? "text-sure" : "text-gold"}`}>
                {isMet ? `✓ ${words.met}` : `○ ${words.notMet}`}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
