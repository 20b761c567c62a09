"use client";
import { count } from "../format/money.ts";
import { durationFixed } from "../format/time.ts";
import { Card } from "./card.tsx";
import { drawStand, myDraw } from "./draw-state.ts";
import { drawHref } from "./hash-view.ts";
import { useShow, useShowNow, useViewer, useWords } from "./viewer-context.tsx";
import { isOwnDraw, type OwnDraw, type PlatformBag, type ViewerLottery } from "./viewer-data.ts";

export function DrawCards() {
  const draws = useShow().slices.lotteries.map(([, draw]) => draw);
  const words = useWords();
  if (draws.length === 0) return null;
  return (
    <Card title={words.draws}>
      <ul className="divide-y divide-line">
        {draws.map((draw) => (
          <li key={draw.lotteryId} className="py-3 first:pt-0 last:pb-0">
            {isOwnDraw(draw) ? <OwnDrawCard draw={draw} /> : <BagCard draw={draw} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function OwnDrawCard({ draw }: { readonly draw: OwnDraw }) {
  const words = useWords();
  const { me } = useViewer();
  const stand = drawStand(draw, useShowNow(draw.closesAt ?? 0));
  const mine = myDraw(me, draw.lotteryId);
  const entered = mine !== null && mine.n !== null;
  const go = stand === "drawn" ? words.seeResult : stand === "open" && !entered ? words.seeDraw : words.seeDetails;
  return (
    <>
      <DrawHead draw={draw} />
      <p className="mt-1 text-sm break-words">{prizeLine(draw, words.prizeCount)}</p>
      {mine?.won ? (
        <p className="mt-1 text-base font-semibold text-act">{words.won}</p>
      ) : entered ? (
        <p className="mt-1 text-sm font-semibold text-sure">✓ {words.entered(count(mine.n ?? 0))}</p>
      ) : null}
      <a
        href={drawHref(draw.lotteryId)}
        className="mt-2 inline-flex min-h-11 items-center rounded-full border border-act px-5 font-semibold text-act"
      >
        {go}
      </a>
    </>
  );
}

function BagCard({ draw }: { readonly draw: PlatformBag }) {
  const words = useWords();
  return (
    <>
      <DrawHead draw={draw} />
      <p className="mt-1 text-sm break-words">{prizeLine(draw, words.prizeCount)}</p>
      {draw.conditionText ? (
        <p className="mt-1 text-sm break-words">
          {words.conditions}: {draw.conditionText}
        </p>
      ) : null}
      {draw.rules ? <p className="mt-1 text-sm whitespace-pre-line break-words">{draw.rules}</p> : null}
      <p className="mt-1 text-sm text-dim">{words.platformBagHow}</p>
    </>
  );
}

export function DrawHead({ draw }: { readonly draw: ViewerLottery }) {
  const words = useWords();
  return (
    <>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm text-dim">
        <span>{isOwnDraw(draw) ? words.draw : words.platformBag}</span>
        <Closing draw={draw} />
      </p>
      <h3 className="text-base font-semibold break-words">{draw.title}</h3>
    </>
  );
}

/** The time left, or what comes next. */
export function Closing({ draw }: { readonly draw: ViewerLottery }) {
  const words = useWords();
  const { closesAt } = draw;
  const now = useShowNow(closesAt ?? 0);
  const { rehearsal } = useShow().slices.session;
  const stand = drawStand(draw, now);
  if (stand === "closing") return <span>{words.closing}</span>;
  if (stand !== "open" || closesAt === null) return <span>{words.drawStates[stand]}</span>;
  return (
    <span role="timer" aria-live="off" className="font-semibold text-act">
      {words.closesIn} {durationFixed(Math.ceil((closesAt - now) / 1_000) * 1_000)}
      {rehearsal ? <span className="font-normal text-dim"> ({words.rehearsalClock})</span> : null}
    </span>
  );
}

const prizeLine = ({ prizes }: ViewerLottery, countWords: (count: number) => string) =>
  prizes.map(({ name, count: pieces }) => `${name} ${countWords(pieces)}`).join(" · ");
