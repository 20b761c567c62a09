import { z } from "zod";
import { text } from "../units.ts";
import type { Finding } from "./finding.ts";
import { lintPlan, type PlanRead } from "./lint.ts";

/** Findings of the plan as it stands, and what somebody let pass. */

/** Who let it pass, why, and what it was: the plan's words may be gone by the time somebody asks. */
export const Acceptance = z.object({
  by: z.string(),
  at: z.int(),
  reason: text(200, 1),
  rule: z.string(),
  words: z.string(),
  place: z.string(),
});
export type Acceptance = z.infer<typeof Acceptance>;
export type ComplianceRow = Finding & { readonly accepted: Acceptance | null };

export type ComplianceState = { readonly accepted: ReadonlyMap<string, Acceptance> };

/** What a screen is sent; more says nothing that the first don't. */
const FINDINGS_SHOWN = 300;

/** Blocks before warnings. */
export function findingsOf(plan: PlanRead): Finding[] {
  const found = lintPlan(plan);
  const blocks = found.filter(({ severity }) => severity === "block");
  return [...blocks, ...found.filter(({ severity }) => severity === "warn")].slice(0, FINDINGS_SHOWN);
}

const rows = new WeakMap<Finding, ComplianceRow>();

/** The same row as long as finding and acceptance stand. */
export function rowOf({ accepted }: ComplianceState, found: Finding): ComplianceRow {
  const by = accepted.get(found.findingId) ?? null;
  const known = rows.get(found);
  if (known && known.accepted === by) return known;
  const row = { ...found, accepted: by };
  rows.set(found, row);
  return row;
}

export function blockedBy({ accepted }: ComplianceState, findings: readonly Finding[]) {
  const warnings = findings.filter(({ severity }) => severity === "warn");
  return {
    blocks: findings.length - warnings.length,
    warnings: warnings.filter(({ findingId }) => !accepted.has(findingId)).length,
    accepted: warnings.filter(({ findingId }) => accepted.has(findingId)).length,
  };
}
export type ComplianceShown = ReturnType<typeof blockedBy>;
