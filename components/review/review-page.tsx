"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useLoaded } from "../http/use-loaded.ts";
import { DeskProvider } from "../live/desk.tsx";
import { ShowClockProvider } from "../live/show-clock.tsx";
import { PlanContext } from "../plan/plan-context.tsx";
import type { PlanData } from "../plan/plan-data.ts";
import { ConnectionBanner } from "../session/connection-banner.tsx";
import { RehearsalMark } from "../session/rehearsal-mark.tsx";
import { createReplaySource, isReplay } from "../session/replay-source.ts";
import { SessionProvider, useHasView, useSessionSource } from "../session/session-provider.tsx";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState, ErrorState, Skeleton } from "../ui/states.tsx";
import { openingSecond } from "./act-steps.ts";
import { useReviewActs } from "./acts.ts";
import { Axis, AxisProvider } from "./axis/axis.tsx";
import { loadReview, loadStretch, type LoadedReview } from "./load-review.ts";
import { PlayBar } from "./play-bar.tsx";
import { addressOf, useAddress } from "./review-address.ts";
import { ReviewContext, type AxisStretch, type Review } from "./review-context.tsx";
import { ReviewHeader } from "./review-header.tsx";
import { ReviewTabs } from "./review-tabs.tsx";
import { StretchFigures } from "./stretch-figures.tsx";

/** A show after it (and while it runs): one axis, any second of it, and what came of it. */
export function ReviewPage({ sessionId, shared = null }: { sessionId: string; shared?: PlanData | null }) {
  const words = useTranslations("failure");
  const review = useTranslations("review");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const { value, failure, reload } = useLoaded(`review:${sessionId}`, (signal) =>
    loadReview(sessionId, shared, signal),
  );
  if (!value) {
    if (!failure) return <ReviewSkeleton />;
    return (
      <ErrorState
        wholePage
        title={words("titleLoad")}
        text={explain(failure)}
        actions={<Button onClick={reload}>{ui("retry")}</Button>}
      />
    );
  }
  if (value.startedAt === null && value.warmedUpAt === null && value.daysFrom === null) {
    return (
      <EmptyState
        wholePage
        title={review("notStartedTitle")}
        text={review("notStartedText")}
        actions={
          shared ? null : (
            <>
              <Button asChild look="primary">
                <Link href={`/shows/${sessionId}/plan`}>{review("toPlan")}</Link>
              </Button>
              <Button asChild>
                <Link href={`/shows/${sessionId}/control`}>{review("toControl")}</Link>
              </Button>
            </>
          )
        }
      />
    );
  }
  return (
    <PlanContext.Provider value={value.plan}>
      <Opened sessionId={sessionId} loaded={value} reload={reload} />
    </PlanContext.Provider>
  );
}

const EDITORS = new Set(["owner", "manager", "operator", "reviewer"]);

function Opened({ sessionId, loaded, reload }: { sessionId: string; loaded: LoadedReview; reload: () => void }) {
  // What stands in the address counts once: later the page writes it.
  const [first] = useState(() => addressOf(window.location));
  const [stretch, setStretch] = useState<AxisStretch | null>(first.stretch);
  const acts = useReviewActs(loaded.last);
  const opening = first.at ?? first.stretch?.from ?? openingSecond(acts, loaded.startedAt ?? loaded.from, loaded.to);
  const { to } = loaded;
  const from = loaded.daysFrom ?? loaded.from;
  const create = useCallback(
    () =>
      createReplaySource({
        audience: "review",
        from,
        to,
        at: opening,
        load: (audience, span) => loadStretch(sessionId, audience, span),
      }),
    // Taken once, when mounted: a later load of the page goes on in the same source.
    [sessionId, from, to, opening],
  );
  return (
    <SessionProvider create={create} fallback={<ReviewSkeleton />}>
      <WithReview
        sessionId={sessionId}
        loaded={loaded}
        reload={reload}
        stretch={stretch}
        setStretch={setStretch}
        acts={acts}
      />
    </SessionProvider>
  );
}

function WithReview({
  sessionId,
  loaded,
  reload,
  stretch,
  setStretch,
  acts,
}: {
  sessionId: string;
  loaded: LoadedReview;
  reload: () => void;
  stretch: AxisStretch | null;
  setStretch: (stretch: AxisStretch | null) => void;
  acts: ReturnType<typeof useReviewActs>;
}) {
  const source = useSessionSource();
  useEffect(() => {
    if (isReplay(source)) source.extend(loaded.to);
  }, [source, loaded.to]);
  const review = useMemo<Review>(() => {
    const { plan, last, startedAt, endedAt, from, to, daysFrom } = loaded;
    return {
      sessionId,
      plan,
      last,
      startedAt: startedAt ?? to,
      endedAt,
      from,
      to,
      daysFrom,
      stretch,
      setStretch,
      seek: (at) => (isReplay(source) ? source.seek(at) : undefined),
      canEdit: plan.show.roles.some((role) => EDITORS.has(role)),
      shared: loaded.shared,
      reload,
    };
  }, [sessionId, loaded, stretch, setStretch, source, reload]);
  return (
    <ReviewContext.Provider value={review}>
      <ShowClockProvider>
        <DeskProvider>
          <Room acts={acts} />
        </DeskProvider>
      </ShowClockProvider>
    </ReviewContext.Provider>
  );
}

function Room({ acts }: { acts: ReturnType<typeof useReviewActs> }) {
  useAddress();
  const hasView = useHasView();
  return (
    // On a phone the page itself scrolls; elsewhere its parts do.
    <div className="flex min-h-0 flex-1 flex-col max-md:overflow-x-hidden max-md:overflow-y-auto">
      <ConnectionBanner />
      <ReviewHeader />
      <AxisProvider>
        <PlayBar acts={acts} />
        <Axis acts={acts} />
      </AxisProvider>
      <StretchFigures acts={acts} />
      {hasView ? <ReviewTabs /> : <PanelsSkeleton />}
      {hasView ? <RehearsalMark /> : null}
    </div>
  );
}

/** The page's own shape, so that nothing moves when the show comes in. */
function ReviewSkeleton() {
  return (
    <div aria-busy className="flex h-full flex-col">
      <div className="flex h-11 items-center gap-4 border-b px-4">
        <Skeleton className="h-6 w-56" />
        <Skeleton className="h-4 w-48" />
      </div>
      <div className="h-[286px] border-b p-4">
        <Skeleton className="h-full w-full" />
      </div>
      <PanelsSkeleton />
    </div>
  );
}

function PanelsSkeleton() {
  return (
    <div aria-busy className="grid flex-1 gap-4 p-4 max-md:auto-rows-[160px] md:grid-cols-3">
      {[0, 1, 2].map((index) => (
        <Skeleton key={index} className="h-full w-full" />
      ))}
    </div>
  );
}
