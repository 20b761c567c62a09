import { checkDraw, type EntryReceipt, type ProofCheck } from "./draw-check.ts";
import { DrawProof } from "./draw-proof.ts";

/** Rules LOT8: recomputes all that the file claims. `receipts`: heads that participants were shown at their entry. */
export function verifyDraw(file: unknown, receipts: readonly EntryReceipt[] = []): ProofCheck {
  const parsed = DrawProof.safeParse(file);
  if (parsed.success) return checkDraw(parsed.data, receipts);
  const [issue] = parsed.error.issues;
  const detail = `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`;
  return { ok: false, problems: [{ code: "proof.malformed", detail }] };
}
