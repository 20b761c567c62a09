"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ShowClockProvider } from "../live/show-clock.tsx";
import { AirStrip } from "./air-strip.tsx";
import css from "./boards.module.css";
import { useHost } from "./host-slices.ts";
import { MessageBanner } from "./message-banner.tsx";
import { useLoud } from "./use-board-facts.ts";

/**
 * What all boards on the wall have in common: they fill the box they stand in, whatever its shape, measure in units of it, say whether
 * the show is on air, and give way to a message. `kind` names the layout in boards.module.css.
 */
export function BoardFrame({ kind, children }: { kind: "host" | "figures" | "prompt" | "plain"; children: ReactNode }) {
  return (
    <ShowClockProvider>
      <div className={css["frame"]}>
        <LoudBoard kind={kind}>
          <AirStrip />
          <MessageBanner />
          {children}
        </LoudBoard>
        <RehearsalWords />
      </div>
    </ShowClockProvider>
  );
}

function LoudBoard({ kind, children }: { kind: string; children: ReactNode }) {
  const loud = useLoud();
  return (
    <div className={css["board"]} data-kind={kind} data-loud={loud}>
      {children}
    </div>
  );
}

/** A rehearsal says so across the whole board, behind nothing and in the way of nothing. */
function RehearsalWords() {
  const words = useTranslations("show");
  const rehearsal = useHost((show) => show.session.rehearsal);
  if (!rehearsal) return null;
  // Drawn by the style sheet: it is no text of the page, and the word stands in the strip too.
  return <div aria-hidden className={css["rehearsal"]} data-text={words("rehearsalMark")} />;
}
