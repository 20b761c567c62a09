"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ComplianceRow } from "#domain/compliance/state.ts";
import { dayTime } from "../../format/time.ts";
import { useBusy } from "../../live/desk.tsx";
import { useNames, useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { ToneShape } from "../../ui/tag.tsx";
import { undoableKey, useUndoable } from "../use-undoable.ts";
import { findingPlace } from "./finding-place.ts";
import { useFindingWords } from "./finding-words.ts";

type Props = { finding: ComplianceRow; mayAccept: boolean; onAccept: () => void };

/** The words as they stand there, what speaks against them, and the way to where they stand. */
export function FindingLine({ finding, mayAccept, onAccept }: Props) {
  const words = useTranslations("warmupPlan.compliance");
  const ui = useTranslations("ui");
  const { says, basis, place } = useFindingWords();
  const names = useNames();
  const sessionId = useSession((show) => show.session.sessionId);
  const undoable = useUndoable();
  const { findingId, severity, where, accepted } = finding;
  const busy = useBusy(undoableKey("compliance.withdraw", { findingId }));
  const isBlock = severity === "block";
  const rests = basis(finding);
  const to = findingPlace(sessionId, where);
  const mend = words("goTo", { title: where.title || words("untitled") });
  const withdraw = () => void undoable("compliance.withdraw", { findingId }, { title: words("stand") });
  return (
    <li
      className={cn(
        "flex flex-wrap items-start gap-x-4 gap-y-2 rounded-md border bg-raised px-3 py-2.5",
        isBlock ? "border-air-edge" : accepted ? "border-line" : "border-wait-edge",
      )}
    >
      <div className="flex min-w-0 flex-1 basis-80 gap-2.5">
        <span className={cn("pt-1.5", isBlock ? "text-air-ink" : accepted ? "text-sure-ink" : "text-wait-ink")}>
          <ToneShape tone={isBlock ? "air" : accepted ? "sure" : "wait"} />
        </span>
        <div className="min-w-0 flex-1">
          <p className="text-xs text-dim [overflow-wrap:anywhere]">{place(finding)}</p>
          <p className="text-sm [overflow-wrap:anywhere]">
            {finding.words === "" ? null : <b className="pr-1.5">「{finding.words}」</b>}
            {says(finding)}
          </p>
          {rests === null ? null : <p className="text-2xs text-faint">{rests}</p>}
          {accepted ? (
            <p className="pt-1 text-xs text-dim [overflow-wrap:anywhere]">
              {words("acceptedBy", {
                by: names(accepted.by) ?? ui("unknownPerson"),
                time: dayTime(accepted.at),
                reason: accepted.reason,
              })}
            </p>
          ) : null}
        </div>
      </div>
      <div className="ml-auto flex shrink-0 gap-2">
        {isBlock || !mayAccept ? null : accepted ? (
          <Button size="sm" look="ghost" busy={busy} onClick={withdraw}>
            {words("withdraw")}
          </Button>
        ) : (
          <Button size="sm" look="ghost" onClick={onAccept}>
            {words("accept")}
          </Button>
        )}
        <Button asChild size="sm">
          {to.here ? (
            // A plain link: the router tells nobody that the hash has changed.
            <a href={to.href} aria-label={mend}>
              {words("go")}
            </a>
          ) : (
            <Link href={to.href} aria-label={mend}>
              {words("go")}
            </Link>
          )}
        </Button>
      </div>
    </li>
  );
}
