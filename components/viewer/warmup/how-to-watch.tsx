"use client";
import { Card } from "../card.tsx";
import { CopyButton } from "../copy-button.tsx";
import type { Landing } from "../landing.ts";
import { useWords } from "../viewer-context.tsx";
import { pill } from "./pill.ts";

/** While the show is live: how to get into the room. Afterwards: where the replay is. */
export function HowToWatch({
  settings,
  stage,
}: {
  readonly settings: Landing["settings"];
  readonly stage: "live" | "ended";
}) {
  const words = useWords();
  const { channelsName, liveLink, replayLink } = settings;
  const link = stage === "live" ? liveLink : replayLink;
  const text =
    stage === "live" ? words.watchText(channelsName) : replayLink ? words.replayText : words.noReplayText(channelsName);
  return (
    <Card title={stage === "live" ? words.watchTitle : words.replayTitle}>
      <p className="text-base break-words">{text}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        {link ? (
          <a href={link} className={`${pill} bg-act text-white`}>
            {stage === "live" ? words.watchGo : words.replayGo}
          </a>
        ) : null}
        <CopyButton text={channelsName}>{words.copyName}</CopyButton>
      </div>
    </Card>
  );
}
