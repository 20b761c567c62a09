import { effectsInputOf, ShowRecord } from "#domain/effects/from-show.ts";
import type { EffectsInput } from "#domain/effects/report.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import type { ViewState } from "../../session/view-state.ts";

/** From the review's view to what the estimate takes. The slice `acts` holds the acts of the whole show; what was taken back is not in it. */
export function effectsInput(last: ViewState): EffectsInput | undefined {
  const { session, series, roundFigures, acts } = slicesOf(last);
  return effectsInputOf(
    ShowRecord.parse({
      ...session,
      at: last.at,
      series: [...series.values()],
      rounds: [...roundFigures.values()],
      tape: [...acts.values()].toSorted((a, b) => a.seq - b.seq),
      groupPushes: [],
    }),
  );
}
