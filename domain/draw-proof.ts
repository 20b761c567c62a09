import { hexToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { commitmentOf, drawMany, drawOne, firstHead, nextHead, termsHashOf } from "./fair-draw.ts";
import type { Json } from "./op.ts";

/** The proof of a draw as a file (docs/fair-draw.md), and its check. Needs nothing but the file. */

export const PROOF_FORMAT = "kaibo-draw/1";
const Hex32 = z.string().regex(/^[0-9a-f]{64}$/);

const ProofWinner = z.object({
  /** 1 is the first prize drawn. */
  place: z.int().min(1),
  /** The entry that won; `null` when nobody was left. */
  n: z.int().min(1).nullable(),
  pseudonym: z.string().nullable(),
  prizeId: z.string(),
});
const ProofRedraw = z.object({
  place: z.int().min(1),
  instead: z.int().min(1),
  n: z.int().min(1).nullable(),
  reason: z.string(),
});

export const DrawProof = z.object({
  format: z.literal(PROOF_FORMAT),
  terms: z.looseObject({
    prizes: z.array(z.looseObject({ prizeId: z.string(), count: z.int().min(1) })).min(1),
    closesAt: z.int(),
  }),
  commitment: Hex32,
  termsHash: Hex32,
  seed: Hex32,
  /** Pseudonyms in order of entry. */
  entries: z.array(z.string().min(1).max(64)).max(5_000_000),
  head: Hex32,
  /** As they stand, after redraws. */
  winners: z.array(ProofWinner),
  /** In order. */
  redraws: z.array(ProofRedraw),
});
export type DrawProof = z.infer<typeof DrawProof>;

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

/** Rules LOT8: recomputes all that the file claims. `receipts`: heads that participants were shown at their entry. */
export function verifyDraw(file: unknown, receipts: readonly EntryReceipt[] = []): ProofCheck {
  const parsed = DrawProof.safeParse(file);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      ok: false,
      problems: [{ code: "proof.malformed", detail: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}` }],
    };
  }
  const proof = parsed.data;
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
