"use client";
import { useCallback } from "react";
import { ConnectionBanner } from "../session/connection-banner.tsx";
import { SessionProvider, useConnection, useHasView } from "../session/session-provider.tsx";
import { createSocketSource } from "../session/socket-source.ts";
import { useAct } from "../session/use-act.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { ErrorState, Skeleton } from "../ui/states.tsx";
import { AssistantBoard } from "./assistant-board.tsx";
import { ScreenStateProvider, type Tick } from "./screen-state.tsx";

/** The assistant's board for somebody who is signed in: what is ticked and answered here stands in the show's log. */
export function AssistantPage({ sessionId }: { sessionId: string }) {
  const create = useCallback(() => createSocketSource({ sessionId, audience: "host", page: "assistant" }), [sessionId]);
  return (
    <SessionProvider create={create} fallback={<Loading />}>
      <WhenJoined />
    </SessionProvider>
  );
}

function WhenJoined() {
  const explain = useFailure();
  const connection = useConnection();
  if (useHasView()) return <Joined />;
  if (connection.state === "refused") return <ErrorState title={explain({ kind: "denied", code: connection.code })} />;
  return <Loading />;
}

function Joined() {
  const act = useAct();
  const answer = useCallback((messageId: string) => void act("message.seen", { messageId }), [act]);
  const tick = useCallback(
    ({ productId, index, said }: Tick) => void act("prompt.say", { productId, index, said }),
    [act],
  );
  return (
    <ScreenStateProvider answer={answer} tick={tick}>
      <div className="flex h-full min-h-0 flex-1 flex-col">
        <ConnectionBanner />
        <div className="min-h-0 flex-1">
          <AssistantBoard />
        </div>
      </div>
    </ScreenStateProvider>
  );
}

function Loading() {
  return (
    <div aria-busy className="flex flex-col gap-4 p-4">
      <Skeleton className="h-8 w-48" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
