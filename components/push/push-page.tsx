"use client";
import { DeskProvider, STOPPERS } from "../live/desk.tsx";
import { ShowClockProvider } from "../live/show-clock.tsx";
import { JoinedShow } from "../session/joined-show.tsx";
import { SkeletonRows } from "../ui/states.tsx";
import { PushDeskProvider } from "./push-desk.tsx";
import { Pushes } from "./pushes.tsx";

/** All that a show sends to groups, customers and staff: what is planned, who has not sent, what came of it. */
export function PushPage({ sessionId }: { sessionId: string }) {
  return (
    <JoinedShow sessionId={sessionId} page="pushes" skeleton={<SkeletonRows rows={8} />}>
      <ShowClockProvider>
        <DeskProvider hands={STOPPERS}>
          <PushDeskProvider>
            <Pushes />
          </PushDeskProvider>
        </DeskProvider>
      </ShowClockProvider>
    </JoinedShow>
  );
}
