"use client";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { count, yuan } from "../format/money.ts";
import type { ProductRow as Product } from "../session/show-slices.ts";
import { cn } from "../ui/cn.ts";
import { IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { MoneyField } from "../ui/money-field.tsx";
import { textFromFen } from "../ui/money-text.ts";
import { NumberField } from "../ui/number-field.tsx";
import { Select } from "../ui/select.tsx";
import { Tag } from "../ui/tag.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useEditProduct } from "./edit-product.ts";
import { usePlan } from "./plan-context.tsx";
import { SavedCell } from "./saved-cell.tsx";

// On a phone only the first two, the fifth and the last have room: link number, name, live price, and the way to all the rest.
const columns = cn(
  "grid grid-cols-[56px_minmax(180px,1fr)_112px_96px_104px_96px_88px_88px_minmax(120px,0.7fr)_72px] items-center gap-1",
  "max-md:grid-cols-[48px_minmax(0,1fr)_92px_40px]",
  "max-md:[&>:is(:nth-child(3),:nth-child(4),:nth-child(n+6):not(:last-child))]:hidden",
);

export function ProductPlanHead() {
  const words = useTranslations("plan.products");
  const right = "text-right pr-2";
  return (
    <div className={cn(columns, "h-8 border-b pl-6 text-xs text-faint")}>
      <span className="pl-2">{words("linkNo")}</span>
      <span className="pl-2">{words("name")}</span>
      <span className="pl-2">{words("role")}</span>
      <span className={right}>{words("usualPrice")}</span>
      <span className={right}>{words("livePrice")}</span>
      <span className={right}>{words("floorPrice")}</span>
      <span className={right}>{words("sellable")}</span>
      <span className={right}>{words("pool")}</span>
      <span className="pl-2">{words("mechanism")}</span>
      <span />
    </div>
  );
}

type RowProps = { product: Product; disabled: boolean; onOpen: () => void };

/** One product in one line; with several SKUs their prices and stock are shown as a span and edited beside. */
export const ProductPlanRow = memo(function ProductPlanRow({ product, disabled, onOpen }: RowProps) {
  const words = useTranslations("plan.products");
  const { room } = usePlan();
  const edit = useEditProduct(product.productId);
  const roles = [...new Set([...room.productRoles, ...(product.role ? [product.role] : [])])];
  return (
    <div className={cn(columns, "h-full text-sm")}>
      <SavedCell<number | null>
        value={product.linkNo}
        save={(value, seen) => edit.field("linkNo")(value ?? product.linkNo, seen)}
        show={String}
      >
        {(field) => (
          <NumberField {...field} size="sm" min={1} max={9999} aria-label={words("linkNo")} disabled={disabled} />
        )}
      </SavedCell>
      <SavedCell value={product.name} save={edit.field("name")} show={String}>
        {(field) => (
          <TextField
            {...field}
            required
            size="sm"
            maxLength={120}
            aria-label={words("name")}
            title={product.name}
            disabled={disabled}
            className={cn(field.className, "text-left text-sm text-ellipsis")}
          />
        )}
      </SavedCell>
      <SavedCell value={product.role} save={edit.field("role")} show={String}>
        {({ value, onCommit, className }) => (
          <Select
            size="sm"
            aria-label={words("role")}
            className={className}
            value={value}
            onChange={onCommit}
            disabled={disabled}
            options={[{ value: "", label: "–" }, ...roles.map((role) => ({ value: role, label: role }))]}
          />
        )}
      </SavedCell>
      <SkuCells product={product} disabled={disabled} onOpen={onOpen} />
      <span className="truncate pl-2 text-xs text-dim" title={product.mechanism}>
        {product.mechanism}
      </span>
      <span className="flex items-center justify-end gap-1 pr-2">
        {product.skus.length > 1 ? (
          <span className="flex max-md:hidden">
            <Tag shape={false}>{words("skus", { count: product.skus.length })}</Tag>
          </span>
        ) : null}
        <IconButton label={words("open", { name: product.name })} size="iconSm" onClick={onOpen}>
          <Icon name="edit" size={13} />
        </IconButton>
      </span>
    </div>
  );
});

function SkuCells({ product, disabled, onOpen }: RowProps) {
  const words = useTranslations("plan.products");
  const edit = useEditProduct(product.productId);
  const [sku] = product.skus;
  if (product.skus.length !== 1 || !sku) {
    const open = "h-7 truncate rounded-md px-2 text-right text-xs tabular-nums hover:bg-picked";
    const cells = [
      span(product.skus.flatMap(({ usualFen }) => (usualFen === null ? [] : [usualFen]))),
      span(product.skus.map(({ plannedFen }) => plannedFen)),
      span(product.skus.flatMap(({ floorFen }) => (floorFen === null ? [] : [floorFen]))),
      count(product.skus.reduce((sum, one) => sum + one.plannedSellable, 0)),
      count(product.skus.reduce((sum, one) => sum + one.plannedPool, 0)),
    ];
    return cells.map((cell, index) => (
      <button key={index} type="button" className={open} onClick={onOpen}>
        {cell}
      </button>
    ));
  }
  const money = (key: "usualFen" | "plannedFen" | "floorFen", label: string) => (
    <SavedCell<number | null>
      value={sku[key]}
      save={(value, seen) => edit.sku(sku.skuId, key)(value ?? 0, seen)}
      show={(fen) => (fen === null ? "" : yuan(fen))}
    >
      {(field) => (
        <MoneyField {...field} allowEmpty={false} sign={false} size="sm" aria-label={label} disabled={disabled} />
      )}
    </SavedCell>
  );
  const units = (key: "plannedSellable" | "plannedPool", label: string) => (
    <SavedCell<number | null>
      value={sku[key]}
      save={(value, seen) => edit.sku(sku.skuId, key)(value ?? 0, seen)}
      show={String}
    >
      {(field) => <NumberField {...field} size="sm" max={100_000_000} aria-label={label} disabled={disabled} />}
    </SavedCell>
  );
  return (
    <>
      {money("usualFen", words("usualPrice"))}
      {money("plannedFen", words("livePrice"))}
      {money("floorFen", words("floorPrice"))}
      {units("plannedSellable", words("sellable"))}
      {units("plannedPool", words("pool"))}
    </>
  );
}

/** As the fields of one price show theirs. */
function span(fens: readonly number[]): string {
  if (fens.length === 0) return "–";
  const low = Math.min(...fens);
  const high = Math.max(...fens);
  return low === high ? textFromFen(low) : `${textFromFen(low)}–${textFromFen(high)}`;
}
