"use client";
import { useCallback } from "react";
import * as z from "zod/mini";
import { request } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { ConnectionBanner } from "../session/connection-banner.tsx";
import { SessionProvider, useConnection, useHasView } from "../session/session-provider.tsx";
import { createSocketSource } from "../session/socket-source.ts";
import { useAct } from "../session/use-act.ts";
import { RoleName } from "../shell/me.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { ErrorState, Skeleton } from "../ui/states.tsx";
import { AssistantBoard } from "./assistant-board.tsx";
import { ScreenStateProvider, type Tick } from "./screen-state.tsx";

const Mine = z.object({ roles: z.array(RoleName) });
type Role = z.infer<typeof RoleName>;

/** Who stands where a nod is seen: a desk far away could only guess that a line was read. */
const WITNESSES: readonly Role[] = ["host", "floor", "assistant"];
const TICKERS: readonly Role[] = ["owner", "manager", "operator", "floor", "assistant"];
const NO_ROLES: readonly Role[] = [];

/** The assistant's board for somebody who is signed in: what is ticked and answered here stands in the show's log. */
export function AssistantPage({ sessionId }: { sessionId: string }) {
  const create = useCallback(() => createSocketSource({ sessionId, audience: "host", page: "assistant" }), [sessionId]);
  return (
    <SessionProvider create={create} fallback={<Loading />}>
      <WhenJoined sessionId={sessionId} />
    </SessionProvider>
  );
}

function WhenJoined({ sessionId }: { sessionId: string }) {
  const explain = useFailure();
  const connection = useConnection();
  if (useHasView()) return <Joined sessionId={sessionId} />;
  if (connection.state === "refused") return <ErrorState title={explain({ kind: "denied", code: connection.code })} />;
  return <Loading />;
}

function Joined({ sessionId }: { sessionId: string }) {
  const act = useAct();
  const { value, loading } = useLoaded(sessionId, (signal) =>
    request(`/api/v1/sessions/${encodeURIComponent(sessionId)}`, { shape: Mine, signal }),
  );
  const roles = value?.roles ?? NO_ROLES;
  const may = (some: readonly Role[]) => roles.some((role) => some.includes(role));
  const answer = useCallback((messageId: string) => void act("message.seen", { messageId }), [act]);
  const tick = useCallback(
    ({ productId, index, said }: Tick) => void act("prompt.say", { productId, index, said }),
    [act],
  );
  // Buttons must neither come late under a finger nor be refused.
  if (!value && loading) return <Loading />;
  return (
    <ScreenStateProvider answer={may(WITNESSES) ? answer : null} tick={may(TICKERS) ? tick : null}>
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
