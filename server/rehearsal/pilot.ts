import type { ControlView } from "./control-view.ts";

/**
 * Plays the operator of the sample rehearsal: puts the products into the bag, goes live, takes one cue after the other when its time is up,
 * releases stock when it runs short, draws when a draw has closed, and ends the show. Everything else is done by the acts in the cues.
 */

export type PilotCommand = { readonly type: string; readonly input: unknown };
export type Pilot = {
  step(view: ControlView, showAt: number): PilotCommand[];
  finish(view: ControlView): PilotCommand[];
};

const RELEASE_BELOW = 40;
const RELEASE_UNITS = 100;

export function createPilot(): Pilot {
  const asked = new Set<string>();
  /** Each once: an answer takes longer to show than a step. What must not be missed carries the minute, and is tried again in the next. */
  const once = (key: string, command: PilotCommand): PilotCommand[] => {
    if (asked.has(key)) return [];
    asked.add(key);
    return [command];
  };

  return {
    step(view, showAt) {
      const { session, signups } = view;
      if (session.phase === "planned" || session.phase === "warmup") {
        const bag = view.products
          .filter(({ inBag }) => !inBag)
          .flatMap(({ productId }) => once(`bag ${productId}`, { type: "bag.add", input: { productId } }));
        const noted = signups > 0 ? once(`reserved ${Math.floor(showAt / 60_000)}`, reservationsNoted(signups)) : [];
        if (showAt < session.plannedStartAt) return [...bag, ...noted];
        return [
          ...bag,
          ...once(`start ${Math.floor(showAt / 60_000)}`, {
            type: "session.start",
            input: { reason: "示例彩排,由系统代为操作" },
          }),
        ];
      }
      if (session.phase !== "live") return [];
      return [...nextCue(view, showAt, once), ...shortStock(view, showAt, once), ...draws(view, showAt, once)];
    },
    finish(view) {
      return view.session.phase === "live" || view.session.phase === "interrupted"
        ? [{ type: "session.end", input: { note: "示例彩排结束" } }]
        : [];
    },
  };
}

/** As a hand types it off the platform's page once a minute: some reserve without signing up here. */
const reservationsNoted = (signups: number): PilotCommand => ({
  type: "reservation.note",
  input: { count: Math.round(signups * 1.8), ago: 0 },
});

type Once = (key: string, command: PilotCommand) => PilotCommand[];

function nextCue({ rundown }: ControlView, showAt: number, once: Once): PilotCommand[] {
  const { next } = rundown;
  const left = rundown.remainingMs(showAt) ?? 0;
  if (left > 0 || next === null) return [];
  return once(`cue ${next}`, { type: "rundown.take", input: { cueId: next } });
}

function shortStock({ products }: ControlView, showAt: number, once: Once): PilotCommand[] {
  const explained = products.find((product) => product.explained);
  if (!explained || explained.pool <= 0 || explained.sellable > RELEASE_BELOW) return [];
  const units = Math.min(RELEASE_UNITS, explained.pool);
  return once(`release ${explained.productId} ${Math.floor(showAt / 45_000)}`, {
    type: "bag.release",
    input: { productId: explained.productId, units },
  });
}

function draws({ lotteries }: ControlView, showAt: number, once: Once): PilotCommand[] {
  return lotteries
    .filter(({ own, state, closesAt }) => own && state === "closed" && closesAt !== null && closesAt < showAt)
    .flatMap(({ lotteryId }) => once(`draw ${lotteryId}`, { type: "lottery.draw", input: { lotteryId } }));
}
