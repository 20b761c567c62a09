"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, type ReactNode } from "react";
import { useLoaded } from "../http/use-loaded.ts";
import { PlanContext } from "../plan/plan-context.tsx";
import { loadPlanData } from "../plan/plan-data.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/states.tsx";
import { SessionProvider, useConnection, useHasView } from "./session-provider.tsx";
import { createSocketSource } from "./socket-source.ts";

type Props = {
  sessionId: string;
  /** Where somebody is, as the others see it. */
  page: string;
  /** Until the show is there; of its shape, so that nothing moves when it comes. */
  skeleton: ReactNode;
  children: ReactNode;
};

/** A page of the staff that follows one show live: what is known beside it, its source, and why it is not there. */
export function JoinedShow({ sessionId, page, skeleton, children }: Props) {
  const words = useTranslations("failure");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const { value, failure, reload } = useLoaded(sessionId, (signal) => loadPlanData(sessionId, signal));
  const create = useCallback(() => createSocketSource({ sessionId, audience: "control", page }), [sessionId, page]);
  if (!value) {
    if (!failure) return skeleton;
    return (
      <ErrorState
        wholePage
        title={words("titleLoad")}
        text={explain(failure)}
        actions={
          <>
            <Button onClick={reload}>{ui("retry")}</Button>
            <ToShows />
          </>
        }
      />
    );
  }
  return (
    <PlanContext.Provider value={value}>
      <SessionProvider create={create} fallback={skeleton}>
        <WhenJoined skeleton={skeleton}>{children}</WhenJoined>
      </SessionProvider>
    </PlanContext.Provider>
  );
}

/** The room has no bar above it that would lead on. */
function ToShows() {
  const words = useTranslations("page");
  return (
    <Button asChild>
      <Link href="/shows">{words("toShows")}</Link>
    </Button>
  );
}

function WhenJoined({ skeleton, children }: Pick<Props, "skeleton" | "children">) {
  const explain = useFailure();
  const connection = useConnection();
  if (useHasView()) return children;
  if (connection.state === "refused") {
    return <ErrorState wholePage title={explain({ kind: "denied", code: connection.code })} actions={<ToShows />} />;
  }
  return skeleton;
}
