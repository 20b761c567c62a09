"use client";
import { DeskProvider } from "../live/desk.tsx";
import { ShowClockProvider } from "../live/show-clock.tsx";
import { JoinedShow } from "../session/joined-show.tsx";
import { SkeletonRows } from "../ui/states.tsx";
import { WARMUP_HANDS } from "./warmup-roles.ts";
import { Warmup } from "./warmup.tsx";

/** Between the plan and the show: who signed up, who brought them, through what, and what goes out next. */
export function WarmupPage({ sessionId }: { sessionId: string }) {
  return (
    <JoinedShow sessionId={sessionId} page="warmup" skeleton={<SkeletonRows rows={8} />}>
      <ShowClockProvider>
        <DeskProvider hands={WARMUP_HANDS}>
          <Warmup />
        </DeskProvider>
      </ShowClockProvider>
    </JoinedShow>
  );
}
