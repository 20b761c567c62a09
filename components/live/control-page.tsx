"use client";
import { JoinedShow } from "../session/joined-show.tsx";
import { Skeleton } from "../ui/states.tsx";
import { ControlRoom } from "./control-room.tsx";
import { DeskProvider } from "./desk.tsx";
import { ShowClockProvider } from "./show-clock.tsx";

/** The control room of one show: who may see it, its people, and its live source. */
export function ControlPage({ sessionId }: { sessionId: string }) {
  return (
    <JoinedShow sessionId={sessionId} page="control" skeleton={<RoomSkeleton />}>
      <ShowClockProvider>
        <DeskProvider>
          <ControlRoom />
        </DeskProvider>
      </ShowClockProvider>
    </JoinedShow>
  );
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
