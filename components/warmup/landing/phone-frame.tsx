"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import * as z from "zod/mini";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { useSession } from "../../session/session-provider.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { previewShow, PREVIEW_STATES, stateOf, type PreviewState, type ViewerBody } from "./preview-show.ts";
import type { LandingDraft } from "./use-landing.ts";

const Body = z.custom<ViewerBody>(
  (body) => typeof body === "object" && body !== null && "slices" in body && "showNow" in body,
);

/** The viewers' own page in a frame of a phone's size, showing the draft as it is typed. */
export function PhoneFrame({ draft }: { draft: LandingDraft }) {
  const words = useTranslations("warmupPlan.landing.preview");
  const sessionId = useSession((show) => show.session.sessionId);
  const now = useSession((show) => stateOf(show.session));
  const [chosen, setChosen] = useState<PreviewState | null>(null);
  // As the page is for viewers at this moment, until another moment is asked for.
  const state = chosen ?? now;
  const { frame, failure } = usePreview(sessionId, draft, state);
  const explain = useFailure();
  const path = `/v/${encodeURIComponent(sessionId)}`;
  return (
    <section aria-label={words("title")} className="flex flex-col items-center gap-2 xl:h-full">
      <div className="flex w-full max-w-[390px] flex-wrap items-center gap-2">
        <Segmented
          label={words("state")}
          value={state}
          onChange={setChosen}
          options={PREVIEW_STATES.map((one) => ({ value: one, label: words(`stateOf.${one}`) }))}
        />
        <Button asChild size="sm" look="ghost" className="ml-auto">
          <a href={path} target="_blank" rel="noopener noreferrer">
            {words("open")}
          </a>
        </Button>
      </div>
      {failure ? (
        <p role="alert" className="text-xs text-air-ink">
          {words("failed", { reason: explain(failure) })}
        </p>
      ) : null}
      <iframe
        ref={frame}
        title={words("title")}
        src={`${path}?preview`}
        sandbox="allow-scripts allow-same-origin"
        className="h-[640px] w-full max-w-[390px] rounded-xl border-4 border-edge bg-[#f5f4f0] xl:h-auto xl:max-h-[780px] xl:min-h-[420px] xl:flex-1"
      />
      <p className="text-2xs text-faint">{words("draftNote")}</p>
    </section>
  );
}

/** The frame says when it listens; from then on it is told whatever changes. */
function usePreview(sessionId: string, draft: LandingDraft, state: PreviewState) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [listening, setListening] = useState(false);
  // What the page shows beside the blocks: asked for again when there is more of it.
  const others = useSession((show) => `${show.products.size} ${show.coupons.size} ${show.rewardSteps.size}`);
  const path = `/api/v1/viewer/sessions/${encodeURIComponent(sessionId)}`;
  const { value: base, failure } = useLoaded(path, (signal) => request(path, { shape: Body, signal }), others);
  useEffect(() => {
    const hear = (event: MessageEvent<unknown>) => {
      if (event.origin !== location.origin || event.source !== frame.current?.contentWindow) return;
      if (isReady(event.data)) setListening(true);
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, []);
  useEffect(() => {
    if (!listening || !base) return;
    frame.current?.contentWindow?.postMessage(
      { kaibo: "preview", show: previewShow(base, draft, state) },
      location.origin,
    );
  }, [listening, base, draft, state]);
  return { frame, failure };
}

const isReady = (data: unknown): boolean =>
  typeof data === "object" && data !== null && "kaibo" in data && data.kaibo === "previewReady";
