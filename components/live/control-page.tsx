"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useLoaded } from "../http/use-loaded.ts";
import { loadPlanData } from "../plan/plan-data.ts";
import { PlanContext } from "../plan/plan-context.tsx";
import { SessionProvider, useConnection, useHasView } from "../session/session-provider.tsx";
import { createSocketSource } from "../session/socket-source.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState, Skeleton } from "../ui/states.tsx";
import { ControlRoom } from "./control-room.tsx";
import { DeskProvider } from "./desk.tsx";
import { ShowClockProvider } from "./show-clock.tsx";

/** The control room of one show: who may see it, its people, and its live source. */
export function ControlPage({ sessionId }: { sessionId: string }) {
  const words = useTranslations("failure");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const { value, failure, reload } = useLoaded(sessionId, (signal) => loadPlanData(sessionId, signal));
  const create = useCallback(
    () => createSocketSource({ sessionId, audience: "control", page: "control" }),
    [sessionId],
  );
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
  return (
    <PlanContext.Provider value={value}>
      <SessionProvider create={create} fallback={<RoomSkeleton />}>
        <WhenJoined />
      </SessionProvider>
    </PlanContext.Provider>
  );
}

function WhenJoined() {
  const explain = useFailure();
  const connection = useConnection();
  if (useHasView()) {
    return (
      <ShowClockProvider>
        <DeskProvider>
          <ControlRoom />
        </DeskProvider>
      </ShowClockProvider>
    );
  }
  if (connection.state === "refused") {
    return <ErrorState title={explain({ kind: "denied", code: connection.code })} />;
  }
  return <RoomSkeleton />;
}

/** The room's own shape, so that nothing moves when the show comes in. */
export function RoomSkeleton() {
  return (
    <div aria-busy className="flex h-full flex-col gap-px">
      <div className="flex h-11 items-center gap-4 px-4">
        <Skeleton className="h-6 w-32" />
        <Skeleton className="h-4 w-48" />
      </div>
      <div className="flex h-[92px] items-center gap-12 border-y px-4">
        {[40, 20, 20, 20, 20, 20].map((width, index) => (
          <Skeleton key={index} className={width > 30 ? "h-9 w-52" : "h-9 w-24"} />
        ))}
      </div>
    </div>
  );
}
