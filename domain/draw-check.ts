import { hexToBytes } from "@noble/hashes/utils.js";
import type { DrawProof } from "./draw-proof.ts";
import { commitmentOf, drawMany, drawOne, firstHead, nextHead, termsHashOf } from "./fair-draw.ts";
import type { Json } from "./op.ts";

/** The check of a draw's proof, without a schema library: `verify-draw` and the viewer's page run this same code. */

export type ProofProblem =
  | "proof.malformed"
  | "proof.seedDoesNotFit"
  | "proof.termsChanged"
  | "proof.entryTwice"
  | "proof.headDiffers"
  | "proof.receiptDiffers"
  | "proof.winnersDiffer"
  | "proof.redrawDiffers";

export type ProofCheck =
  | {
      readonly ok: true;
      readonly entries: number;
      readonly winners: DrawProof["winners"];
      readonly commitment: string;
      readonly head: string;
    }
  | { readonly ok: false; readonly problems: readonly { readonly code: ProofProblem; readonly detail: string }[] };

/** What a participant kept of the own entry: its number and the head after it. */
export type EntryReceipt = { readonly n: number; readonly head: string };

/** Recomputes all that a well-formed file claims (LOT8). */
export function checkDraw(proof: DrawProof, receipts: readonly EntryReceipt[]): ProofCheck {
  const problems = [...promiseProblems(proof), ...entryProblems(proof, receipts), ...winnerProblems(proof)];
  if (problems.length > 0) return { ok: false, problems };
  const { winners, commitment, head } = proof;
  return { ok: true, entries: proof.entries.length, winners, commitment, head };
}

type Problem = { readonly code: ProofProblem; readonly detail: string };

function promiseProblems({ seed, commitment, terms, termsHash }: DrawProof): Problem[] {
  const problems: Problem[] = [];
  const committed = commitmentOf(hexToBytes(seed));
  if (committed !== commitment) problems.push({ code: "proof.seedDoesNotFit", detail: committed });
  const promised = termsHashOf(terms as Json);
  if (promised !== termsHash) problems.push({ code: "proof.termsChanged", detail: promised });
  return problems;
}

function entryProblems(proof: DrawProof, receipts: readonly EntryReceipt[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const kept = new Map(receipts.map((receipt) => [receipt.n, receipt.head]));
  let head = firstHead(proof.commitment, proof.termsHash);
  for (const [index, pseudonym] of proof.entries.entries()) {
    const n = index + 1;
    if (seen.has(pseudonym)) problems.push({ code: "proof.entryTwice", detail: `${n}: ${pseudonym}` });
    seen.add(pseudonym);
    head = nextHead(head, n, pseudonym);
    const receipt = kept.get(n);
    if (receipt !== undefined && receipt !== head)
      problems.push({ code: "proof.receiptDiffers", detail: `${n}: ${head}` });
    kept.delete(n);
  }
  if (head !== proof.head) problems.push({ code: "proof.headDiffers", detail: head });
  for (const n of kept.keys()) problems.push({ code: "proof.receiptDiffers", detail: `${n}: not in the file` });
  return problems;
}

function winnerProblems(proof: DrawProof): Problem[] {
  const urn = { seed: hexToBytes(proof.seed), head: proof.head, entries: proof.entries.length };
  const places = placesOf(proof.terms.prizes);
  const first = drawMany(urn, places.length);
  const standing = places.map((_prizeId, index) => first.winners[index] ?? null);
  const taken = new Set(first.winners);
  let { cursor } = first;
  const problems: Problem[] = [];
  for (const redraw of proof.redraws) {
    const drawn = drawOne(urn, taken, cursor);
    if (standing[redraw.place - 1] !== redraw.instead || (drawn?.n ?? null) !== redraw.n) {
      problems.push({ code: "proof.redrawDiffers", detail: `place ${redraw.place}: ${drawn?.n ?? "nobody left"}` });
    }
    if (drawn) {
      taken.add(drawn.n);
      cursor = drawn.cursor;
    }
    standing[redraw.place - 1] = drawn?.n ?? null;
  }
  const expected = standing.map((n, index) => ({
    place: index + 1,
    n,
    pseudonym: n === null ? null : (proof.entries[n - 1] ?? null),
    prizeId: places[index] ?? "",
  }));
  if (
    JSON.stringify(expected) !==
    JSON.stringify(proof.winners.map(({ place, n, pseudonym, prizeId }) => ({ place, n, pseudonym, prizeId })))
  ) {
    problems.push({ code: "proof.winnersDiffer", detail: expected.map(({ place, n }) => `${place}→${n}`).join(" ") });
  }
  return problems;
}

/** Which prize each place wins: prizes in the order of the terms, each as often as there are of it. */
export function placesOf(prizes: readonly { readonly prizeId: string; readonly count: number }[]): string[] {
  return prizes.flatMap(({ prizeId, count }) => Array.from({ length: count }, () => prizeId));
}
