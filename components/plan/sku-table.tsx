"use client";
import { useTranslations } from "next-intl";
import { yuan } from "../format/money.ts";
import { useAct } from "../session/use-act.ts";
import type { ProductRow as Product } from "../session/show-slices.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { MoneyField } from "../ui/money-field.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useEditProduct } from "./edit-product.ts";
import { SavedCell } from "./saved-cell.tsx";

type Sku = Product["skus"][number];

/** The SKUs of a product: planned prices, the floor that the price guard keeps, stock to sell at first and stock held back. */
export function SkuTable({ product, disabled }: { product: Product; disabled: boolean }) {
  const words = useTranslations("plan.products");
  const act = useAct();
  const last = product.skus.at(-1);
  const add = () => {
    const names = new Set(product.skus.map(({ name }) => name));
    let number = product.skus.length + 1;
    while (names.has(words("skuName", { number }))) number += 1;
    const sku = { name: words("skuName", { number }), plannedFen: last?.plannedFen ?? 0, plannedSellable: 0 };
    void act("bag.editProduct", { productId: product.productId, skus: [sku] });
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between">
        <h3 className="text-sm font-semibold">{words("skuHeading")}</h3>
        <Button size="sm" disabled={disabled} onClick={add}>
          <Icon name="plus" size={12} />
          {words("addSku")}
        </Button>
      </div>
      <Table label={words("skuHeading")}>
        <Head>
          <Th className="bg-raised">{words("sku")}</Th>
          <Th className="bg-raised">{words("skuPlatformId")}</Th>
          {(["usualPrice", "livePrice", "floorPrice", "sellable", "pool"] as const).map((key) => (
            <Th key={key} numeric className="w-24 bg-raised">
              {words(key)}
            </Th>
          ))}
          <Th className="w-9 bg-raised" aria-label={words("removeSku")} />
        </Head>
        <tbody>
          {product.skus.map((sku) => (
            <SkuRow
              key={sku.skuId}
              productId={product.productId}
              sku={sku}
              disabled={disabled}
              only={product.skus.length === 1}
            />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function SkuRow({ productId, sku, disabled, only }: { productId: string; sku: Sku; disabled: boolean; only: boolean }) {
  const words = useTranslations("plan.products");
  const act = useAct();
  const edit = useEditProduct(productId);
  const save = <K extends Parameters<typeof edit.sku>[1]>(key: K) => edit.sku(sku.skuId, key);
  const money = (key: "usualFen" | "floorFen", label: string) => (
    <SavedCell<number | null> value={sku[key]} save={save(key)} show={(fen) => (fen === null ? "" : yuan(fen))}>
      {(field) => <MoneyField {...field} size="sm" aria-label={label} disabled={disabled} />}
    </SavedCell>
  );
  const units = (key: "plannedSellable" | "plannedPool", label: string) => (
    <SavedCell<number | null> value={sku[key]} save={(value, seen) => save(key)(value ?? 0, seen)} show={String}>
      {(field) => <NumberField {...field} size="sm" max={100_000_000} aria-label={label} disabled={disabled} />}
    </SavedCell>
  );
  return (
    <Tr>
      <Td className="px-1">
        <SavedCell value={sku.name} save={save("name")} show={String}>
          {(field) => (
            <TextField {...field} required size="sm" maxLength={120} aria-label={words("sku")} disabled={disabled} />
          )}
        </SavedCell>
      </Td>
      <Td className="px-1">
        <SavedCell
          value={sku.platformId ?? ""}
          save={(value, seen) => save("platformId")(value || null, seen || null)}
          show={String}
        >
          {(field) => (
            <TextField {...field} size="sm" maxLength={160} aria-label={words("skuPlatformId")} disabled={disabled} />
          )}
        </SavedCell>
      </Td>
      <Td className="px-1">{money("usualFen", words("usualPrice"))}</Td>
      <Td className="px-1">
        <SavedCell<number | null>
          value={sku.plannedFen}
          save={(value, seen) => save("plannedFen")(value ?? sku.plannedFen, seen)}
          show={(fen) => (fen === null ? "" : yuan(fen))}
        >
          {(field) => (
            <MoneyField {...field} allowEmpty={false} size="sm" aria-label={words("livePrice")} disabled={disabled} />
          )}
        </SavedCell>
      </Td>
      <Td className="px-1">{money("floorFen", words("floorPrice"))}</Td>
      <Td className="px-1">{units("plannedSellable", words("sellable"))}</Td>
      <Td className="px-1">{units("plannedPool", words("pool"))}</Td>
      <Td className="px-0">
        <IconButton
          label={words("removeSku")}
          size="iconSm"
          disabled={disabled || only}
          onClick={() => void act("bag.editProduct", { productId, removeSkuIds: [sku.skuId] })}
        >
          <Icon name="trash" size={13} />
        </IconButton>
      </Td>
    </Tr>
  );
}
