"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Carried } from "#domain/ops/improvement.ts";
import { OUTCOMES } from "#domain/outcomes.ts";
import { CarriedRow } from "../../lessons/carried-row.tsx";
import { measuredIn, useMeasureWords } from "../../lessons/measure-words.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/input.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useReview } from "../review-context.tsx";
import { useReviewAct } from "../review-send.ts";

/** What earlier shows wanted tried in this one, and whether it worked. Nothing where nothing was carried over. */
export function TriedPanel() {
  const words = useTranslations("lessons");
  const { last } = useReview();
  const rows = [...slicesOf(last).carriedImprovements.values()];
  if (rows.length === 0) return null;
  return (
    <section aria-label={words("lastTime")} className="flex flex-col gap-1">
      <h2 className="text-base font-semibold">{words("lastTime")}</h2>
      <ul className="flex flex-col">
        {rows.map((row) => (
          <CarriedRow key={row.improvementId} row={row}>
            <MeasuredHere row={row} />
            {row.settled ? null : <Asking row={row} />}
          </CarriedRow>
        ))}
      </ul>
    </section>
  );
}

/** The figure of its measure in this show, as known now. */
function MeasuredHere({ row }: { row: Carried }) {
  const words = useTranslations("lessons");
  const measure = useMeasureWords();
  const { last } = useReview();
  if (row.measure?.kind !== "figure" || row.settled) return null;
  const value = measuredIn(row.measure, slicesOf(last));
  const verdict = measure.verdict(row.measure, value);
  return (
    <p className="flex items-center gap-2 text-sm tabular-nums">
      {words("now", { value: measure.value(row.measure, value) ?? "" })}
      {verdict ? <Tag tone={verdict.is ? "sure" : "wait"}>{verdict.word}</Tag> : null}
    </p>
  );
}

function Asking({ row: { improvementId, outcome } }: { row: Carried }) {
  const words = useTranslations("lessons");
  const { canEdit, last } = useReview();
  const send = useReviewAct();
  const [note, setNote] = useState(outcome?.note ?? "");
  if (!canEdit) return null;
  if (slicesOf(last).session.startedAt === null) return <p className="text-xs text-faint">{words("answerAfter")}</p>;
  return (
    <div role="group" aria-label={words("ask")} className="flex flex-wrap items-center gap-2">
      <span className="text-sm text-dim">{words("ask")}</span>
      <Input
        size="sm"
        className="w-56"
        maxLength={200}
        value={note}
        aria-label={words("note")}
        placeholder={words("note")}
        onChange={(event) => setNote(event.target.value)}
      />
      {OUTCOMES.map((name) => (
        <Button
          key={name}
          size="sm"
          aria-pressed={outcome?.outcome === name}
          look={outcome?.outcome === name ? "primary" : "plain"}
          onClick={() => void send("improvement.verify", { improvementId, outcome: name, note: note.trim() })}
        >
          {words(`outcome.${name}`)}
        </Button>
      ))}
    </div>
  );
}
