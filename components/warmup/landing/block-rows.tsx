"use client";
import { useTranslations } from "next-intl";
import type { Block } from "#domain/landing/blocks.ts";
import { durationMs } from "#domain/units.ts";
import { Input, Textarea } from "../../ui/input.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { ItemRows } from "./item-rows.tsx";
import { PictureField } from "./picture-field.tsx";

export type FieldsOf<B extends Block = Block> = {
  block: B;
  disabled: boolean;
  onChange: (next: Block) => void;
};
type KindOf<K extends Block["kind"]> = Extract<Block, { kind: K }>;
const MINUTE_MS = 60_000;

export function BenefitRows({ block, disabled, onChange }: FieldsOf<KindOf<"benefits">>) {
  const words = useTranslations("warmupPlan.landing");
  return (
    <ItemRows
      items={block.items}
      max={8}
      fresh={{ title: "", text: "" }}
      disabled={disabled}
      onChange={(items) => onChange({ ...block, items })}
    >
      {(item, n, change) => (
        <>
          <Input
            maxLength={40}
            aria-label={words("itemTitle", { n })}
            placeholder={words("itemTitle", { n })}
            disabled={disabled}
            value={item.title}
            onChange={(event) => change({ ...item, title: event.target.value })}
          />
          <Input
            maxLength={120}
            aria-label={words("itemText", { n })}
            placeholder={words("itemText", { n })}
            disabled={disabled}
            value={item.text}
            onChange={(event) => change({ ...item, text: event.target.value })}
          />
        </>
      )}
    </ItemRows>
  );
}

export function ProofRows({ block, disabled, onChange }: FieldsOf<KindOf<"proof">>) {
  const words = useTranslations("warmupPlan.landing");
  return (
    <ItemRows
      items={block.items}
      max={8}
      fresh={{ text: "", pictureUrl: null }}
      disabled={disabled}
      onChange={(items) => onChange({ ...block, items })}
    >
      {(item, n, change) => (
        <>
          <Textarea
            maxLength={160}
            aria-label={words("itemText", { n })}
            placeholder={words("itemText", { n })}
            disabled={disabled}
            value={item.text}
            onChange={(event) => change({ ...item, text: event.target.value })}
          />
          <PictureField
            small
            what={words("itemText", { n })}
            value={item.pictureUrl}
            disabled={disabled}
            onChange={(pictureUrl) => change({ ...item, pictureUrl })}
          />
        </>
      )}
    </ItemRows>
  );
}

export function AgendaRows({ block, disabled, onChange }: FieldsOf<KindOf<"agenda">>) {
  const words = useTranslations("warmupPlan.landing");
  const last = block.items.at(-1)?.offsetMs ?? -30 * MINUTE_MS;
  return (
    <ItemRows
      items={block.items}
      max={16}
      fresh={{ offsetMs: durationMs(last + 30 * MINUTE_MS), text: "" }}
      disabled={disabled}
      onChange={(items) => onChange({ ...block, items })}
    >
      {(item, n, change) => (
        <div className="flex gap-2">
          <NumberField
            className="w-20"
            max={1_440}
            aria-label={`${words("agendaAt")} (${n})`}
            disabled={disabled}
            value={Math.round(item.offsetMs / MINUTE_MS)}
            onCommit={(minutes) => change({ ...item, offsetMs: durationMs((minutes ?? 0) * MINUTE_MS) })}
          />
          <Input
            maxLength={80}
            aria-label={`${words("agendaText")} (${n})`}
            placeholder={words("agendaText")}
            disabled={disabled}
            value={item.text}
            onChange={(event) => change({ ...item, text: event.target.value })}
          />
        </div>
      )}
    </ItemRows>
  );
}

export function QuoteRows({ block, disabled, onChange }: FieldsOf<KindOf<"quotes">>) {
  const words = useTranslations("warmupPlan.landing");
  return (
    <ItemRows
      items={block.items}
      max={8}
      fresh={{ text: "", who: "" }}
      disabled={disabled}
      onChange={(items) => onChange({ ...block, items })}
    >
      {(item, n, change) => (
        <>
          <Textarea
            maxLength={200}
            aria-label={words("quote", { n })}
            placeholder={words("quote", { n })}
            disabled={disabled}
            value={item.text}
            onChange={(event) => change({ ...item, text: event.target.value })}
          />
          <Input
            maxLength={30}
            aria-label={`${words("who")} (${n})`}
            placeholder={words("who")}
            disabled={disabled}
            value={item.who}
            onChange={(event) => change({ ...item, who: event.target.value })}
          />
        </>
      )}
    </ItemRows>
  );
}

export function FaqRows({ block, disabled, onChange }: FieldsOf<KindOf<"faq">>) {
  const words = useTranslations("warmupPlan.landing");
  return (
    <ItemRows
      items={block.items}
      max={12}
      fresh={{ question: "", answer: "" }}
      disabled={disabled}
      onChange={(items) => onChange({ ...block, items })}
    >
      {(item, n, change) => (
        <>
          <Input
            maxLength={100}
            aria-label={words("question", { n })}
            placeholder={words("question", { n })}
            disabled={disabled}
            value={item.question}
            onChange={(event) => change({ ...item, question: event.target.value })}
          />
          <Textarea
            maxLength={400}
            aria-label={words("answer", { n })}
            placeholder={words("answer", { n })}
            disabled={disabled}
            value={item.answer}
            onChange={(event) => change({ ...item, answer: event.target.value })}
          />
        </>
      )}
    </ItemRows>
  );
}

export function StepRows({ block, disabled, onChange }: FieldsOf<KindOf<"how">>) {
  const words = useTranslations("warmupPlan.landing");
  return (
    <ItemRows
      items={block.steps}
      max={12}
      fresh=""
      disabled={disabled}
      onChange={(steps) => onChange({ ...block, steps })}
    >
      {(step, n, change) => (
        <Input
          maxLength={120}
          aria-label={words("step", { n })}
          placeholder={words("step", { n })}
          disabled={disabled}
          value={step}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </ItemRows>
  );
}
