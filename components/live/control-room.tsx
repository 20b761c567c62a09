"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState, type ReactNode } from "react";
import { RehearsalMark } from "../session/rehearsal-mark.tsx";
import { ArmedBar } from "./armed-bar.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { CouponsPanel } from "./coupons-panel.tsx";
import { DeskDialogs } from "./desk-dialogs.tsx";
import { DeskHeader } from "./desk-header.tsx";
import { ExplainedCard } from "./explained-card.tsx";
import { FiguresStrip } from "./figures-strip.tsx";
import { FloatOr } from "./float-window.tsx";
import { LessonAlerts } from "./lesson-alerts.tsx";
import { LotteriesPanel } from "./lotteries-panel.tsx";
import { MessagesPanel } from "./messages-panel.tsx";
import { NarrowRoom } from "./narrow-room.tsx";
import { NumberBar } from "./number-bar.tsx";
import { PushesPanel } from "./pushes-panel.tsx";
import { RundownPanel } from "./rundown-panel.tsx";
import { SayLines } from "./say-lines-panel.tsx";
import { Shelf } from "./shelf.tsx";
import { TapePanel } from "./tape-panel.tsx";
import { VoicesPanel } from "./voices-panel.tsx";

/** Below this there is no room for three columns without cutting prices and states: the room is a strip, as beside 视频号助手. */
const NARROW_PX = 1080;

export function ControlRoom() {
  const isNarrow = useIsNarrow();
  return (
    <FloatOr
      small={
        <Framed>
          <NarrowRoom />
        </Framed>
      }
    >
      <Framed>{isNarrow ? <NarrowRoom /> : <WideRoom />}</Framed>
    </FloatOr>
  );
}

/** What belongs to the room in whichever window and width it stands. */
function Framed({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <DeskDialogs />
      <CommandPalette />
      <RehearsalMark />
    </>
  );
}

function WideRoom() {
  const words = useTranslations("control");
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">{words("title")}</h1>
      <DeskHeader />
      <FiguresStrip />
      <RoomPanels />
    </div>
  );
}

/** What lies below header and figures; the replay shows the same over its own source. */
export function RoomPanels() {
  const words = useTranslations("control");
  return (
    <div className="grid min-h-0 flex-1 [--aside:clamp(270px,22.9vw,330px)] grid-cols-[clamp(276px,20.8vw,300px)_minmax(0,1fr)_var(--aside)] grid-rows-[minmax(0,1fr)_208px] max-[1200px]:grid-rows-[minmax(0,1fr)_180px]">
      <RundownPanel className="border-r" />
      <div className="relative flex min-h-0 min-w-0 flex-col">
        <ExplainedCard />
        <LessonAlerts />
        <NumberBar />
        <Shelf />
        <ArmedBar />
      </div>
      <aside className="flex min-h-0 flex-col border-l">
        <div className="relative flex min-h-0 flex-1 flex-col">
          <div
            role="region"
            aria-label={words("offers")}
            tabIndex={0}
            className="min-h-0 flex-1 overflow-y-auto pb-3 outline-offset-[-2px]"
          >
            <CouponsPanel />
            <LotteriesPanel />
            <PushesPanel />
          </div>
        </div>
        {/* Whether the host has seen a line must not scroll away, and all presets stand in sight while they are open. It grows upwards: what
            is new moves nothing below it. */}
        <div className="max-h-[55%] has-[[data-presets]]:max-h-full shrink-0 overflow-y-auto border-t pb-2.5">
          <SayLines />
          <MessagesPanel />
        </div>
      </aside>
      <BottomRow />
    </div>
  );
}

function BottomRow() {
  return (
    <div className="col-span-3 grid min-h-0 grid-cols-[minmax(0,1.6fr)_minmax(260px,1fr)_var(--aside)] border-t">
      <ChartPanel />
      <VoicesPanel className="border-l" />
      <TapePanel className="border-l" />
    </div>
  );
}

function useIsNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(false);
  useEffect(() => {
    const query = window.matchMedia(`(max-width: ${NARROW_PX}px)`);
    const read = () => setNarrow(query.matches);
    read();
    query.addEventListener("change", read);
    return () => query.removeEventListener("change", read);
  }, []);
  return isNarrow;
}
