"use client";
import { Card } from "../card.tsx";
import { CopyButton } from "../copy-button.tsx";
import { landingOf, signedUp } from "../landing.ts";
import { useShow, useViewer, useWords } from "../viewer-context.tsx";
import { BarAct } from "./bar-act.tsx";
import { TeamPicture } from "./block.tsx";
import { pill } from "./pill.ts";
import { useWarmupWords } from "./warmup-words.ts";

/** How the show is reserved in WeChat, where no link does it: the card to tap, and the account by its name. */
export function ReservePage() {
  const words = useWarmupWords();
  const { reserve } = useWords();
  const { reserveUrl, me } = useViewer();
  const settings = landingOf(useShow())?.settings;
  if (!settings) return null;
  const { reserve: way, channelsName } = settings;
  return (
    <>
      <h1 className="px-1 text-xl font-bold">{reserve}</h1>
      <Card title={words.reserveHow}>
        {reserveUrl ? (
          <a href={reserveUrl} className={`${pill} mb-3 w-full bg-act text-white`}>
            {words.reserveGo}
          </a>
        ) : null}
        <p className="text-base whitespace-pre-line break-words">{way.by === "card" ? way.how : words.reserveByCard}</p>
        <TeamPicture url={way.by === "card" ? way.pictureUrl : null} className="mt-3 w-full rounded-xl" />
        <p className="mt-3 text-sm text-dim">{words.reserveOfficial}</p>
      </Card>
      <Card title={words.channels}>
        <p className="mb-3 text-lg font-semibold break-words select-all">{channelsName}</p>
        <CopyButton text={channelsName}>{words.copyName}</CopyButton>
      </Card>
      {signedUp(me) ? null : (
        <BarAct>
          <a href="#signup" className={`${pill} min-h-12 w-full bg-act text-white`}>
            {words.nextSignup}
          </a>
        </BarAct>
      )}
    </>
  );
}
