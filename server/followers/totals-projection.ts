import { eq } from "drizzle-orm";
import { reportShows } from "#db/schema/show-totals.ts";
import { shownMinute } from "#domain/metrics/series.ts";
import { SHOW_FIGURE_NAMES, showTotals, type ShowFigure, type ShowTotals } from "#domain/metrics/show-totals.ts";
import type { ShowState } from "#domain/engine.ts";
import { gaugeOf } from "#domain/ops/audience.ts";
import { figuresShown } from "#domain/ops/figures.ts";
import { reservedNow } from "#domain/reservation/state.ts";
import { sliceOf } from "#domain/slice-of.ts";
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
  const session = sliceOf(state, "session");
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
  const own = sliceOf(state, "figures");
  const audience = sliceOf(state, "audience");
  return showTotals({
    session: sliceOf(state, "session"),
    figures: figuresShown({ own, audience }),
    minutes: [...own.show.minutes.values()].flatMap((minute) => shownMinute(minute) ?? []),
    viewers: gaugeOf(audience, "viewers")?.value ?? null,
    reserved: reservedNow(sliceOf(state, "reservation"))?.count ?? null,
    until: state.at,
  });
}
