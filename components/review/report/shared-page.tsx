"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import * as z from "zod/mini";
import { dayTime } from "../../format/time.ts";
import { askWithToken, request, type Failure } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import type { PlanData } from "../../plan/plan-data.ts";
import { NobodyProvider } from "../../shell/me-provider.tsx";
import { Show } from "../../shows/show-list.ts";
import { LocaleSwitch } from "../../strings/locale-switch.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { ErrorState } from "../../ui/states.tsx";
import { Icon } from "../../ui/icon.tsx";
import { loadFigures } from "./load-report.ts";
import { PictureActions, PicturePreview } from "./picture-actions.tsx";
import type { Report } from "./report.shape.ts";
import { ReportSkeleton } from "./report-page.tsx";
import { ReportView } from "./report-view.tsx";
import { usePicture } from "./use-picture.ts";

const ReviewPage = dynamic(() => import("../review-page.tsx").then((module) => module.ReviewPage), {
  ssr: false,
  loading: ReportSkeleton,
});

const Holder = z.object({
  what: z.enum(["report", "review"]),
  expiresAt: z.number(),
  roomName: z.string(),
  show: Show,
});
type Holder = z.infer<typeof Holder>;

/** How often the page asks whether its link still holds; a revoked one is closed by then. */
const HOLDS_EVERY_MS = 2_000;

/** What a link shares: a report or a review, to read. Closes when the link holds no more. */
export function SharedPage({ token }: { token: string }) {
  const words = useTranslations("share");
  const explain = useFailure();
  const { holder, failure } = useHolder(token);
  if (failure && ENDED.has(failure.code)) {
    // Without a right at all it is no link of ours, or half of one: whoever opened it has no room to be told about.
    const text = failure.code === "access.denied" ? words("notOurs") : `${explain(failure)} ${words("endedHint")}`;
    return <ErrorState wholePage title={words("endedTitle")} text={text} />;
  }
  if (!holder) {
    return failure ? <ErrorState wholePage title={explain(failure)} /> : <ReportSkeleton />;
  }
  return (
    <NobodyProvider>
      <div
        className={holder.what === "review" ? "flex h-screen flex-col overflow-hidden" : "flex min-h-screen flex-col"}
      >
        <p className="flex h-8 shrink-0 items-center gap-2 border-b px-4 text-xs text-dim print:hidden">
          <Icon name="lock" size={12} />
          {words("readOnly", { at: dayTime(holder.expiresAt) })}
          <span className="ml-auto">
            <LocaleSwitch signedIn={false} />
          </span>
        </p>
        <main className="flex min-h-0 flex-1 flex-col">
          {holder.what === "review" ? (
            <ReviewPage sessionId={holder.show.id} shared={planOf(holder)} />
          ) : (
            <SharedReport holder={holder} />
          )}
        </main>
      </div>
    </NobodyProvider>
  );
}

/** Codes after which the link never opens again. */
const ENDED: ReadonlySet<string> = new Set(["share.unknown", "share.expired", "share.revoked", "access.denied"]);

function useHolder(token: string): { readonly holder: Holder | null; readonly failure: Failure | null } {
  const [state, setState] = useState<{ holder: Holder | null; failure: Failure | null }>({
    holder: null,
    failure: null,
  });
  useEffect(() => {
    askWithToken(token);
    let timer: ReturnType<typeof setTimeout>;
    const stop = new AbortController();
    const ask = async () => {
      const reply = document.hidden ? null : await request("/api/v1/share", { shape: Holder, signal: stop.signal });
      if (stop.signal.aborted) return;
      if (reply && !reply.ok && ENDED.has(reply.failure.code))
        return setState({ holder: null, failure: reply.failure });
      // What is known stays while the server is away; the same answer draws nothing anew.
      if (reply?.ok) setState((before) => (before.holder ? before : { holder: reply.value, failure: null }));
      else if (reply) setState((before) => (before.holder ? before : { holder: null, failure: reply.failure }));
      timer = setTimeout(again, HOLDS_EVERY_MS);
    };
    const again = () => {
      // Left with the page: nothing waits for it.
      ask().catch((error: unknown) => {
        if (!stop.signal.aborted) throw error;
      });
    };
    again();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [token]);
  return state;
}

/** What the review page knows beside its view: the show and its room's name, nobody of the team. */
function planOf({ show, roomName }: Holder): PlanData {
  return {
    show: { ...show, roles: [] },
    room: { id: show.roomId, name: roomName, productRoles: [] },
    members: [],
  };
}

function SharedReport({ holder: { show, roomName } }: { holder: Holder }) {
  const words = useTranslations("failure");
  const report = useTranslations("report");
  const explain = useFailure();
  const { value, failure } = useLoaded(`shared:${show.id}`, (signal) =>
    loadFigures(show, { roomId: null, roomName, roles: [] }, signal),
  );
  if (!value) {
    return failure ? <ErrorState title={words("titleLoad")} text={explain(failure)} /> : <ReportSkeleton />;
  }
  if (!value.report) return <ErrorState title={report("notStartedTitle")} />;
  return <ReadOnlyReport report={value.report} roomName={roomName} />;
}

function ReadOnlyReport({ report, roomName }: { report: Report; roomName: string }) {
  const picture = usePicture(report, roomName);
  return (
    <div className="mx-auto w-full max-w-[1200px] px-6 py-4 pb-10 max-sm:px-4">
      <div className="flex flex-wrap justify-end gap-2 pb-2 print:hidden">
        <PictureActions report={report} picture={picture} />
      </div>
      <ReportView report={report} roomName={roomName} />
      <div className="pt-8">
        <PicturePreview report={report} picture={picture} />
      </div>
    </div>
  );
}
