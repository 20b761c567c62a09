import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { reportWinners } from "#db/schema/reports.ts";
import { bookOf, type Lottery } from "#domain/lottery/state.ts";
import { sliceOf } from "#domain/slice-of.ts";
import { inChunks, type Projection } from "./projection.ts";

const changing = new Set(["lottery.drawn.v1", "lottery.redrawn.v1", "lottery.winnersRecorded.v1"]);
const Target = z.object({ lotteryId: z.string() });
type Row = typeof reportWinners.$inferInsert;

/** Winners of draws and of 福袋, those that stand first, then those that a redraw replaced. A lottery's rows are written together. */
export const winnersProjection: Projection = {
  name: "winners",
  async write(tx, { sessionId, state, events }) {
    const own = sliceOf(state, "lottery");
    const touched = new Set(
      events.flatMap(({ type, data }) => (changing.has(type) ? [Target.parse(data).lotteryId] : [])),
    );
    for (const lotteryId of touched) {
      const lottery = own.lotteries.get(lotteryId);
      await tx
        .delete(reportWinners)
        .where(and(eq(reportWinners.sessionId, sessionId), eq(reportWinners.lotteryId, lotteryId)));
      const rows = lottery ? rowsOf(sessionId, lottery, bookOf(own, lotteryId).persons) : [];
      await inChunks(rows, (chunk) => tx.insert(reportWinners).values(chunk));
    }
  },
  clear: (tx, sessionId) =>
    tx
      .delete(reportWinners)
      .where(eq(reportWinners.sessionId, sessionId))
      .then(() => undefined),
};

function rowsOf(sessionId: string, lottery: Lottery, persons: readonly string[]): Row[] {
  const { lotteryId, title: lotteryTitle, prizes, winners, redraws } = lottery;
  const prizeOf = (prizeId: string) => prizes.find((prize) => prize.prizeId === prizeId)?.name ?? prizeId;
  const drawnAt = lottery.drawnAt ?? lottery.closesAt ?? 0;
  const common = { sessionId, lotteryId, lotteryTitle, drawnAt };
  const standing = winners.map((winner, index): Row => ({
    ...common,
    position: index + 1,
    place: winner.place,
    prizeName: prizeOf(winner.prizeId),
    personId: winner.personId,
    label: winner.pseudonym ?? "",
    state: winner.personId === null ? "nobody" : "won",
  }));
  const replaced = redraws.map((redraw, index): Row => ({
    ...common,
    position: winners.length + index + 1,
    place: redraw.place,
    // A place keeps its prize, whoever has it.
    prizeName: prizeOf(winners.find(({ place }) => place === redraw.place)?.prizeId ?? ""),
    personId: persons[redraw.instead - 1] ?? null,
    label: redraw.insteadPseudonym,
    state: "replaced",
    reason: redraw.reason,
  }));
  return [...standing, ...replaced];
}
