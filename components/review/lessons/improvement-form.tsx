"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Measure } from "#domain/measure.ts";
import { MEASURED, MEASURED_FIGURES, type MeasuredFigure } from "#domain/measured-figures.ts";
import type { Improvement } from "#domain/ops/improvement.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { dayTime } from "../../format/time.ts";
import { loadShows, NO_FILTER } from "../../shows/show-list.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { MoneyField } from "../../ui/money-field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Select } from "../../ui/select.tsx";
import { useReview } from "../review-context.tsx";
import { EntryForm } from "./entry-form.tsx";

type ImprovementText = Pick<Improvement, "text" | "ownerId" | "measure" | "dueSessionId">;

const EMPTY: ImprovementText = { text: "", ownerId: null, measure: null, dueSessionId: null };

/** One improvement as it is written: words, owner, measure, due show. */
export function ImprovementForm({
  start = EMPTY,
  onSave,
  onCancel,
}: {
  start?: ImprovementText;
  /** Resolves true when it was written; the form is then empty again. */
  onSave: (text: ImprovementText) => Promise<boolean>;
  onCancel?: () => void;
}) {
  const words = useTranslations("lessons");
  const { plan } = useReview();
  const [draft, setDraft] = useState(start);
  const set = (part: Partial<ImprovementText>) => setDraft((before) => ({ ...before, ...part }));
  const ready = draft.text.trim() !== "" && isWhole(draft.measure);
  const save = async () => {
    if (await onSave({ ...draft, text: draft.text.trim() })) setDraft(EMPTY);
  };
  return (
    <EntryForm
      label={words("text")}
      hint={words("textHint")}
      text={draft.text}
      onText={(text) => set({ text })}
      ready={ready}
      submit={words(onCancel ? "save" : "addImprovement")}
      onSave={save}
      beside={
        onCancel ? (
          <Button look="ghost" onClick={onCancel}>
            {words("cancel")}
          </Button>
        ) : null
      }
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={words("owner")}>
          <Select
            value={draft.ownerId ?? ""}
            onChange={(ownerId) => set({ ownerId: ownerId || null })}
            options={[
              { value: "", label: words("nobody") },
              ...plan.members
                .filter((member) => !member.disabled || member.id === draft.ownerId)
                .map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Field>
        <DueField value={draft.dueSessionId} onChange={(dueSessionId) => set({ dueSessionId })} />
      </div>
      <MeasureFields value={draft.measure} onChange={(measure) => set({ measure })} />
    </EntryForm>
  );
}

const isWhole = (measure: Measure | null) => measure?.kind !== "words" || measure.text.trim() !== "";

/** Shows of the room that have not begun; the next one without naming it. */
function DueField({ value, onChange }: { value: string | null; onChange: (sessionId: string | null) => void }) {
  const words = useTranslations("lessons");
  const { plan, sessionId } = useReview();
  const coming = useComing(plan.room.id).filter(({ id }) => id !== sessionId);
  const isGone = value !== null && !coming.some(({ id }) => id === value);
  return (
    <Field label={words("due")}>
      <Select
        value={value ?? ""}
        onChange={(id) => onChange(id || null)}
        options={[
          { value: "", label: words("dueNext") },
          ...coming.map(({ id, title, plannedStartAt }) => ({
            value: id,
            label: `${dayTime(plannedStartAt)} ${title}`,
          })),
          ...(isGone ? [{ value, label: words("leftShow") }] : []),
        ]}
      />
    </Field>
  );
}

/** Shows of a room that are planned and have not begun, the nearest first. */
function useComing(roomId: string) {
  const { shared } = useReview();
  const { value } = useLoaded(`coming:${roomId}`, (signal) =>
    // Who came by a link may ask for this show alone.
    shared
      ? Promise.resolve({ ok: true as const, value: { sessions: [], cursor: null } })
      : loadShows({ ...NO_FILTER, room: roomId, phase: "planned" }, null, signal),
  );
  return (value?.sessions ?? []).toSorted((a, b) => a.plannedStartAt - b.plannedStartAt);
}

type FigureMeasure = Extract<Measure, { kind: "figure" }>;

function MeasureFields({ value, onChange }: { value: Measure | null; onChange: (measure: Measure | null) => void }) {
  const words = useTranslations("lessons");
  const kind = value?.kind ?? "none";
  const begin = { none: null, words: { kind: "words", text: "" }, figure: FIRST } as const;
  return (
    <div className="grid gap-3 sm:grid-cols-[minmax(120px,160px)_minmax(0,1fr)]">
      <Field label={words("measure")}>
        <Select
          value={kind}
          onChange={(next) => onChange(begin[next])}
          options={[
            { value: "none", label: words("measureNone") },
            { value: "words", label: words("measureWords") },
            { value: "figure", label: words("measureFigure") },
          ]}
        />
      </Field>
      {value?.kind === "words" ? (
        <Field label={words("measureText")} required>
          <Input
            maxLength={120}
            value={value.text}
            onChange={(event) => onChange({ ...value, text: event.target.value })}
          />
        </Field>
      ) : null}
      {value?.kind === "figure" ? <FigureFields value={value} onChange={onChange} /> : null}
    </div>
  );
}

const FIRST = { kind: "figure", figure: "paidFen", direction: "atLeast", target: 0 } as const satisfies FigureMeasure;
/** What one wants less of. */
const LESS: ReadonlySet<MeasuredFigure> = new Set(["refundShare", "interruptedMs"]);
const MINUTE_MS = 60_000;

function FigureFields({ value, onChange }: { value: FigureMeasure; onChange: (measure: Measure) => void }) {
  const words = useTranslations("lessons");
  const { figure, direction, target } = value;
  const unit = MEASURED[figure];
  const setTarget = (next: number | null) => onChange({ ...value, target: next ?? 0 });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_96px_120px] items-end gap-2">
      <Select
        aria-label={words("measureText")}
        value={figure}
        onChange={(next) =>
          onChange({ ...value, figure: next, direction: LESS.has(next) ? "atMost" : "atLeast", target: 0 })
        }
        options={MEASURED_FIGURES.map((name) => ({ value: name, label: words(`figure.${name}`) }))}
      />
      <Select
        aria-label={`${words("direction.atLeast")} / ${words("direction.atMost")}`}
        value={direction}
        onChange={(next) => onChange({ ...value, direction: next })}
        options={(["atLeast", "atMost"] as const).map((name) => ({ value: name, label: words(`direction.${name}`) }))}
      />
      <Field label={words(unit === "share" ? "targetPercent" : unit === "ms" ? "targetMinutes" : "target")}>
        {unit === "fen" ? (
          <MoneyField value={target} allowEmpty={false} onCommit={setTarget} />
        ) : unit === "share" ? (
          // Hundredths of a percent are as fine as a goal gets.
          <Input
            className="text-right tabular-nums"
            inputMode="decimal"
            defaultValue={target === 0 ? "" : String(Math.round(target * 10_000) / 100)}
            onBlur={(event) => {
              const typed = Number(event.target.value.normalize("NFKC").replace(/[%\s]/g, ""));
              if (Number.isFinite(typed) && typed >= 0) setTarget(Math.round(Math.min(100, typed) * 100) / 10_000);
            }}
          />
        ) : unit === "ms" ? (
          <NumberField
            value={Math.round(target / MINUTE_MS)}
            max={600}
            onCommit={(n) => setTarget((n ?? 0) * MINUTE_MS)}
          />
        ) : (
          <NumberField value={target} max={1_000_000_000} onCommit={setTarget} />
        )}
      </Field>
    </div>
  );
}
