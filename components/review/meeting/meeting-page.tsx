"use client";
import { useRouter } from "next/navigation";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useLoaded } from "../../http/use-loaded.ts";
import { PlanContext } from "../../plan/plan-context.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Skeleton } from "../../ui/states.tsx";
import { loadReview, type LoadedReview } from "../load-review.ts";
import { ReviewContext, type Review } from "../review-context.tsx";
import { MeetingRoom } from "./meeting-room.tsx";

const EDITORS = new Set(["owner", "manager", "operator", "reviewer"]);

/** 会议模式: the show on a projector, a page at a time, gone through by keys. */
export function MeetingPage({ sessionId }: { sessionId: string }) {
  const failed = useTranslations("failure");
  const words = useTranslations("meeting");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const { value, failure, reload } = useLoaded(`review:${sessionId}`, (signal) => loadReview(sessionId, null, signal));
  if (!value) {
    if (!failure) return <MeetingSkeleton />;
    return (
      <ErrorState
        wholePage
        title={failed("titleLoad")}
        text={explain(failure)}
        actions={<Button onClick={reload}>{ui("retry")}</Button>}
      />
    );
  }
  if (value.startedAt === null) {
    return (
      <EmptyState
        wholePage
        title={words("notBegunTitle")}
        text={words("notBegunText")}
        actions={
          <Button asChild look="primary">
            <Link href={`/shows/${sessionId}/control`}>{words("back")}</Link>
          </Button>
        }
      />
    );
  }
  return <Opened sessionId={sessionId} loaded={value} startedAt={value.startedAt} reload={reload} />;
}

type OpenedProps = { sessionId: string; loaded: LoadedReview; startedAt: number; reload: () => void };

function Opened({ sessionId, loaded, startedAt, reload }: OpenedProps) {
  const router = useRouter();
  const review = useMemo<Review>(() => {
    const { plan, last, endedAt, from, to, daysFrom } = loaded;
    return {
      sessionId,
      plan,
      last,
      startedAt,
      endedAt,
      from,
      to,
      daysFrom,
      stretch: null,
      setStretch: () => undefined,
      // A second is looked at in the review itself.
      seek: (at) => router.push(`/shows/${sessionId}/review?at=${Math.round(at / 1_000) * 1_000}`),
      canEdit: plan.show.roles.some((role) => EDITORS.has(role)),
      shared: false,
      reload,
    };
  }, [sessionId, loaded, startedAt, reload, router]);
  return (
    <PlanContext.Provider value={loaded.plan}>
      <ReviewContext.Provider value={review}>
        <MeetingRoom onLeave={() => router.push(`/shows/${sessionId}/review`)} />
      </ReviewContext.Provider>
    </PlanContext.Provider>
  );
}

function MeetingSkeleton() {
  return (
    <div aria-busy className="flex h-full flex-col gap-6 p-8">
      <Skeleton className="h-8 w-80" />
      <div className="grid flex-1 grid-cols-4 gap-6">
        {[0, 1, 2, 3].map((index) => (
          <Skeleton key={index} className="h-48 w-full" />
        ))}
      </div>
    </div>
  );
}
