/** Reading entries of the tape, whose data are as wide as all events. Pure. */

/** Types of events that have a way back; a test holds it against the rules, which stay out of the bundle. */
export const UNDOABLE: ReadonlySet<string> = new Set([
  "session.edited.v1",
  "session.targetsSet.v1",
  "session.shiftsSet.v1",
  "session.timesCorrected.v1",
  "coupon.edited.v1",
  "coupon.pushed.v1",
  "coupon.stateSet.v1",
  "coupon.totalSet.v1",
  "coupon.redeemed.v1",
  "bag.planChanged.v1",
  "bag.reordered.v1",
  "bag.added.v1",
  "bag.removed.v1",
  "bag.explained.v1",
  "bag.explainEnded.v1",
  "bag.saleOpened.v1",
  "bag.saleStateSet.v1",
  "bag.pricesSet.v1",
  "bag.released.v1",
  "bag.stockSet.v1",
  "bag.wrongPriceMarked.v1",
  "tally.added.v1",
  "tally.padsSet.v1",
  "comment.keywordsSet.v1",
  "comment.hidden.v1",
  "comment.shown.v1",
  "lottery.edited.v1",
  "lottery.opened.v1",
  "lottery.winnersRecorded.v1",
  "rundown.cuesSet.v1",
  "rundown.cueAdded.v1",
  "rundown.cueRemoved.v1",
  "rundown.cueEdited.v1",
  "rundown.cueMoved.v1",
  "rundown.lengthsSet.v1",
  "rundown.taken.v1",
  "rundown.skipped.v1",
  "rundown.finished.v1",
  "message.presetsSet.v1",
  "screen.boardSet.v1",
  "screen.moneySet.v1",
  "marker.added.v1",
  "marker.edited.v1",
  "marker.removed.v1",
  "check.linesSet.v1",
  "check.doneSet.v1",
  "check.waiverSet.v1",
  "check.lookSet.v1",
  "recording.laid.v1",
  "recording.aligned.v1",
  "recording.removed.v1",
  "improvement.added.v1",
  "improvement.edited.v1",
  "improvement.outcomeSet.v1",
  "improvement.removed.v1",
  "lesson.added.v1",
  "lesson.retiredSet.v1",
  "lesson.forRealSet.v1",
  "improvement.forRealSet.v1",
  "push.planned.v1",
  "push.edited.v1",
  "push.holdSet.v1",
  "push.ticked.v1",
  "rundown.cuesAdded.v1",
  "rundown.cuesTakenOut.v1",
  "compliance.acceptanceSet.v1",
  "invite.decided.v1",
  "landing.blockSet.v1",
  "landing.blocksSet.v1",
  "landing.settingsSet.v1",
  "leaderboard.frozenSet.v1",
  "leaderboard.metricSet.v1",
  "leaderboard.publishedSet.v1",
  "method.added.v1",
  "method.edited.v1",
  "method.removed.v1",
  "reservation.corrected.v1",
  "reservation.noted.v1",
  "reward.delivered.v1",
  "reward.edited.v1",
  "reward.planned.v1",
  "signup.configured.v1",
  "signup.greetTakenBack.v1",
  "signup.greeted.v1",
  "source.archivedSet.v1",
  "source.edited.v1",
  "source.planned.v1",
  "wave.beatsSet.v1",
  "wave.cleared.v1",
  "wave.doneSet.v1",
  "wave.edited.v1",
  "wave.planned.v1",
  "wave.quietHoursSet.v1",
  "wave.removed.v1",
  "wave.retimed.v1",
  "wave.templateUsed.v1",
]);

/** Said elsewhere: how a cue's acts were answered stands at the cue, screens in the header. */
export const UNSHOWN: ReadonlySet<string> = new Set(["rundown.actsAnswered.v1", "check.screensSeen.v1"]);

export function fieldOf(data: unknown, key: string): unknown {
  if (typeof data !== "object" || data === null) return undefined;
  return Object.entries(data).find(([name]) => name === key)?.[1];
}

export function textAt(data: unknown, key: string): string | undefined {
  const value = fieldOf(data, key);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function numberAt(data: unknown, key: string): number | undefined {
  const value = fieldOf(data, key);
  return typeof value === "number" ? value : undefined;
}

/** Where the words of an entry stand: by its type, and for those that go both ways by where it went. */
export function tapePath(type: string, data: unknown): readonly string[] {
  const path = type.replace(/\.v\d+$/, "").split(".");
  const to = fieldOf(data, "to");
  switch (type) {
    case "bag.saleStateSet.v1":
      return [...path, textAt(to, "value") ?? "other"];
    case "coupon.stateSet.v1":
    case "bag.listingSet.v1":
    case "message.sent.v1":
    case "message.asked.v1":
    case "screen.boardSet.v1":
      return [...path, typeof to === "string" ? to : "other"];
    case "check.doneSet.v1":
    case "check.waiverSet.v1":
    case "push.holdSet.v1":
    case "wave.doneSet.v1":
    case "compliance.acceptanceSet.v1":
      return [...path, to === null ? "off" : "on"];
    case "screen.moneySet.v1":
    case "leaderboard.frozenSet.v1":
    case "leaderboard.publishedSet.v1":
    case "source.archivedSet.v1":
      return [...path, to === true ? "on" : "off"];
    default:
      return path;
  }
}

/** Units that a release moved, signed; of a counted pad its step. */
export function unitsIn(data: unknown): number | null {
  const stock = fieldOf(data, "stock");
  if (Array.isArray(stock)) return stock.reduce<number>((sum, change) => sum + (numberAt(change, "units") ?? 0), 0);
  return numberAt(data, "delta") ?? null;
}

/** Prices of SKUs that an act set (`to`) or found (`from`), fen; `null` where there was none. */
function pricesIn(data: unknown, side: "from" | "to"): ReadonlyMap<string, number | null> {
  const prices = fieldOf(data, "prices");
  if (!Array.isArray(prices)) return new Map();
  return new Map(
    prices.flatMap((price: unknown) => {
      const skuId = textAt(price, "skuId");
      return skuId === undefined ? [] : [[skuId, numberAt(fieldOf(price, side), "fen") ?? null] as const];
    }),
  );
}

/** The prices that an act set, fen. */
export function pricesSet(data: unknown): readonly number[] {
  return [...pricesIn(data, "to").values()].flatMap((fen) => (fen === null ? [] : [fen]));
}

/**
 * What the SKUs of a product cost after an act, fen: an act tells only the prices it changed, so the others are what the next change
 * found, or what stands now. `later`: the data of what came after the act, in order.
 */
export function pricesAfter(
  data: unknown,
  later: readonly unknown[],
  standing: readonly { readonly skuId: string; readonly liveFen: number | null }[],
): readonly number[] {
  const own = pricesIn(data, "to");
  const found = later.map((act) => pricesIn(act, "from"));
  return standing.flatMap(({ skuId, liveFen }) => {
    const next = found.find((prices) => prices.has(skuId));
    const fen = own.has(skuId) ? own.get(skuId) : next ? next.get(skuId) : liveFen;
    return fen == null ? [] : [fen];
  });
}

/** How long before it was told an act of the hand had happened, ms; 0 when at once. */
export function toldLateMs(at: number, data: unknown): number {
  const evidence = fieldOf(data, "evidence") ?? fieldOf(fieldOf(data, "to"), "evidence");
  const happenedAt = numberAt(evidence, "happenedAt") ?? numberAt(data, "happenedAt");
  return happenedAt === undefined ? 0 : Math.max(0, at - happenedAt);
}

/** A decision on invites, which is taken back as a whole however many entries it has; those from before had no name. */
export const decisionOf = ({ type, data }: { readonly type: string; readonly data: unknown }): string | null =>
  type === "invite.decided.v1" ? (textAt(data, "decision") ?? null) : null;

/** What was taken back, by its seq. */
export function undoneSeqs(
  items: readonly ({ readonly type: string; readonly data: unknown } | null)[],
): ReadonlySet<number> {
  const seqs = items.flatMap((item) => (item?.type === "tape.undone.v1" ? [numberAt(item.data, "seq") ?? 0] : []));
  return new Set(seqs);
}
