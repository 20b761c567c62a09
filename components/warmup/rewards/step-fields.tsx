"use client";
import { useTranslations } from "next-intl";
import type { CommandInput } from "#domain/ops/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { MoneyField } from "../../ui/money-field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Select } from "../../ui/select.tsx";
import { Segmented } from "../../ui/tabs.tsx";

const CARRIERS = ["contactGift", "miniProgram", "honour", "h5"] as const;

/** As the form has it: `h5` may be asked for, so that what is offered in its place can be. */
export type StepDraft = {
  readonly threshold: number | null;
  readonly title: string;
  readonly valueFen: number;
  readonly stock: number | null;
  readonly carrier: CommandInput<"reward.plan">["carrier"];
  readonly delivery: "staff" | "code";
  readonly rules: string;
};

type Props = {
  draft: StepDraft;
  /** Somebody has it: number and form are promised. */
  inUse: boolean;
  disabled: boolean;
  asked: boolean;
  change: (part: Partial<StepDraft>) => void;
};

export function StepFields({ draft, inUse, disabled, asked, change }: Props) {
  const words = useTranslations("warmupPlan.rewards");
  const { title, threshold, carrier, rules } = draft;
  return (
    <>
      <div className="grid grid-cols-[140px_minmax(0,1fr)] gap-4">
        <Field
          label={words("threshold")}
          required
          error={asked && threshold === null ? words("thresholdMissing") : undefined}
        >
          <NumberField
            min={1}
            max={100_000}
            disabled={disabled || inUse}
            value={threshold}
            onCommit={(next) => change({ threshold: next })}
          />
        </Field>
        <Field label={words("title")} required error={asked && title.trim() === "" ? words("titleMissing") : undefined}>
          <Input
            autoFocus={title === ""}
            maxLength={60}
            disabled={disabled}
            value={title}
            onChange={(event) => change({ title: event.target.value })}
          />
        </Field>
      </div>
      <Field label={words("carrier")} hint={words(`carrierHint.${carrier}`)}>
        <Select
          disabled={disabled || inUse}
          value={carrier}
          onChange={(next) =>
            change(next === "honour" ? { carrier: next, valueFen: 0, stock: null } : { carrier: next })
          }
          options={CARRIERS.map((one) => ({ value: one, label: words(`carrierOf.${one}`) }))}
        />
      </Field>
      {carrier === "honour" ? null : <Goods {...{ draft, inUse, disabled, asked, change }} />}
      <Field label={words("rules")} hint={words("rulesHint")}>
        <Textarea
          maxLength={400}
          disabled={disabled}
          value={rules}
          onChange={(event) => change({ rules: event.target.value })}
        />
      </Field>
    </>
  );
}

function Goods({ draft: { valueFen, stock, delivery }, inUse, disabled, asked, change }: Props) {
  const words = useTranslations("warmupPlan.rewards");
  return (
    <div className="grid grid-cols-3 gap-4">
      <Field label={words("value")}>
        <MoneyField
          allowEmpty={false}
          disabled={disabled}
          value={valueFen}
          onCommit={(next) => change({ valueFen: next ?? 0 })}
        />
      </Field>
      <Field
        label={words("stock")}
        hint={words("stockHint")}
        required
        error={asked && stock === null ? words("stockMissing") : undefined}
      >
        <NumberField max={1_000_000} disabled={disabled} value={stock} onCommit={(next) => change({ stock: next })} />
      </Field>
      <Field label={words("delivery")}>
        <Segmented
          label={words("delivery")}
          value={delivery}
          onChange={(next) => !disabled && !inUse && change({ delivery: next })}
          options={(["staff", "code"] as const).map((one) => ({ value: one, label: words(`deliveryOf.${one}`) }))}
        />
      </Field>
    </div>
  );
}
