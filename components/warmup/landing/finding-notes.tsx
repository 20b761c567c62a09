"use client";
import type { ComplianceRow } from "#domain/compliance/state.ts";
import { cn } from "../../ui/cn.ts";
import { useFindingWords } from "../compliance/finding-words.ts";

/** What compliance says of the words right here. */
export function FindingNotes({ findings }: { findings: readonly ComplianceRow[] }) {
  const { says } = useFindingWords();
  const open = findings.filter(({ accepted }) => accepted === null);
  if (open.length === 0) return null;
  const blocks = open.some(({ severity }) => severity === "block");
  return (
    <div
      role="status"
      className={cn(
        "rounded-md border px-3 py-2 text-xs",
        blocks ? "border-air-edge bg-air-soft text-air-ink" : "border-wait-edge bg-wait-soft text-wait-ink",
      )}
    >
      <ul className="flex flex-col gap-1">
        {open.map((finding) => (
          <li key={finding.findingId} className="[overflow-wrap:anywhere]">
            {finding.words === "" ? null : <b className="pr-1.5">「{finding.words}」</b>}
            {says(finding)}
          </li>
        ))}
      </ul>
    </div>
  );
}
