"use client";
import { useEffect, useMemo, useState } from "react";
import type { EffectsInput, EffectsReport } from "#domain/effects/report.ts";
import type { ViewState } from "../../session/view-state.ts";
import { effectsInput } from "./effects-record.ts";

export type EffectsState =
  | { readonly state: "computing" }
  | { readonly state: "notBegun" }
  | { readonly state: "failed" }
  | { readonly state: "ready"; readonly report: EffectsReport; readonly input: EffectsInput };

/** What each act did, estimated beside the page; anew when the figures have changed. */
export function useEffectsReport(last: ViewState): EffectsState {
  const input = useMemo(() => effectsInput(last), [last]);
  const [done, setDone] = useState<{ readonly of: EffectsInput; readonly report: EffectsReport | null } | null>(null);
  useEffect(() => {
    if (!input) return undefined;
    const worker = new Worker(new URL("./effects-worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<EffectsReport>) => setDone({ of: input, report: data }));
    worker.addEventListener("error", () => setDone({ of: input, report: null }));
    worker.postMessage(input);
    return () => worker.terminate();
  }, [input]);
  return useMemo(() => {
    if (!input) return { state: "notBegun" };
    if (done?.of !== input) return { state: "computing" };
    return done.report ? { state: "ready", report: done.report, input } : { state: "failed" };
  }, [input, done]);
}
