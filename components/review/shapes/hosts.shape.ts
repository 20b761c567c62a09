import { runsOf } from "#domain/metrics/figure.ts";
import type { ShowSlices } from "../../session/show-slices.ts";

/** What each host explained, from the shifts and the rounds. Pure; also for the whole show. */

export type HostLine = {
  readonly hostId: string;
  /** On shift while the show was on. */
  readonly onShiftMs: number;
  readonly explainedMs: number;
  /** Of the rounds explained in the host's shifts, by time; hosts of one shift share the stage, and each is told all of it. */
  readonly paidFen: number | null;
  /** `null`: under half a minute, or nothing known. */
  readonly perExplainMinuteFen: number | null;
};

type Slices = Pick<ShowSlices, "session" | "shifts" | "roundFigures" | "figures">;

const MINUTE_MS = 60_000;
const TOO_SOON_MS = 30_000;

/** The longest on stage first. `now`: until when a round counts that still runs. */
export function hostLines({ session, shifts, roundFigures, figures }: Slices, now: number): readonly HostLine[] {
  const known = figures.headline.source === "orders";
  const show = { from: session.startedAt ?? now, to: session.endedAt ?? now };
  const rounds = [...roundFigures.values()].map((round) => {
    const runs = runsOf(round).map(({ from, to }) => ({ from, to: to ?? now }));
    return { runs, paidFen: round.paidFen, ms: runs.reduce((sum, run) => sum + Math.max(0, run.to - run.from), 0) };
  });
  const hosts = new Set([...shifts.values()].flatMap((shift) => shift.hosts));
  return [...hosts]
    .map((hostId) => {
      const own = [...shifts.values()].filter((shift) => shift.hosts.includes(hostId));
      const onShiftMs = own.reduce((sum, shift) => sum + overlapMs(shift, show), 0);
      let explainedMs = 0;
      let paidFen = 0;
      for (const { runs, ms, paidFen: of } of rounds) {
        const here = runs.reduce((sum, run) => sum + own.reduce((part, shift) => part + overlapMs(shift, run), 0), 0);
        explainedMs += here;
        if (ms > 0) paidFen += (of * here) / ms;
      }
      return {
        hostId,
        onShiftMs,
        explainedMs,
        paidFen: known ? Math.round(paidFen) : null,
        perExplainMinuteFen:
          known && explainedMs >= TOO_SOON_MS ? Math.round((paidFen / explainedMs) * MINUTE_MS) : null,
      };
    })
    .toSorted((a, b) => b.onShiftMs - a.onShiftMs || a.hostId.localeCompare(b.hostId));
}

type Stretch = { readonly from: number; readonly to: number };

function overlapMs(a: Stretch, b: Stretch): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}
