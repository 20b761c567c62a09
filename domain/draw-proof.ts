import { z } from "zod";

/** The proof of a draw as a file (docs/fair-draw.md). Its check is in draw-check.ts, which a viewer's page loads too. */

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
  /** Only in files from before reasons were kept to the staff; proves nothing. */
  reason: z.string().optional(),
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
