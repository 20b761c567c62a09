"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { CouponsPanel } from "../../live/coupons-panel.tsx";
import { CommandPalette } from "../../live/command-palette.tsx";
import { DeskDialogs } from "../../live/desk-dialogs.tsx";
import { ExplainedCard } from "../../live/explained-card.tsx";
import { FiguresStrip } from "../../live/figures-strip.tsx";
import { LotteriesPanel } from "../../live/lotteries-panel.tsx";
import { MessagesPanel } from "../../live/messages-panel.tsx";
import { RundownPanel } from "../../live/rundown-panel.tsx";
import { Shelf } from "../../live/shelf.tsx";
import { TapePanel } from "../../live/tape-panel.tsx";
import { VoicesPanel } from "../../live/voices-panel.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useNarrow } from "../../ui/use-narrow.ts";
import { useReview } from "../review-context.tsx";
import { VideoPane } from "../video/video-pane.tsx";
import { BesideColumn } from "./beside-column.tsx";

const PhoneMoment = dynamic(() => import("./phone-moment.tsx").then((part) => part.PhoneMoment));

/** The control room and the host's board as they were at the second under the axis. Nothing can be done here. */
export function MomentTab() {
  // Before its first event a show has no times. One made from files was written down when it was long over.
  const isKnown = useSession(({ session }) => session.plannedStartAt > 0);
  const isNarrow = useNarrow();
  const { shared } = useReview();
  return (
    <>
      {!isKnown ? <NothingKnown /> : isNarrow ? <PhoneMoment /> : <KnownMoment />}
      {isKnown ? <DeskDialogs /> : null}
      {/* Who came by a link may open nothing else. */}
      <CommandPalette places={!shared} />
    </>
  );
}

function NothingKnown() {
  const words = useTranslations("review");
  return (
    <div className="flex h-full min-h-[360px] max-md:flex-col">
      <div className="w-[312px] shrink-0 border-r max-md:w-full max-md:border-r-0">
        <VideoPane />
      </div>
      <div className="flex-1">
        <EmptyState title={words("nothingKnownTitle")} text={words("nothingKnownText")} />
      </div>
    </div>
  );
}

function KnownMoment() {
  const words = useTranslations("control");
  return (
    <div className="flex h-full min-h-[560px] min-w-[1240px]">
      <BesideColumn />
      <div className="flex min-w-0 flex-1 flex-col">
        <FiguresStrip />
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(200px,240px)_minmax(0,1fr)_minmax(240px,290px)] grid-rows-[minmax(0,1fr)_150px]">
          <RundownPanel className="border-r" />
          <div className="flex min-h-0 min-w-0 flex-col">
            <ExplainedCard />
            <Shelf />
          </div>
          <aside
            tabIndex={0}
            aria-label={words("tab.offers")}
            className="row-span-2 flex min-h-0 flex-col overflow-y-auto border-l -outline-offset-2"
          >
            <CouponsPanel />
            <LotteriesPanel />
            <MessagesPanel />
          </aside>
          <VoicesPanel className="border-t border-r" />
          <TapePanel className="border-t" />
        </div>
      </div>
    </div>
  );
}
