"use client";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useCallback } from "react";
import * as z from "zod/mini";
import type { Audience } from "#domain/op.ts";
import type { Snapshot } from "#domain/wire.ts";
import { request, type Reply } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { PlanContext, usePlan } from "../plan/plan-context.tsx";
import { loadPlanData, type PlanData } from "../plan/plan-data.ts";
import { ConnectionBanner } from "../session/connection-banner.tsx";
import { RehearsalMark } from "../session/rehearsal-mark.tsx";
import { createReplaySource, StretchBody, type Stretch } from "../session/replay-source.ts";
import { SessionProvider, useHasView, useSession } from "../session/session-provider.tsx";
import type { ShowSlices } from "../session/show-slices.ts";
import { fromSnapshot, type ViewState } from "../session/view-state.ts";
import { RehearsalTag } from "../shows/phase-tag.tsx";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { EmptyState, ErrorState } from "../ui/states.tsx";
import { Tag } from "../ui/tag.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { RoomSkeleton } from "./control-page.tsx";
import { RoomPanels } from "./control-room.tsx";
import { DeskDialogs } from "./desk-dialogs.tsx";
import { OnAirBadge, OverUnder } from "./desk-header.tsx";
import { DeskProvider } from "./desk.tsx";
import { FiguresStrip } from "./figures-strip.tsx";
import { NAMELESS, openingSecond, replayActs } from "./replay-acts.ts";
import { ReplayBar } from "./replay-bar.tsx";
import { ShowClockProvider } from "./show-clock.tsx";

type Past = {
  readonly plan: PlanData;
  readonly last: ViewState;
  readonly startedAt: number;
  /** The first and last second there is, and the one to open at. */
  readonly from: number;
  readonly to: number;
  readonly at: number;
};

/** Our own server's snapshot; its slices are shaped by the ops. */
const SnapshotBody = z.custom<Snapshot>((body) => typeof body === "object" && body !== null && "slices" in body);

/** A little of what was before the start can be looked at too. */
const LEAD_IN_MS = 30_000;

async function loadPast(sessionId: string, signal: AbortSignal): Promise<Reply<Past>> {
  const plan = await loadPlanData(sessionId, signal);
  if (!plan.ok) return plan;
  const view = await request(`/api/v1/sessions/${sessionId}/view?audience=control`, { shape: SnapshotBody, signal });
  if (!view.ok) return view;
  const { startedAt, endedAt } = plan.value.show;
  const last = fromSnapshot(view.value);
  // Whole seconds: the last one holds all that happened in it.
  const to = Math.ceil(Math.max(endedAt ?? 0, last.at) / 1_000) * 1_000;
  const start = startedAt ?? to;
  const from = Math.floor(start / 1_000) * 1_000 - LEAD_IN_MS;
  const at = openingSecond(replayActs(last.slices as ShowSlices, NAMELESS), start, to);
  return { ok: true, value: { plan: plan.value, last, startedAt: start, from, to, at } };
}

async function loadStretch(
  sessionId: string,
  audience: Audience,
  span: { from: number; to: number; step: number },
): Promise<Stretch> {
  const query = new URLSearchParams({
    audience,
    from: String(span.from),
    to: String(span.to),
    step: String(span.step),
  });
  const reply = await request(`/api/v1/sessions/${sessionId}/replay?${query}`, { shape: StretchBody });
  if (!reply.ok) throw new Error(`no stretch of the past: ${reply.failure.code}`);
  return reply.value;
}

/** Any second of a show: the panels of the control room over the log, with a slider. Nothing can be done here. */
export function ReplayPage({ sessionId }: { sessionId: string }) {
  const words = useTranslations("failure");
  const replay = useTranslations("replay");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const { value, failure, reload } = useLoaded(`past:${sessionId}`, (signal) => loadPast(sessionId, signal));
  if (!value) {
    if (!failure) return <RoomSkeleton />;
    return (
      <ErrorState
        title={words("titleLoad")}
        text={explain(failure)}
        actions={<Button onClick={reload}>{ui("retry")}</Button>}
      />
    );
  }
  if (value.plan.show.startedAt === null) {
    return (
      <EmptyState
        title={replay("notStartedTitle")}
        text={replay("notStartedText")}
        actions={
          <Button asChild look="primary">
            <Link href={`/shows/${sessionId}/control`}>{replay("toControl")}</Link>
          </Button>
        }
      />
    );
  }
  return (
    <PlanContext.Provider value={value.plan}>
      <PastRoom sessionId={sessionId} past={value} />
    </PlanContext.Provider>
  );
}

function PastRoom({ sessionId, past }: { sessionId: string; past: Past }) {
  const { from, to, at } = past;
  const create = useCallback(
    () =>
      createReplaySource({
        audience: "control",
        from,
        to,
        at,
        load: (audience, span) => loadStretch(sessionId, audience, span),
      }),
    [sessionId, from, to, at],
  );
  return (
    <SessionProvider create={create} fallback={<RoomSkeleton />}>
      <WhenLoaded past={past} />
    </SessionProvider>
  );
}

function WhenLoaded({ past }: { past: Past }) {
  if (!useHasView()) {
    return (
      <>
        <ConnectionBanner />
        <RoomSkeleton />
      </>
    );
  }
  return (
    <ShowClockProvider>
      <DeskProvider>
        <ConnectionBanner />
        <div className="flex min-h-0 flex-1 flex-col overflow-x-auto">
          <div className="flex min-h-0 min-w-[1100px] flex-1 flex-col">
            <ReplayHeader />
            <FiguresStrip />
            <RoomPanels />
          </div>
        </div>
        <ReplayBar last={past.last} from={past.from} to={past.to} startedAt={past.startedAt} />
        <DeskDialogs />
        <CommandPalette />
        <RehearsalMark />
      </DeskProvider>
    </ShowClockProvider>
  );
}

function ReplayHeader() {
  const words = useTranslations("replay");
  const control = useTranslations("control");
  const title = useSession((show) => show.session.title);
  const rehearsal = useSession((show) => show.session.rehearsal);
  const { room, show } = usePlan();
  return (
    <header className="flex h-11 shrink-0 items-center gap-3 border-b px-3">
      <Button asChild look="ghost" size="iconSm">
        <Link href="/shows" aria-label={control("toShows")}>
          <Icon name="chevronLeft" />
        </Link>
      </Button>
      <Tag tone="act" shape={false}>
        {words("badge")}
      </Tag>
      <OnAirBadge />
      <h1 className="truncate text-base font-semibold" title={title}>
        {title}
      </h1>
      <span className="text-xs text-faint">{room.name}</span>
      {rehearsal ? <RehearsalTag /> : null}
      <div className="ml-auto flex items-center gap-3">
        <OverUnder />
        {show.phase === "ended" ? null : (
          <Button asChild size="sm">
            <Link href={`/shows/${show.id}/control`}>{words("toLive")}</Link>
          </Button>
        )}
      </div>
    </header>
  );
}
