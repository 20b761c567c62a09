import { estimateEffects } from "#domain/effects/estimate.ts";
import type { EffectsInput } from "#domain/effects/report.ts";

/** A thread of its own: an evening with many acts takes a few hundred milliseconds, and the axis is dragged meanwhile. */
self.addEventListener("message", ({ data }: MessageEvent<EffectsInput>) => {
  self.postMessage(estimateEffects(data, { windowMinutes: null }));
});
