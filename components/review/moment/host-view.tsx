"use client";
import { useTranslations } from "next-intl";
import { useCallback, useEffect } from "react";
import { HostBoard } from "../../screen/host-board.tsx";
import { createReplaySource, isReplay, type ReplaySource } from "../../session/replay-source.ts";
import { SessionProvider, useHasView, useSessionSource } from "../../session/session-provider.tsx";
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
  return useHasView() ? <HostBoard /> : <Skeleton className="h-full w-full" />;
}
