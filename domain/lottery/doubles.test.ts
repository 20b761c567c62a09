import fc from "fast-check";
import { expect, it } from "vitest";
import { checkDraw } from "../draw-check.ts";
import { PROOF_FORMAT } from "../draw-proof.ts";
import { commitmentOf, firstHead, nextHead, termsHashOf } from "../fair-draw.ts";
import type { Ctx } from "../op.ts";
import { instant } from "../units.ts";
import { decideDraw, decideRedraw, type Entrants } from "./drawing.ts";
import { newLottery, type Lottery, type Winner } from "./state.ts";

/** Draws of entries that some persons made under several ids. `who[n - 1]`: the person of entry n. */

const seedOf = (round: number) => Uint8Array.from({ length: 32 }, (_byte, at) => (round >> (8 * (at % 4))) & 255);
const ctx = { now: instant(1), open: (sealed: string) => seedOf(Number(sealed)) } as unknown as Ctx;

function draw(who: readonly number[], prizes: number, round: number) {
  const terms = { prizes: [{ prizeId: "p", name: "围巾", count: prizes, valueFen: 0 }], closesAt: 1 };
  const commitment = commitmentOf(seedOf(round));
  const termsHash = termsHashOf(terms);
  const pseudonyms = who.map((_person, at) => `e${at + 1}`);
  const head = pseudonyms.reduce((now, name, at) => nextHead(now, at + 1, name), firstHead(commitment, termsHash));
  const plan = { carrier: "ownDraw", title: "", durationMs: 1, conditions: [], conditionText: "", rules: "" } as const;
  const book: Entrants = {
    pseudonyms,
    personOf: (n) => String(who[n - 1]),
    isFirst: (n) => who.indexOf(who[n - 1] ?? 0) === n - 1,
    people: new Set(who).size,
  };
  let lottery: Lottery = {
    ...newLottery({ ...plan, prizes: terms.prizes, lotteryId: "l" } as never),
    state: "closed",
    entries: who.length,
    pledge: { commitment, termsHash, head },
    sealed: { seed: String(round), nameKey: "" },
  };
  const fold = (events: ReturnType<typeof decideDraw> | ReturnType<typeof decideRedraw>) => {
    if ("status" in events) throw new Error(events.code);
    for (const { type, data } of events) {
      if (type === "lottery.drawn.v1") lottery = { ...lottery, winners: data.winners, cursor: data.cursor };
      else {
        const winners = lottery.winners.map((row) => (row.place === data.redraw.place ? data.winner : row));
        lottery = { ...lottery, winners, cursor: data.cursor, redraws: [...lottery.redraws, data.redraw] };
      }
    }
  };
  fold(decideDraw(lottery, book, ctx));
  const proved = () => {
    const { winners, redraws } = lottery;
    const seed = Buffer.from(seedOf(round)).toString("hex");
    const pledge = { terms, commitment, termsHash, seed, head };
    return checkDraw(
      { format: PROOF_FORMAT, ...pledge, entries: pseudonyms, winners, redraws: [...redraws] } as never,
      [],
    );
  };
  return {
    winners: (): readonly Winner[] => lottery.winners,
    redraw(place: number) {
      const { n } = lottery.winners[place - 1] ?? {};
      if (n) fold(decideRedraw(lottery, book, { place, instead: n, reason: "联系不上" }, ctx));
    },
    proved,
  };
}

const placesOf = (winners: readonly Winner[]) => winners.flatMap(({ personId }) => personId ?? []);

it("[LOT15] nobody wins two places, every place is won while there is somebody, and the proof shows each step", () => {
  const Who = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 14 });
  fc.assert(
    fc.property(
      Who,
      fc.integer({ min: 1, max: 8 }),
      fc.nat({ max: 1e6 }),
      fc.array(fc.nat({ max: 7 })),
      (who, prizes, round, again) => {
        const drawn = draw(who, prizes, round);
        const people = new Set(who).size;
        const won = placesOf(drawn.winners());
        expect(new Set(won).size).toBe(won.length);
        expect(won).toHaveLength(Math.min(prizes, people));
        expect(drawn.proved()).toMatchObject({ ok: true });
        const had = new Set(won);
        for (const at of again.slice(0, 4)) {
          const place = (at % prizes) + 1;
          if (drawn.winners()[place - 1]?.n === null) continue;
          drawn.redraw(place);
          const now = drawn.winners()[place - 1]?.personId ?? null;
          if (now === null) expect(had.size).toBe(people);
          else expect(had.has(now)).toBe(false);
          if (now !== null) had.add(now);
          expect(drawn.proved()).toMatchObject({ ok: true });
        }
      },
    ),
  );
});

it("[LOT15] who entered under several ids is no likelier to win than who entered once", () => {
  const wins = [0, 0, 0, 0];
  const rounds = 2_000;
  for (let round = 0; round < rounds; round += 1) {
    const [person] = placesOf(draw([0, 1, 2, 1, 3, 1, 1], 1, round).winners()).map(Number);
    if (person !== undefined) wins[person] = (wins[person] ?? 0) + 1;
  }
  // A quarter each; within five times the deviation of so many throws.
  const wide = 5 * Math.sqrt(rounds * 0.25 * 0.75);
  for (const count of wins) expect(Math.abs(count - rounds / 4)).toBeLessThan(wide);
});
