import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProofProblem } from "./draw-check.ts";
import type { DrawProof } from "./draw-proof.ts";
import { verifyDraw } from "./verify-draw.ts";
import { commitmentOf, drawMany, firstHead, nextHead, pseudonymOf, termsHashOf } from "./fair-draw.ts";

const SEED = Number(process.env["PROPERTY_SEED"] ?? 20_261_111);
const PRIZES = [
  { prizeId: "a", count: 1 },
  { prizeId: "b", count: 3 },
];

function proofOf(names: readonly string[], seedByte = 7): { proof: DrawProof; heads: string[] } {
  const seed = new Uint8Array(32).fill(seedByte);
  const terms = { title: "示例", prizes: PRIZES, closesAt: 1 };
  const commitment = commitmentOf(seed);
  const termsHash = termsHashOf(terms);
  const heads: string[] = [];
  let head = firstHead(commitment, termsHash);
  for (const [index, name] of names.entries()) heads.push((head = nextHead(head, index + 1, name)));
  const places = ["a", "b", "b", "b"];
  const { winners } = drawMany({ seed, head, entries: names.length }, places.length);
  const proof: DrawProof = {
    format: "kaibo-draw/1",
    terms,
    commitment,
    termsHash,
    seed: "07".repeat(32).replaceAll("07", seedByte.toString(16).padStart(2, "0")),
    entries: [...names],
    head,
    winners: places.map((prizeId, index) => {
      const n = winners[index] ?? null;
      return { place: index + 1, n, pseudonym: n === null ? null : (names[n - 1] ?? null), prizeId };
    }),
    redraws: [],
  };
  return { proof, heads };
}

const names = (count: number) => Array.from({ length: count }, (_none, index) => `name${index}`);

function problems(proof: unknown, receipts: { n: number; head: string }[] = []): ProofProblem[] {
  const check = verifyDraw(proof, receipts);
  return check.ok ? [] : check.problems.map(({ code }) => code);
}

describe("proof of a draw", () => {
  it("[LOT8] holds for any draw, also after JSON has turned its keys about", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{20}$/), { maxLength: 60 }),
        fc.integer({ min: 0, max: 255 }),
        (entries, seed) => {
          const { proof, heads } = proofOf(entries, seed);
          const receipts = heads.map((head, index) => ({ n: index + 1, head }));
          const turned = Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(proof))).toReversed());
          expect(problems(turned, receipts)).toEqual([]);
        },
      ),
      { seed: SEED },
    );
  });

  it.each<[ProofProblem, (proof: DrawProof) => DrawProof]>([
    ["proof.seedDoesNotFit", (proof) => ({ ...proof, seed: "08".repeat(32) })],
    ["proof.termsChanged", (proof) => ({ ...proof, terms: { ...proof.terms, title: "改了" } })],
    ["proof.entryTwice", (proof) => ({ ...proof, entries: [...proof.entries, "name3"] })],
    ["proof.headDiffers", (proof) => ({ ...proof, entries: proof.entries.toSpliced(3, 1) })],
    ["proof.headDiffers", (proof) => ({ ...proof, entries: proof.entries.with(3, "somebody") })],
    ["proof.headDiffers", (proof) => ({ ...proof, head: "0".repeat(64) })],
    ["proof.winnersDiffer", (proof) => ({ ...proof, winners: proof.winners.toReversed() })],
    ["proof.winnersDiffer", (proof) => ({ ...proof, winners: proof.winners.slice(1) })],
    [
      "proof.redrawDiffers",
      (proof) => ({
        ...proof,
        redraws: [{ place: 1, instead: proof.winners[0]?.n ?? 1, n: proof.winners[1]?.n ?? 1, reason: "试" }],
      }),
    ],
    ["proof.malformed", (proof) => ({ ...proof, seed: "xyz" })],
  ])("[LOT8] shows tampering: %s", (problem, tamper) => {
    const { proof } = proofOf(names(20));
    expect(problems(proof)).toEqual([]);
    expect(problems(tamper(proof))).toContain(problem);
  });

  it("[LOT8] a list rewritten as a whole still fails a participant's receipt", () => {
    const honest = proofOf(names(20));
    const forged = proofOf(["friend", ...names(19)]);
    expect(problems(forged.proof)).toEqual([]);
    expect(problems(forged.proof, [{ n: 5, head: honest.heads[4] ?? "" }])).toEqual(["proof.receiptDiffers"]);
    expect(problems(forged.proof, [{ n: 25, head: "0".repeat(64) }])).toEqual(["proof.receiptDiffers"]);
  });
});

describe("the draw itself", () => {
  it("[LOT7] draws everybody about equally often", () => {
    const counts = new Map<number, number>();
    for (let round = 0; round < 3000; round += 1) {
      const seed = new Uint8Array(32).fill(1);
      new DataView(seed.buffer).setUint32(0, round);
      for (const n of drawMany({ seed, head: "h", entries: 6 }, 2).winners) counts.set(n, (counts.get(n) ?? 0) + 1);
    }
    for (const n of [1, 2, 3, 4, 5, 6]) expect(Math.abs((counts.get(n) ?? 0) - 1000)).toBeLessThan(120);
  });

  it("[LOT3] a person has one pseudonym in a draw and another in the next", () => {
    const key = new Uint8Array(32).fill(1);
    expect(pseudonymOf(key, "v_a")).toBe(pseudonymOf(key, "v_a"));
    expect(pseudonymOf(key, "v_a")).not.toBe(pseudonymOf(key, "v_b"));
    expect(pseudonymOf(key, "v_a")).not.toBe(pseudonymOf(new Uint8Array(32), "v_a"));
  });
});
