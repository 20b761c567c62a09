"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useLoaded } from "../../http/use-loaded.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { EmptyState, ErrorState, Skeleton } from "../../ui/states.tsx";
import { loadReport, type LoadedReport } from "./load-report.ts";
import { PictureActions, PicturePreview } from "./picture-actions.tsx";
import type { Report } from "./report.shape.ts";
import { ReportView } from "./report-view.tsx";
import { REPORT_SENDERS, SendButton } from "./send-button.tsx";
import { ShareButton, SHARERS } from "./share-button.tsx";
import { usePicture } from "./use-picture.ts";

/** While the show runs the report goes with it. */
const AGAIN_MS = 20_000;

/** 战报: at any time in the show, and of all of it the moment it ended. */
export function ReportPage({ sessionId }: { sessionId: string }) {
  const words = useTranslations("failure");
  const report = useTranslations("report");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const { value, failure, reload } = useLoaded(`report:${sessionId}`, (signal) => loadReport(sessionId, signal));
  const isOver = value?.report?.endedAt != null;
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(reload, AGAIN_MS);
    return () => clearInterval(timer);
  }, [isOver, reload]);
  if (!value) {
    if (!failure) return <ReportSkeleton />;
    return (
      <ErrorState
        wholePage
        title={words("titleLoad")}
        text={explain(failure)}
        actions={<Button onClick={reload}>{ui("retry")}</Button>}
      />
    );
  }
  if (!value.report) {
    return (
      <EmptyState
        wholePage
        title={report("notStartedTitle")}
        text={report("notStartedText")}
        actions={
          <Button asChild look="primary">
            <Link href={`/shows/${sessionId}/control`}>{report("toControl")}</Link>
          </Button>
        }
      />
    );
  }
  return <Ready sessionId={sessionId} loaded={value} report={value.report} />;
}

function Ready({ sessionId, loaded, report }: { sessionId: string; loaded: LoadedReport; report: Report }) {
  const words = useTranslations("report");
  const picture = usePicture(report, loaded.roomName);
  return (
    <div className="mx-auto max-w-[1200px] px-6 pb-10 max-sm:px-4">
      <nav className="flex flex-wrap items-center gap-2 py-3 print:hidden" aria-label={words("title")}>
        <Button asChild size="sm" look="ghost">
          <Link href={`/shows/${sessionId}/review`}>
            <Icon name="chevronLeft" size={13} />
            {words("toReview")}
          </Link>
        </Button>
        <span className="ml-auto flex flex-wrap items-center gap-2">
          <PictureActions report={report} picture={picture} />
          {loaded.roomId !== null && loaded.roles.some((role) => REPORT_SENDERS.has(role)) ? (
            <SendButton
              sessionId={sessionId}
              roomId={loaded.roomId}
              rehearsal={report.rehearsal}
              picture={picture.state === "ready" ? picture.blob : null}
            />
          ) : null}
          {loaded.roles.some((role) => SHARERS.has(role)) ? <ShareButton sessionId={sessionId} /> : null}
        </span>
      </nav>
      <ReportView report={report} roomName={loaded.roomName} />
      <div className="pt-8">
        <PicturePreview report={report} picture={picture} />
      </div>
    </div>
  );
}

export function ReportSkeleton() {
  return (
    <div aria-busy className="mx-auto grid max-w-[1200px] gap-10 px-6 py-14 lg:grid-cols-2">
      {[0, 1].map((column) => (
        <div key={column} className="flex flex-col gap-4">
          {[32, 64, 120, 240].map((height) => (
            <div key={height} style={{ height }}>
              <Skeleton className="h-full w-full" />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
