"use client";
import { useTranslations } from "next-intl";
import type { DecisionRow } from "#domain/warmup/invites.ts";
import { count } from "../../format/money.ts";
import { dayTime } from "../../format/time.ts";
import { useBusy } from "../../live/desk.tsx";
import { takeBackKey, useTakeBackDecision } from "../../live/use-take-back-decision.ts";
import { useNames, useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";

/** What was decided for all of a kind at once, the latest first, each with its one way back. */
export function LatestDecisions({ mayDecide }: { mayDecide: boolean }) {
  const words = useTranslations("invites.held");
  const latest = useSession((show) => show.invites.latest);
  if (latest.length === 0) return null;
  return (
    <section aria-label={words("latest")} className="mt-2 border-t pt-2">
      <h3 className="text-xs font-semibold text-dim">{words("latest")}</h3>
      <ul>
        {latest.map((row) => (
          <DecisionLine key={row.decision} row={row} mayDecide={mayDecide} />
        ))}
      </ul>
    </section>
  );
}

function DecisionLine({ row, mayDecide }: { row: DecisionRow; mayDecide: boolean }) {
  const words = useTranslations("invites.held");
  const desk = useTranslations("desk");
  const names = useNames();
  const what = useWhat(row);
  const takeBack = useTakeBackDecision();
  const busy = useBusy(takeBackKey(row.decision));
  const { decision, as, by, at, people, takenBack, kept } = row;
  const left = people - takenBack - kept;
  const name = names(by) ?? "";
  const verdict = words(as === "count" ? "asCount" : "asReject");
  const fate = [
    ...(takenBack === 0 ? [] : [words("takenBackSome", { count: count(takenBack) })]),
    ...(kept === 0 ? [] : [words("keptSome", { count: count(kept) })]),
  ];
  return (
    <li className="flex min-h-8 items-center gap-3 text-xs text-dim tabular-nums">
      <span className="min-w-0 flex-1">
        {words("latestRow", { time: dayTime(at), name, what, count: count(people), verdict })}
        {fate.length > 0 ? <span className="text-faint"> · {fate.join(" · ")}</span> : null}
      </span>
      {mayDecide && left > 0 ? (
        <Button size="sm" look="plain" busy={busy} onClick={() => void takeBack(decision)}>
          {takenBack > 0 ? words("takeBackRest") : desk("undo")}
        </Button>
      ) : null}
    </li>
  );
}

function useWhat({ kind, ofOne }: DecisionRow): string {
  const words = useTranslations("invites");
  const kindWords = kind === null ? [] : [kind === "newUnknown" ? words(kind) : words(`suspicion.${kind}`)];
  return [...(ofOne ? [words("held.ofOne")] : []), ...kindWords].join(" · ");
}
