"use client";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { HostBoard } from "../../screen/host-board.tsx";
import { createReplaySource, isReplay, type ReplaySource } from "../../session/replay-source.ts";
import { SessionProvider, useHasView, useSessionSource } from "../../session/session-provider.tsx";
import { cn } from "../../ui/cn.ts";
import { Skeleton } from "../../ui/states.tsx";
import { loadStretch } from "../load-review.ts";
import { useReview } from "../review-context.tsx";

/** What the host saw at the second that is looked at: the host's own board over a source of the host's audience. */
export function HostView() {
  const words = useTranslations("review");
  const main = useSessionSource();
  return (
    <section aria-label={words("hostBoard")} className="flex flex-col gap-2 p-3">
      <h2 className="text-sm font-semibold text-dim">{words("hostBoard")}</h2>
      <div className="aspect-video w-full overflow-hidden rounded-md border bg-black">
        {isReplay(main) ? <Follower main={main} /> : null}
      </div>
    </section>
  );
}

function Follower({ main }: { main: ReplaySource }) {
  const { sessionId, from, to } = useReview();
  const create = useCallback(
    () =>
      createReplaySource({
        audience: "host",
        from,
        to,
        at: main.position().at,
        whole: false,
        load: (audience, span) => loadStretch(sessionId, audience, span),
      }),
    [sessionId, from, to, main],
  );
  return (
    <SessionProvider create={create} fallback={<Skeleton className="h-full w-full" />}>
      <InStep main={main} />
    </SessionProvider>
  );
}

/** Follows where the page stands, also while that runs. */
function InStep({ main }: { main: ReplaySource }) {
  const words = useTranslations("review");
  const source = useSessionSource();
  const { to } = useReview();
  useEffect(() => {
    if (!isReplay(source)) return undefined;
    source.extend(to);
    const follow = () => {
      const { at } = main.position();
      if (at !== source.position().at) source.seek(at);
    };
    follow();
    return main.subscribe(follow);
  }, [source, main, to]);
  const readWaiting = () => isReplay(source) && source.position().waiting;
  const isWaiting = useSyncExternalStore(source.subscribe, readWaiting, readWaiting);
  if (!useHasView()) return <Skeleton className="h-full w-full" />;
  return (
    <div className="relative h-full">
      <HostBoard />
      {/* What still stands there is another second: it is covered once that lasts. */}
      <p
        role="status"
        className={cn(
          "absolute inset-0 flex items-center justify-center gap-2 bg-black/75 text-xs text-dim transition-opacity",
          isWaiting ? "opacity-100 delay-500" : "pointer-events-none opacity-0",
        )}
      >
        {isWaiting ? words("fetchingHost") : ""}
      </p>
    </div>
  );
}
