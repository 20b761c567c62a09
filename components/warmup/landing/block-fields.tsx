"use client";
import { useTranslations } from "next-intl";
import type { Block } from "#domain/landing/blocks.ts";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { Switch } from "../../ui/switch.tsx";
import { AgendaRows, BenefitRows, FaqRows, ProofRows, QuoteRows, StepRows, type FieldsOf } from "./block-rows.tsx";
import { PickedList, useCouponChoices, useProductChoices } from "./picked-list.tsx";
import { PictureField } from "./picture-field.tsx";

/** What a block of this kind holds. */
export function BlockFields({ block, disabled, onChange }: FieldsOf) {
  const words = useTranslations("warmupPlan.landing");
  const rest = { disabled, onChange };
  return (
    <>
      <Field label={words("title")} hint={words(block.kind === "hero" ? "heroTitleHint" : "titleHint")}>
        <Input
          maxLength={60}
          disabled={disabled}
          value={block.title}
          onChange={(event) => onChange({ ...block, title: event.target.value })}
        />
      </Field>
      <Own block={block} {...rest} />
    </>
  );
}

function Own({ block, ...rest }: FieldsOf) {
  switch (block.kind) {
    case "hero":
      return <Hero block={block} {...rest} />;
    case "benefits":
      return <BenefitRows block={block} {...rest} />;
    case "act":
      return <Words block={block} max={120} {...rest} />;
    case "rules":
      return <Words block={block} max={2_000} tall {...rest} />;
    case "proof":
      return <ProofRows block={block} {...rest} />;
    case "products":
      return <Products block={block} {...rest} />;
    case "coupons":
      return <Coupons block={block} {...rest} />;
    case "agenda":
      return <AgendaRows block={block} {...rest} />;
    case "host":
      return <Host block={block} {...rest} />;
    case "quotes":
      return <QuoteRows block={block} {...rest} />;
    case "faq":
      return <FaqRows block={block} {...rest} />;
    case "how":
      return <StepRows block={block} {...rest} />;
  }
}

type KindOf<K extends Block["kind"]> = Extract<Block, { kind: K }>;

function Hero({ block, disabled, onChange }: FieldsOf<KindOf<"hero">>) {
  const words = useTranslations("warmupPlan.landing");
  return (
    <>
      <Field label={words("subtitle")}>
        <Textarea
          maxLength={200}
          disabled={disabled}
          value={block.subtitle}
          onChange={(event) => onChange({ ...block, subtitle: event.target.value })}
        />
      </Field>
      <PictureField
        what={words("kind.hero")}
        shown="wide"
        value={block.pictureUrl}
        disabled={disabled}
        onChange={(pictureUrl) => onChange({ ...block, pictureUrl })}
      />
      <Switch
        label={words("countdown")}
        checked={block.countdown}
        disabled={disabled}
        onChange={(countdown) => onChange({ ...block, countdown })}
      />
    </>
  );
}

type WordsProps = FieldsOf<KindOf<"act"> | KindOf<"rules">> & { max: number; tall?: boolean };

function Words({ block, max, tall = false, disabled, onChange }: WordsProps) {
  const words = useTranslations("warmupPlan.landing");
  return (
    <Field label={words("text")} required={block.kind === "rules"}>
      <Textarea
        className={tall ? "min-h-64" : undefined}
        maxLength={max}
        disabled={disabled}
        value={block.text}
        onChange={(event) => onChange({ ...block, text: event.target.value })}
      />
    </Field>
  );
}

function Host({ block, disabled, onChange }: FieldsOf<KindOf<"host">>) {
  const words = useTranslations("warmupPlan.landing");
  return (
    <>
      <Field label={words("hostName")} required>
        <Input
          maxLength={40}
          disabled={disabled}
          value={block.name}
          onChange={(event) => onChange({ ...block, name: event.target.value })}
        />
      </Field>
      <Field label={words("text")}>
        <Textarea
          className="min-h-28"
          maxLength={400}
          disabled={disabled}
          placeholder={words("hostPlaceholder")}
          value={block.text}
          onChange={(event) => onChange({ ...block, text: event.target.value })}
        />
      </Field>
      <PictureField
        what={block.name}
        shown="round"
        value={block.pictureUrl}
        disabled={disabled}
        onChange={(pictureUrl) => onChange({ ...block, pictureUrl })}
      />
    </>
  );
}

function Products({ block, disabled, onChange }: FieldsOf<KindOf<"products">>) {
  const words = useTranslations("warmupPlan.landing");
  return (
    <PickedList
      label={words("productsPick")}
      none={words("productsNone")}
      max={12}
      choices={useProductChoices()}
      value={block.productIds}
      disabled={disabled}
      onChange={(productIds) => onChange({ ...block, productIds })}
    />
  );
}

function Coupons({ block, disabled, onChange }: FieldsOf<KindOf<"coupons">>) {
  const words = useTranslations("warmupPlan.landing");
  return (
    <PickedList
      label={words("couponsPick")}
      none={words("couponsNone")}
      max={8}
      choices={useCouponChoices()}
      value={block.couponIds}
      disabled={disabled}
      onChange={(couponIds) => onChange({ ...block, couponIds })}
    />
  );
}
