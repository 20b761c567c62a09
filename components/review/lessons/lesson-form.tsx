"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { LessonRuleKind, ProductRef } from "#domain/lesson-rule.ts";
import type { CommandInput } from "#domain/ops/index.ts";
import type { Fen } from "#domain/units.ts";
import { minuteOfText } from "../../lessons/rule-words.ts";
import { CUE_KIND_LIST } from "../../plan/cue-kinds.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { MoneyField } from "../../ui/money-field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Select } from "../../ui/select.tsx";
import { useReview } from "../review-context.tsx";
import { useReviewAct } from "../review-send.ts";
import { EntryForm } from "./entry-form.tsx";

type Rule = CommandInput<"lesson.add">["rule"];

const KINDS: readonly LessonRuleKind[] = [
  "check",
  "notBefore",
  "notInFirst",
  "stockAtLeast",
  "priceAtLeast",
  "cueNote",
];
const ANY = "";

/** What the fields of all kinds hold; a rule is made of those that its kind has. */
type Draft = {
  readonly text: string;
  readonly kind: LessonRuleKind;
  readonly line: string;
  readonly productId: string | null;
  readonly time: string;
  readonly minutes: number | null;
  readonly percent: number | null;
  readonly fen: number | null;
  readonly cueKind: (typeof CUE_KIND_LIST)[number] | typeof ANY;
  readonly note: string;
};

const EMPTY: Draft = {
  text: "",
  kind: "check",
  line: "",
  productId: null,
  time: "",
  minutes: 10,
  percent: 120,
  fen: null,
  cueKind: ANY,
  note: "",
};

/** The rule, or `null` while something of it is missing. */
function ruleOf(draft: Draft, product: ProductRef | null): Rule | null {
  const { kind } = draft;
  switch (kind) {
    case "check":
      return draft.line.trim() === "" ? null : { kind, line: draft.line.trim() };
    case "notBefore": {
      const minuteOfDay = minuteOfText(draft.time);
      return product && minuteOfDay !== null ? { kind, product, minuteOfDay } : null;
    }
    case "notInFirst":
      return product && draft.minutes ? { kind, product, minutes: draft.minutes } : null;
    case "stockAtLeast":
      return draft.percent ? { kind, product, percent: draft.percent } : null;
    case "priceAtLeast":
      return product && draft.fen !== null ? { kind, product, fen: draft.fen as Fen } : null;
    case "cueNote": {
      const cueKind = draft.cueKind === ANY ? null : draft.cueKind;
      const note = draft.note.trim();
      return note !== "" && (cueKind !== null || product) ? { kind, cueKind, product, note } : null;
    }
  }
}

/** What went wrong, and the rule that watches for it from now on. */
export function LessonForm() {
  const words = useTranslations("lessons");
  const send = useReviewAct();
  const { last } = useReview();
  const { products } = slicesOf(last);
  const [draft, setDraft] = useState(EMPTY);
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const row = draft.productId === null ? undefined : products.get(draft.productId);
  const rule = ruleOf(draft, row ? { platformId: row.platformId, name: row.name } : null);
  const ready = rule !== null && draft.text.trim() !== "";
  const save = async () => {
    if (rule && (await send("lesson.add", { text: draft.text.trim(), rule }))) setDraft(EMPTY);
  };
  return (
    <EntryForm
      label={words("lesson")}
      hint={words("lessonTextHint")}
      text={draft.text}
      onText={(text) => set({ text })}
      ready={ready}
      submit={words("addLesson")}
      onSave={save}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={words("rule")}>
          <Select
            value={draft.kind}
            onChange={(kind) => set({ kind })}
            options={KINDS.map((kind) => ({ value: kind, label: words(`kind.${kind}`) }))}
          />
        </Field>
        <RuleFields draft={draft} set={set} />
      </div>
    </EntryForm>
  );
}

type FieldsProps = { draft: Draft; set: (part: Partial<Draft>) => void };

function RuleFields({ draft, set }: FieldsProps) {
  const words = useTranslations("lessons");
  const kinds = useTranslations("cueKind");
  if (draft.kind === "check") {
    return (
      <Field label={words("checkLine")} required>
        <Input maxLength={200} value={draft.line} onChange={(event) => set({ line: event.target.value })} />
      </Field>
    );
  }
  return (
    <>
      <ProductField draft={draft} set={set} />
      {draft.kind === "cueNote" ? (
        <>
          <Field label={words("cueKind")}>
            <Select
              value={draft.cueKind}
              onChange={(cueKind) => set({ cueKind })}
              options={[
                { value: ANY, label: words("anyCue") },
                ...CUE_KIND_LIST.map((kind) => ({ value: kind, label: kinds(kind) })),
              ]}
            />
          </Field>
          <Field label={words("noteText")} required>
            <Input maxLength={200} value={draft.note} onChange={(event) => set({ note: event.target.value })} />
          </Field>
        </>
      ) : (
        <LimitField draft={draft} set={set} />
      )}
    </>
  );
}

function ProductField({ draft, set }: FieldsProps) {
  const words = useTranslations("lessons");
  const shelf = useTranslations("shelf");
  const { last } = useReview();
  const options = [...slicesOf(last).products.values()]
    .toSorted((a, b) => a.position - b.position)
    .map(({ productId, linkNo, name }) => ({ value: productId, label: shelf("linkAndName", { linkNo, name }) }));
  const isFree = draft.kind === "stockAtLeast" || draft.kind === "cueNote";
  return (
    <Field label={words("product")} required={!isFree}>
      <Combobox
        clearable={isFree}
        label={words("product")}
        value={draft.productId}
        onChange={(productId) => set({ productId })}
        options={options}
        placeholder={words(draft.kind === "stockAtLeast" ? "anyProduct" : "chooseProduct")}
      />
    </Field>
  );
}

/** The one number of a plan check. */
function LimitField({ draft, set }: FieldsProps) {
  const words = useTranslations("lessons");
  switch (draft.kind) {
    case "notBefore":
      return (
        <Field label={words("time")} required>
          <Input
            className="tabular-nums"
            placeholder="20:30"
            value={draft.time}
            aria-invalid={draft.time !== "" && minuteOfText(draft.time) === null}
            onChange={(event) => set({ time: event.target.value })}
          />
        </Field>
      );
    case "notInFirst":
      return (
        <Field label={words("minutes")} required>
          <NumberField value={draft.minutes} min={1} max={600} onCommit={(minutes) => set({ minutes })} />
        </Field>
      );
    case "stockAtLeast":
      return (
        <Field label={words("percent")} required>
          <NumberField value={draft.percent} min={1} max={1_000} onCommit={(percent) => set({ percent })} />
        </Field>
      );
    case "priceAtLeast":
      return (
        <Field label={words("price")} required>
          <MoneyField value={draft.fen} onCommit={(value) => set({ fen: value })} />
        </Field>
      );
    case "check":
    case "cueNote":
      return null;
  }
}
