"use client";
import { useTranslations } from "next-intl";
import { useLoaded } from "../../http/use-loaded.ts";
import { useShowClock } from "../../live/show-clock.tsx";
import { usePlan } from "../../plan/plan-context.tsx";
import { useFollowed } from "../use-followed.ts";
import { loadTotals } from "../warmup-data.ts";
import { ContactsPart } from "./contacts-part.tsx";
import { FunnelPart } from "./funnel-part.tsx";
import { HoursPart } from "./hours-part.tsx";
import { LeadersPart } from "./leaders-part.tsx";
import { PeoplePart } from "./people-part.tsx";
import { ReservationFigure } from "./reservation-figure.tsx";
import { InvitedFigure, SignupFigure, WatchedFigure } from "./signup-figures.tsx";
import { SourcesPart } from "./sources-part.tsx";
import { StartFigure } from "./start-figure.tsx";
import { WavesPart } from "./waves-part.tsx";

/** The warm-up at a glance: how far it is from its targets, who brings whom, and what goes out next. */
export function WarmupBoard() {
  const words = useTranslations("warmupBoard");
  const { show } = usePlan();
  const clock = useShowClock();
  const totals = useLoaded(`warmup ${show.id}`, (signal) => loadTotals(show.id, clock(), signal));
  useFollowed(totals.reload);
  // Hairlines between the parts are the ground that shows through.
  return (
    <div className="flex min-h-full flex-col gap-px bg-line pb-px">
      <div
        role="group"
        aria-label={words("figures")}
        className="grid grid-cols-[minmax(150px,0.8fr)_minmax(300px,1.9fr)_minmax(190px,1.1fr)_minmax(170px,1fr)_minmax(160px,0.9fr)] gap-px max-lg:grid-cols-2"
      >
        <StartFigure className="max-lg:col-span-2" />
        <ReservationFigure className="max-sm:col-span-2" />
        <SignupFigure />
        <InvitedFigure />
        <WatchedFigure className="max-sm:col-span-2" />
      </div>
      <div className="grid flex-1 grid-cols-12 gap-px max-lg:grid-cols-1">
        <HoursPart className="col-span-8 max-lg:col-span-1" />
        <div className="col-span-4 row-span-2 flex flex-col gap-px max-lg:col-span-1 max-lg:row-span-1">
          <LeadersPart className="flex-1" />
          <ContactsPart />
        </div>
        <div className="col-span-8 grid grid-cols-2 gap-px max-lg:col-span-1 max-sm:grid-cols-1">
          <FunnelPart />
          <WavesPart />
        </div>
        <SourcesPart className="col-span-8 max-lg:col-span-1" />
        <PeoplePart totals={totals} className="col-span-4 max-lg:col-span-1" />
      </div>
    </div>
  );
}
