/** Paid money a minute with the acts on it: pure shaping, apart from the drawing. */

export type PaidMinute = { readonly at: number; readonly paidFen: number; readonly privateFen: number; readonly publicFen: number };
/** Money in fen a minute. */
export type PaidPoint = { readonly at: number; readonly private: number; readonly public: number; readonly unknown: number };
export type Mark = { readonly at: number; readonly text: string; readonly tone: "explain" | "offer" };
export type PlacedMark = Mark & { /** Too near to another to carry its words. */ readonly bare: boolean };

const MINUTE_MS = 60_000;
const POINTS_MAX = 180;
/** Of the chart's width, what a mark's words take. */
const LABEL_SHARE = 0.12;

/** One point for each whole minute from the start to now, and for each few minutes of a long show; minutes without sales are 0. */
export function paidPoints(minutes: ReadonlyMap<string, PaidMinute>, from: number, to: number): PaidPoint[] {
  const first = Math.floor(from / MINUTE_MS) * MINUTE_MS;
  const whole = Math.floor((to - first) / MINUTE_MS);
  const step = Math.max(1, Math.ceil(whole / POINTS_MAX));
  const points: PaidPoint[] = [];
  for (let minute = 0; minute + step <= whole; minute += step) {
    let paid = 0;
    let privately = 0;
    let publicly = 0;
    for (let part = 0; part < step; part++) {
      const row = minutes.get(String(first + (minute + part) * MINUTE_MS));
      if (!row) continue;
      paid += row.paidFen;
      privately += row.privateFen;
      publicly += row.publicFen;
    }
    points.push({
      at: first + minute * MINUTE_MS,
      private: Math.round(privately / step),
      public: Math.round(publicly / step),
      unknown: Math.round((paid - privately - publicly) / step),
    });
  }
  return points;
}

/** Later acts keep their words, earlier ones too near to them stand bare. */
export function placeMarks(marks: readonly Mark[], from: number, to: number): PlacedMark[] {
  const inside = marks.filter(({ at }) => at >= from && at <= to);
  let free = Infinity;
  return inside
    .toReversed()
    .map((mark) => {
      const x = (mark.at - from) / Math.max(1, to - from);
      const bare = x > free - LABEL_SHARE;
      if (!bare) free = x;
      return { ...mark, bare };
    })
    .toReversed();
}
