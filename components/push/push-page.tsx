"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useLoaded } from "../http/use-loaded.ts";
import { DeskProvider, STOPPERS } from "../live/desk.tsx";
import { ShowClockProvider } from "../live/show-clock.tsx";
import { PlanContext } from "../plan/plan-context.tsx";
import { loadPlanData } from "../plan/plan-data.ts";
import { SessionProvider, useConnection, useHasView } from "../session/session-provider.tsx";
import { createSocketSource } from "../session/socket-source.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState, SkeletonRows } from "../ui/states.tsx";
import { PushDeskProvider } from "./push-desk.tsx";
import { Pushes } from "./pushes.tsx";

/** All that a show sends to groups, customers and staff: what is planned, who has not sent, what came of it. */
export function PushPage({ sessionId }: { sessionId: string }) {
  const words = useTranslations("failure");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const { value, failure, reload } = useLoaded(sessionId, (signal) => loadPlanData(sessionId, signal));
  const create = useCallback(() => createSocketSource({ sessionId, audience: "control", page: "pushes" }), [sessionId]);
  if (!value) {
    if (!failure) return <SkeletonRows rows={8} />;
    return (
      <ErrorState
        wholePage
        title={words("titleLoad")}
        text={explain(failure)}
        actions={<Button onClick={reload}>{ui("retry")}</Button>}
      />
    );
  }
  return (
    <PlanContext.Provider value={value}>
      <SessionProvider create={create} fallback={<SkeletonRows rows={8} />}>
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
        <DeskProvider hands={STOPPERS}>
          <PushDeskProvider>
            <Pushes />
          </PushDeskProvider>
        </DeskProvider>
      </ShowClockProvider>
    );
  }
  if (connection.state === "refused") {
    return <ErrorState wholePage title={explain({ kind: "denied", code: connection.code })} />;
  }
  return <SkeletonRows rows={8} />;
}
