import { eq } from "drizzle-orm";
import { reportShows } from "#db/schema/show-totals.ts";
import { shownMinute } from "#domain/metrics/series.ts";
import { SHOW_FIGURE_NAMES, showTotals, type ShowFigure, type ShowTotals } from "#domain/metrics/show-totals.ts";
import type { ShowState } from "#domain/engine.ts";
import { gaugeOf, type AudienceState } from "#domain/ops/audience.ts";
import { figuresShown, type FiguresState } from "#domain/ops/figures.ts";
import type { SessionState } from "#domain/ops/session.ts";
import { reservedNow, type ReservationState } from "#domain/reservation/state.ts";
import type { Projection } from "./projection.ts";

/** One row a show that has started, with the figures that its review shows (FIG17). */
export const totalsProjection: Projection = {
  name: "totals",
  async write(tx, { sessionId, state }) {
    const row = rowOf(sessionId, state);
    // A start that was taken back leaves no row.
    if (!row) return clear(tx, sessionId);
    const { sessionId: _id, ...set } = row;
    await tx.insert(reportShows).values(row).onConflictDoUpdate({ target: reportShows.sessionId, set });
  },
  clear,
};

async function clear(tx: Parameters<Projection["clear"]>[0], sessionId: string): Promise<void> {
  await tx.delete(reportShows).where(eq(reportShows.sessionId, sessionId));
}

function rowOf(sessionId: string, state: ShowState): typeof reportShows.$inferInsert | undefined {
  const session = state.slices["session"] as SessionState;
  const { startedAt } = session;
  if (startedAt === null) return undefined;
  const totals = totalsOf(state);
  const { set, reached, unknown } = totals.targets;
  return {
    sessionId,
    roomId: session.roomId,
    title: session.title,
    phase: session.phase,
    rehearsal: session.rehearsal,
    startedAt,
    endedAt: session.endedAt,
    ...valuesOf(totals),
    bestMinuteAt: totals.bestMinuteAt,
    targetsSet: set,
    targetsReached: reached,
    targetsUnknown: unknown,
    missing: Object.fromEntries(
      SHOW_FIGURE_NAMES.flatMap((name) => {
        const figure = totals.figures[name];
        return figure.value === null ? [[name, figure.reason]] : [];
      }),
    ),
  };
}

const valuesOf = ({ figures }: ShowTotals) =>
  Object.fromEntries(SHOW_FIGURE_NAMES.map((name) => [name, figures[name].value])) as {
    readonly [F in ShowFigure]: number | null;
  };

function totalsOf(state: ShowState): ShowTotals {
  const own = state.slices["figures"] as FiguresState;
  const audience = state.slices["audience"] as AudienceState;
  return showTotals({
    session: state.slices["session"] as SessionState,
    figures: figuresShown({ own, audience }),
    minutes: [...own.show.minutes.values()].flatMap((minute) => shownMinute(minute) ?? []),
    viewers: gaugeOf(audience, "viewers")?.value ?? null,
    reserved: reservedNow(state.slices["reservation"] as ReservationState)?.count ?? null,
    until: state.at,
  });
}
