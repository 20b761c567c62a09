"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { CommandInput } from "#domain/ops/index.ts";
import { yuan } from "../format/money.ts";
import { dayTime } from "../format/time.ts";
import { useAct } from "../session/use-act.ts";
import { useSession } from "../session/session-provider.tsx";
import type { CouponRow } from "../session/show-slices.ts";
import { useList } from "../ui/use-list.ts";
import { Button } from "../ui/button.tsx";
import { DateTimeField } from "../ui/date-time-field.tsx";
import { Field } from "../ui/field.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { MoneyField } from "../ui/money-field.tsx";
import { MultiSelect } from "../ui/multi-select.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Callout } from "../ui/states.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { Clashes, useWholeDraft } from "./clashes.tsx";
import { RecordDrawer } from "./record-drawer.tsx";
import { useDiscountWords } from "./discount-words.ts";
import { isAbout, useMayPlan, useWhoDid } from "./plan-context.tsx";
import { useProductOptions } from "./product-options.ts";
import type { Rebased } from "./rebase.ts";
import type { Whole } from "./whole.ts";

type Plan = CommandInput<"coupon.plan">;
type DiscountInput = Plan["discount"];
type Draft = Whole<Plan>;
const KINDS = ["moneyOff", "direct", "percent"] as const;

const fresh: Draft = {
  carrier: "shop",
  title: "",
  discount: { kind: "moneyOff", thresholdFen: 30_000, offFen: 5_000, productIds: null },
  total: 1_000,
  perPerson: 1,
  claimFrom: null,
  claimTo: null,
  useUntil: null,
  platformId: null,
  link: null,
  rules: "",
};

function draftOf(coupon: CouponRow): Draft {
  const { carrier, title, discount, total, perPerson, claimFrom, claimTo, useUntil, platformId, link, rules } = coupon;
  return { carrier, title, discount, total, perPerson, claimFrom, claimTo, useUntil, platformId, link, rules };
}

/** A coupon is written as a whole and saved with one press: half a discount must never be live. */
export function CouponDrawer({ couponId, onClose }: { couponId: string | null; onClose: () => void }) {
  const words = useTranslations("plan.coupons");
  const ui = useTranslations("ui");
  const coupon = useSession((show) => (couponId === null ? undefined : show.coupons.get(couponId)));
  const act = useAct();
  const mayPlan = useMayPlan();
  const { rebased, draft, change, settle, edit } = useWholeDraft<Draft>(coupon && draftOf(coupon), fresh);
  const whoDid = useWhoDid();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const untitled = draft.title.trim() === "";
  const frozen = (coupon?.pushes ?? 0) > 0;
  const submit = async () => {
    setAsked(true);
    if (untitled || rebased.clashes.length > 0) return;
    setBusy(true);
    const done = couponId === null ? await act("coupon.plan", draft) : await save(couponId);
    setBusy(false);
    if (done) onClose();
  };
  const save = async (id: string) => {
    const { to, from } = edit();
    return Object.keys(to).length === 0 || (await act("coupon.edit", { couponId: id, to }, { expect: { from } }));
  };
  const remove = async () => {
    if (couponId !== null && (await act("coupon.remove", { couponId }))) onClose();
  };
  return (
    <RecordDrawer
      title={coupon ? coupon.title : words("newTitle")}
      disabled={!mayPlan}
      clashing={rebased.clashes.length > 0}
      busy={busy}
      acts={
        coupon ? (
          <Button look="danger" className="mr-auto" disabled={!mayPlan || frozen} onClick={() => void remove()}>
            {ui("remove")}
          </Button>
        ) : null
      }
      onSave={() => void submit()}
      onClose={onClose}
    >
      <div className="flex flex-col gap-4">
        <CouponClashes
          rebased={rebased}
          who={whoDid(({ type, data }) => type === "coupon.edited.v1" && isAbout(data, couponId))}
          onSettle={settle}
        />
        {frozen ? <Callout tone="wait">{words("frozen")}</Callout> : null}
        <Field label={words("carrier")} hint={words(`carrierHint.${draft.carrier}`)}>
          <Segmented
            label={words("carrier")}
            value={draft.carrier}
            onChange={(carrier) => {
              if (!coupon) change({ carrier });
            }}
            options={(coupon ? [draft.carrier] : (["shop", "own"] as const)).map((carrier) => ({
              value: carrier,
              label: words(`carrierOf.${carrier}`),
            }))}
          />
        </Field>
        <Field label={words("title")} required error={asked && untitled ? words("titleMissing") : undefined}>
          <Input
            autoFocus={!coupon}
            maxLength={60}
            value={draft.title}
            placeholder={words("titlePlaceholder")}
            onChange={(event) => change({ title: event.target.value })}
          />
        </Field>
        <DiscountFields discount={draft.discount} onChange={(discount) => change({ discount })} disabled={frozen} />
        <CouponLimits draft={draft} change={change} frozen={frozen} />
        <Field label={words("rules")} hint={words("rulesHint")}>
          <Textarea maxLength={1000} value={draft.rules} onChange={(event) => change({ rules: event.target.value })} />
        </Field>
      </div>
    </RecordDrawer>
  );
}

type ClashesProps = {
  rebased: Rebased<Draft>;
  who: string | undefined;
  onSettle: (field: keyof Draft, by: "mine" | "theirs") => void;
};

function CouponClashes({ rebased, who, onSettle }: ClashesProps) {
  const words = useTranslations("plan.coupons");
  const discountWords = useDiscountWords();
  const list = useList();
  const products = new Map(useProductOptions().map(({ value, label }) => [value, label]));
  const limits = (of: DiscountInput): string[] => [
    ...(of.kind === "percent" && of.maxOffFen !== null ? [`${words("maxOff")} ${yuan(of.maxOffFen)}`] : []),
    of.productIds === null ? words("allProducts") : list(of.productIds.map((id) => products.get(id) ?? id)),
  ];
  const show = (of: Draft, field: keyof Draft): string => {
    if (field === "carrier") return words(`carrierOf.${of.carrier}`);
    if (field === "discount") return [discountWords(of.discount), ...limits(of.discount)].join(" · ");
    if (field === "claimFrom" || field === "claimTo" || field === "useUntil") {
      const at = of[field];
      return at === null ? "" : dayTime(at);
    }
    return String(of[field] ?? "");
  };
  return <Clashes rebased={rebased} who={who} label={(field) => words(field)} show={show} onSettle={onSettle} />;
}

function CouponLimits({
  draft,
  change,
  frozen,
}: {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  frozen: boolean;
}) {
  const words = useTranslations("plan.coupons");
  return (
    <div className="grid grid-cols-2 gap-4">
      <Field label={words("total")} required>
        <NumberField
          min={1}
          max={10_000_000}
          value={draft.total}
          disabled={frozen}
          onCommit={(total) => total !== null && change({ total })}
        />
      </Field>
      <Field label={words("perPerson")} required>
        <NumberField
          min={1}
          max={20}
          value={draft.perPerson}
          disabled={frozen}
          onCommit={(perPerson) => perPerson !== null && change({ perPerson })}
        />
      </Field>
      <Field label={words("claimFrom")} hint={words("windowHint")}>
        <DateTimeField value={draft.claimFrom} disabled={frozen} onCommit={(claimFrom) => change({ claimFrom })} />
      </Field>
      <Field label={words("claimTo")}>
        <DateTimeField value={draft.claimTo} disabled={frozen} onCommit={(claimTo) => change({ claimTo })} />
      </Field>
      {draft.carrier === "own" ? (
        <Field label={words("useUntil")}>
          <DateTimeField value={draft.useUntil} disabled={frozen} onCommit={(useUntil) => change({ useUntil })} />
        </Field>
      ) : (
        <>
          <Field label={words("platformId")} hint={words("platformIdHint")}>
            <Input
              maxLength={160}
              value={draft.platformId ?? ""}
              disabled={frozen}
              onChange={(event) => change({ platformId: event.target.value.trim() || null })}
            />
          </Field>
          <Field label={words("link")}>
            <Input
              maxLength={500}
              placeholder="https://"
              value={draft.link ?? ""}
              onChange={(event) => change({ link: event.target.value.trim() || null })}
            />
          </Field>
        </>
      )}
    </div>
  );
}

function DiscountFields({
  discount,
  onChange,
  disabled,
}: {
  discount: DiscountInput;
  onChange: (discount: DiscountInput) => void;
  disabled: boolean;
}) {
  const words = useTranslations("plan.coupons");
  const products = useProductOptions();
  const { productIds } = discount;
  const changeKind = (kind: (typeof KINDS)[number]) => {
    if (disabled) return;
    const offFen = discount.kind === "percent" ? 5_000 : discount.offFen;
    if (kind === "moneyOff") onChange({ kind, thresholdFen: 30_000, offFen, productIds });
    else if (kind === "direct") onChange({ kind, offFen, productIds });
    else onChange({ kind, payPercent: 85, maxOffFen: null, productIds });
  };
  return (
    <>
      <Field label={words("discount")}>
        <Segmented
          label={words("discount")}
          value={discount.kind}
          onChange={changeKind}
          options={KINDS.map((kind) => ({ value: kind, label: words(`kind.${kind}`) }))}
        />
      </Field>
      <div className="grid grid-cols-2 gap-4">
        {discount.kind === "moneyOff" ? (
          <Field label={words("threshold")} required>
            <MoneyField
              allowEmpty={false}
              value={discount.thresholdFen}
              disabled={disabled}
              onCommit={(fen) => fen !== null && onChange({ ...discount, thresholdFen: fen })}
            />
          </Field>
        ) : null}
        {discount.kind === "percent" ? (
          <>
            <Field label={words("payPercent")} hint={words("payPercentHint")} required>
              <NumberField
                min={1}
                max={99}
                value={discount.payPercent}
                disabled={disabled}
                onCommit={(value) => value !== null && onChange({ ...discount, payPercent: value })}
              />
            </Field>
            <Field label={words("maxOff")}>
              <MoneyField
                value={discount.maxOffFen}
                disabled={disabled}
                onCommit={(maxOffFen) => onChange({ ...discount, maxOffFen })}
              />
            </Field>
          </>
        ) : (
          <Field label={words("off")} required>
            <MoneyField
              allowEmpty={false}
              value={discount.offFen}
              disabled={disabled}
              onCommit={(fen) => fen !== null && onChange({ ...discount, offFen: fen })}
            />
          </Field>
        )}
      </div>
      <Field label={words("scope")} hint={words("scopeHint")}>
        <MultiSelect
          options={products.map(({ value, label }) => ({ value, label }))}
          value={productIds ?? []}
          placeholder={words("allProducts")}
          onChange={(ids) => onChange({ ...discount, productIds: ids.length === 0 ? null : ids })}
        />
      </Field>
    </>
  );
}
