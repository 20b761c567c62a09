"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { Role } from "#domain/op.ts";
import type { ComplianceRow } from "#domain/compliance/state.ts";
import { useDesk } from "../../live/desk.tsx";
import { Section } from "../../plan/section.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { AcceptDialog } from "./accept-dialog.tsx";
import { FindingLine } from "./finding-line.tsx";

const ACCEPTORS: readonly Role[] = ["owner", "manager"];

/** What law and platform would say of the plan, the worst first, each with its place. */
export function ComplianceTab() {
  const words = useTranslations("warmupPlan.compliance");
  const findings = useSession((show) => show.complianceFindings);
  const { blocks, warnings, accepted } = useSession((show) => show.compliance);
  const mayAccept = useDesk().may(ACCEPTORS);
  const [accepting, setAccepting] = useState<ComplianceRow | null>(null);
  const groups = useMemo(() => grouped([...findings.values()]), [findings]);
  const lines = (rows: readonly ComplianceRow[]) => (
    <ul className="flex flex-col gap-2">
      {rows.map((row) => (
        <FindingLine key={row.findingId} finding={row} mayAccept={mayAccept} onAccept={() => setAccepting(row)} />
      ))}
    </ul>
  );
  return (
    <div className="mx-auto flex max-w-[1120px] flex-col gap-6 px-6 pt-4 pb-24 max-sm:px-3">
      <p className="text-xs text-faint">{words("reads")}</p>
      {findings.size === 0 ? <EmptyState icon="check" title={words("allClear")} text={words("allClearText")} /> : null}
      {groups.blocks.length === 0 ? null : (
        <Section title={words("blocks", { count: blocks })} hint={words("blockHint")}>
          {lines(groups.blocks)}
        </Section>
      )}
      {groups.warnings.length === 0 ? null : (
        <Section title={words("warnings", { count: warnings })} hint={words(mayAccept ? "warnHint" : "onlyManager")}>
          {lines(groups.warnings)}
        </Section>
      )}
      {groups.accepted.length === 0 ? null : (
        <Section title={words("acceptedHeading")} hint={words("acceptedCount", { count: accepted })}>
          {lines(groups.accepted)}
        </Section>
      )}
      {accepting ? (
        <AcceptDialog key={accepting.findingId} finding={accepting} onClose={() => setAccepting(null)} />
      ) : null}
    </div>
  );
}

function grouped(rows: readonly ComplianceRow[]) {
  const warnings = rows.filter(({ severity }) => severity === "warn");
  return {
    blocks: rows.filter(({ severity }) => severity === "block"),
    warnings: warnings.filter(({ accepted }) => accepted === null),
    accepted: warnings.filter(({ accepted }) => accepted !== null),
  };
}
