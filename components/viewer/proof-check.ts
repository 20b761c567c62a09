import { checkDraw, type ProofCheck } from "#domain/draw-check.ts";
import type { DrawProof } from "#domain/draw-proof.ts";
import type { SeenDraw } from "./visitor-memory.ts";
import { isRecord, type Receipt } from "./viewer-data.ts";

/**
 * Checks a downloaded proof by the code that `npm run verify-draw` runs, and against what this phone itself was shown: the commitment that it
 * noted first, and the receipt of its entry. Loaded when somebody asks for it.
 */
export type Known = { readonly seen: SeenDraw | null; readonly receipt: Receipt | null };

export type PageCheck =
  | { readonly ok: true; readonly entries: number }
  | { readonly ok: false; readonly codes: readonly string[] };

export function checkProof(file: unknown, { seen, receipt }: Known): PageCheck {
  if (!isRecord(file) || file["format"] !== "kaibo-draw/1") return { ok: false, codes: ["proof.malformed"] };
  let check: ProofCheck;
  try {
    check = checkDraw(file as DrawProof, receipt ? [receipt] : []);
  } catch {
    // A field is missing or no hash at all: then it proves nothing.
    return { ok: false, codes: ["proof.malformed"] };
  }
  const codes = check.ok ? [] : check.problems.map(({ code }) => code as string);
  if (seen && seen.commitment !== file["commitment"]) codes.push("proof.seenDiffers");
  return codes.length === 0 && check.ok
    ? { ok: true, entries: check.entries }
    : { ok: false, codes: [...new Set(codes)] };
}
