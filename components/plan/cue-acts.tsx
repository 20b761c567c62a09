"use client";
import { useLocale, useTranslations } from "next-intl";
import { withWords } from "#domain/message-text.ts";
import type { Act, Cue } from "#domain/cue.ts";
import type { CommandInput } from "#domain/ops/index.ts";
import { useSession } from "../session/session-provider.tsx";
import type { Sent } from "../session/source.ts";
import { useList } from "../ui/use-list.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { Icon } from "../ui/icon.tsx";
import { Menu } from "../ui/menu.tsx";
import { MoneyField } from "../ui/money-field.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Select } from "../ui/select.tsx";
import { Tag } from "../ui/tag.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useProductOptions } from "./product-options.ts";
import { Conflict, SaveMark, useSaved } from "./saved-field.tsx";
import { UnknownPlaceholders } from "./unknown-placeholders.tsx";

type ActInput = NonNullable<CommandInput<"rundown.editCue">["acts"]>[number];
const ACTS_MAX = 12;

/** What the cue sets off when it is taken, each answered by itself. */
export function CueActs({
  cue,
  save,
  disabled,
}: {
  cue: Cue;
  save: (acts: ActInput[]) => Promise<Sent>;
  disabled: boolean;
}) {
  const words = useTranslations("plan.acts");
  const list = useList();
  const saved = useSaved<readonly ActInput[]>(cue.acts, (acts) => save([...acts]));
  const fresh = useFreshAct(cue);
  const acts = saved.value;
  const set = (index: number, next: ActInput) => saved.commit(acts.with(index, next));
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-3">
        <span className="text-xs text-dim">{words("heading")}</span>
        <SaveMark status={saved.status} />
        <Menu
          items={fresh.map(({ type, make }) => ({
            label: words(`type.${type}`),
            disabled: make === null,
            onSelect: () => {
              if (make) saved.commit([...acts, make]);
            },
          }))}
        >
          <Button size="sm" className="ml-auto" disabled={disabled || acts.length >= ACTS_MAX} aria-haspopup="menu">
            <Icon name="plus" size={12} />
            {words("add")}
          </Button>
        </Menu>
      </div>
      {saved.error ? (
        <p role="alert" className="text-xs text-air-ink">
          {saved.error}
        </p>
      ) : null}
      {saved.conflict ? (
        <Conflict saved={saved} show={(of) => list(of.map(({ type }) => words(`type.${type}`)))} who={undefined} />
      ) : null}
      {acts.length === 0 ? <p className="text-xs text-faint">{words("empty")}</p> : null}
      <ol className="flex flex-col gap-1.5">
        {acts.map((act, index) => (
          <li
            key={`${index}-${act.type}`}
            className="flex items-center gap-2 rounded-md border bg-raised py-1 pr-1 pl-2"
          >
            <Tag shape={false}>{words(`type.${act.type}`)}</Tag>
            <div className="flex min-w-0 flex-1 items-center gap-1.5">
              <ActFields act={act} disabled={disabled} onChange={(next) => set(index, next)} />
            </div>
            <IconButton
              label={words("remove")}
              size="iconSm"
              disabled={disabled}
              onClick={() => saved.commit(acts.toSpliced(index, 1))}
            >
              <Icon name="close" size={12} />
            </IconButton>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** What each kind of act begins with; `null` when there is nothing yet that it could be about. */
function useFreshAct(cue: Cue): readonly { readonly type: Act["type"]; readonly make: ActInput | null }[] {
  const words = useTranslations("plan.acts");
  const products = useSession((show) => show.products);
  const coupons = useSession((show) => show.coupons);
  const lotteries = useSession((show) => show.lotteries);
  const product = (cue.productId === null ? undefined : products.get(cue.productId)) ?? products.values().next().value;
  const sku = product?.skus[0];
  const couponId = coupons?.keys().next().value;
  const lotteryId = lotteries?.keys().next().value;
  return [
    { type: "explain", make: product ? { type: "explain", productId: product.productId } : null },
    { type: "openSale", make: product ? { type: "openSale", productId: product.productId } : null },
    {
      type: "price",
      make:
        product && sku
          ? { type: "price", productId: product.productId, skuId: sku.skuId, priceFen: sku.plannedFen }
          : null,
    },
    {
      type: "release",
      make:
        product && sku
          ? { type: "release", productId: product.productId, skuId: sku.skuId, units: Math.max(1, sku.pool) }
          : null,
    },
    { type: "couponPush", make: couponId === undefined ? null : { type: "couponPush", couponId } },
    { type: "lotteryOpen", make: lotteryId === undefined ? null : { type: "lotteryOpen", lotteryId } },
    { type: "message", make: { type: "message", to: "host", text: words("newMessage") } },
  ];
}

function ActFields({
  act,
  disabled,
  onChange,
}: {
  act: ActInput;
  disabled: boolean;
  onChange: (act: ActInput) => void;
}) {
  const words = useTranslations("plan.acts");
  const language = useLocale() === "en" ? "en" : "zh";
  switch (act.type) {
    case "explain":
    case "openSale":
      return (
        <ProductPick
          value={act.productId}
          disabled={disabled}
          onChange={(productId) => onChange({ ...act, productId })}
        />
      );
    case "price":
    case "release":
      return <SkuActFields act={act} disabled={disabled} onChange={onChange} />;
    case "couponPush":
      return (
        <CouponPick value={act.couponId} disabled={disabled} onChange={(couponId) => onChange({ ...act, couponId })} />
      );
    case "lotteryOpen":
      return (
        <LotteryPick
          value={act.lotteryId}
          disabled={disabled}
          onChange={(lotteryId) => onChange({ ...act, lotteryId })}
        />
      );
    case "message":
      return (
        <>
          <Select
            size="sm"
            className="w-20 shrink-0"
            aria-label={words("to")}
            value={act.to}
            disabled={disabled}
            onChange={(to) => onChange({ ...act, to })}
            options={[
              { value: "host", label: words("host") },
              { value: "assistant", label: words("assistant") },
            ]}
          />
          <div className="min-w-0 flex-1">
            <TextField
              size="sm"
              required
              aria-label={words("text")}
              maxLength={200}
              value={withWords(act.text, language)}
              disabled={disabled}
              onCommit={(text) => onChange({ ...act, text })}
            />
            <UnknownPlaceholders text={act.text} />
          </div>
        </>
      );
    default:
      return act satisfies never;
  }
}

type PickProps = { value: string; disabled: boolean; onChange: (id: string) => void };

function ProductPick({ value, disabled, onChange }: PickProps) {
  const words = useTranslations("plan.acts");
  const options = useProductOptions();
  return (
    <Combobox
      size="sm"
      label={words("product")}
      placeholder={words("product")}
      options={options}
      value={value}
      disabled={disabled}
      onChange={(id) => id !== null && onChange(id)}
    />
  );
}

function CouponPick({ value, disabled, onChange }: PickProps) {
  const words = useTranslations("plan.acts");
  const coupons = useSession((show) => show.coupons);
  const options = [...(coupons?.values() ?? [])].map(({ couponId, title }) => ({ value: couponId, label: title }));
  return (
    <Combobox
      size="sm"
      label={words("coupon")}
      placeholder={words("coupon")}
      options={options}
      value={value}
      disabled={disabled}
      onChange={(id) => id !== null && onChange(id)}
    />
  );
}

function LotteryPick({ value, disabled, onChange }: PickProps) {
  const words = useTranslations("plan.acts");
  const lotteries = useSession((show) => show.lotteries);
  const options = [...(lotteries?.values() ?? [])].map(({ lotteryId, title }) => ({ value: lotteryId, label: title }));
  return (
    <Combobox
      size="sm"
      label={words("lottery")}
      placeholder={words("lottery")}
      options={options}
      value={value}
      disabled={disabled}
      onChange={(id) => id !== null && onChange(id)}
    />
  );
}

type SkuAct = Extract<ActInput, { type: "price" | "release" }>;

/** A product, one of its SKUs, and the price or the units. */
function SkuActFields({
  act,
  disabled,
  onChange,
}: {
  act: SkuAct;
  disabled: boolean;
  onChange: (act: ActInput) => void;
}) {
  const words = useTranslations("plan.acts");
  const products = useSession((show) => show.products);
  const skus = products.get(act.productId)?.skus ?? [];
  const changeProduct = (productId: string) => {
    const sku = products.get(productId)?.skus[0];
    if (!sku) return;
    onChange(
      act.type === "price"
        ? { ...act, productId, skuId: sku.skuId, priceFen: sku.plannedFen }
        : { ...act, productId, skuId: sku.skuId },
    );
  };
  return (
    <>
      <ProductPick value={act.productId} disabled={disabled} onChange={changeProduct} />
      {skus.length > 1 ? (
        <Select
          size="sm"
          className="w-24 shrink-0"
          aria-label={words("sku")}
          value={act.skuId ?? ""}
          disabled={disabled}
          onChange={(skuId) => onChange(skuId === "" ? wholeProduct(act) : { ...act, skuId })}
          options={[
            { value: "", label: words("allSkus") },
            ...skus.map(({ skuId, name }) => ({ value: skuId, label: name })),
          ]}
        />
      ) : null}
      <div className="w-24 shrink-0">
        {act.type === "price" ? (
          <MoneyField
            size="sm"
            aria-label={words("price")}
            allowEmpty={false}
            value={act.priceFen}
            disabled={disabled}
            onCommit={(fen) => fen !== null && onChange({ ...act, priceFen: fen })}
          />
        ) : (
          <NumberField
            size="sm"
            aria-label={words("units")}
            min={1}
            max={1_000_000}
            value={act.units}
            disabled={disabled}
            onCommit={(units) => units !== null && onChange({ ...act, units })}
          />
        )}
      </div>
    </>
  );
}

function wholeProduct(act: SkuAct): ActInput {
  const { skuId: _one, ...rest } = act;
  return rest;
}
