"use client";
import { useTranslations } from "next-intl";
import * as z from "zod/mini";
import { useState } from "react";
import { fen } from "#domain/units.ts";
import { yuan } from "../format/money.ts";
import { useNames, useSession } from "../session/session-provider.tsx";
import type { ProductRow } from "../session/show-slices.ts";
import type { Sent } from "../session/source.ts";
import { useRefusal, useSentWords } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { fenFromText, textFromFen } from "../ui/money-text.ts";
import { Select } from "../ui/select.tsx";
import { Callout } from "../ui/states.tsx";
import { EvidenceTags } from "./evidence-tag.tsx";
import { takeAgo, useBusy, useDesk } from "./desk.tsx";
import { useDeed, wasDone } from "./use-deed.ts";

const GuardData = z.object({
  priceFen: z.number(),
  plannedFen: z.nullable(z.number()),
  floorFen: z.nullable(z.number()),
  netFen: z.number(),
  belowFloor: z.boolean(),
});

const GUARD_CODES = ["price.retype", "price.implausible", "state.changed"] as const;

/** A price goes live through the guard: the planned one at once, another one only typed twice, an implausible one never. */
export function PriceDialog({ productId, onClose }: { productId: string; onClose: () => void }) {
  const words = useTranslations("price");
  const row = useSession((show) => show.products.get(productId));
  if (!row) return null;
  return (
    <Dialog open onOpenChange={onClose} title={words("title", { linkNo: row.linkNo, name: row.name })}>
      <PriceForm row={row} onClose={onClose} />
    </Dialog>
  );
}

/** `andOpen`: what was being done when the guard asked; Enter goes on with it. */
type Asked = { readonly priceFen: number; readonly andOpen: boolean; readonly guard: z.infer<typeof GuardData> };

function PriceForm({ row, onClose }: { row: ProductRow; onClose: () => void }) {
  const words = useTranslations("price");
  const explain = useSentWords();
  const [skuId, setSkuId] = useState(row.skus.length === 1 ? (row.skus[0]?.skuId ?? "") : "");
  const [text, setText] = useState("");
  const [again, setAgain] = useState("");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [error, setError] = useState<string | null>(null);
  // The prices as this person saw them: what a colleague sets meanwhile is told before it is overwritten.
  const [seen, setSeen] = useState<Seen>(() => seenOf(row));
  const changed = row.skus.find((sku) => isAsked(sku, skuId) && seen.get(sku.skuId) !== sku.liveFen);
  const names = useNames();
  const evidence = useTranslations("evidence");
  const setPrice = useSetPrice(row, skuId, seen);
  const busy = useBusy(`price:${row.productId}`);
  const sale = row.saleState.value;
  // Before its sale opens a price is asked for to open it with; what is sold out comes back on sale by its own button only.
  const enterOpens = sale !== "onSale" && (asked ? asked.andOpen : sale === "notYet");

  const submit = async (andOpen: boolean) => {
    const priceFen = fenFromText(text);
    if (priceFen === null || priceFen === undefined) return setError(words("unreadable"));
    const confirmFen = asked ? (fenFromText(again) ?? undefined) : undefined;
    if (asked && confirmFen !== priceFen) return setError(words("notTheSame"));
    if (changed) {
      setSeen(seenOf(row));
      setAsked(null);
      const who = names(changed.priceEvidence?.by ?? "") ?? evidence("someone");
      return setError(
        words("changedMeanwhile", { who, price: changed.liveFen === null ? "–" : yuan(changed.liveFen) }),
      );
    }
    const sent = await setPrice(priceFen, confirmFen, andOpen);
    if (wasDone(sent)) return onClose();
    if (sent?.status !== "rejected") return;
    const guard = GuardData.safeParse(sent.data);
    if (sent.code === "price.retype" && guard.success) {
      setAsked({ priceFen, andOpen, guard: guard.data });
      setAgain("");
      return setError(null);
    }
    setAsked(null);
    setError(explain(sent));
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(enterOpens);
      }}
    >
      <SkuPrices row={row} skuId={skuId} seen={seen} onSku={setSkuId} />
      <Field label={words("new")} error={asked ? undefined : error}>
        <Input
          autoFocus
          size="lg"
          inputMode="decimal"
          className="text-xl font-bold"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAsked(null);
            setError(null);
          }}
        />
      </Field>
      {asked ? <GuardQuestion asked={asked} again={again} error={error} onAgain={setAgain} /> : null}
      <div className="flex justify-end gap-2">
        {sale === "onSale" ? null : (
          <Button busy={busy} onClick={() => void submit(!enterOpens)}>
            {words(enterOpens ? "setOnly" : "setAndOpen")}
          </Button>
        )}
        <Button type="submit" look="primary" busy={busy} hotkey="Enter">
          {words(enterOpens ? "setAndOpen" : "set")}
        </Button>
      </div>
    </form>
  );
}

/** Live price by SKU. */
type Seen = ReadonlyMap<string, number | null>;

const seenOf = ({ skus }: ProductRow): Seen => new Map(skus.map(({ skuId, liveFen }) => [skuId, liveFen]));

/** `""`: all SKUs are asked for. */
const isAsked = (sku: { readonly skuId: string }, skuId: string): boolean => skuId === "" || sku.skuId === skuId;

function useSetPrice(row: ProductRow, skuId: string, seen: Seen) {
  const deed = useDeed();
  const { entry } = useDesk();
  const { productId, skus, saleState } = row;
  return (priceFen: number, confirmFen: number | undefined, andOpen: boolean): Promise<Sent | null> => {
    const key = `price:${productId}`;
    const asked = skus.filter((sku) => isAsked(sku, skuId));
    const confirm = confirmFen === undefined ? {} : { confirmFen: fen(confirmFen) };
    const ago = takeAgo(entry);
    if (andOpen) {
      const prices = asked.map((sku) => ({ skuId: sku.skuId, priceFen: fen(priceFen), ...confirm }));
      return deed(
        key,
        "bag.openSale",
        { productId, prices, ago },
        { expect: { saleState: saleState.value }, quiet: GUARD_CODES },
      );
    }
    const live = new Set(asked.map((sku) => seen.get(sku.skuId)));
    const input = { productId, priceFen: fen(priceFen), ...confirm, ago, ...(skuId === "" ? {} : { skuId }) };
    const [only] = live;
    const expect = live.size === 1 && only !== undefined ? { expect: { liveFen: only } } : {};
    return deed(key, "bag.setPrice", input, { ...expect, quiet: GUARD_CODES });
  };
}

type SkuPricesProps = { row: ProductRow; skuId: string; seen: Seen; onSku: (skuId: string) => void };

function SkuPrices({ row, skuId, seen, onSku }: SkuPricesProps) {
  const words = useTranslations("price");
  const one = row.skus.find((sku) => sku.skuId === skuId);
  const shown = one ? [one] : row.skus.slice(0, 6);
  return (
    <div className="flex flex-col gap-2">
      {row.skus.length > 1 ? (
        <Field label={words("which")}>
          <Select
            value={skuId}
            onChange={onSku}
            options={[
              { value: "", label: words("allSkus", { count: row.skus.length }) },
              ...row.skus.map((sku) => ({ value: sku.skuId, label: sku.name })),
            ]}
          />
        </Field>
      ) : null}
      <ul className="flex flex-col gap-1 text-xs text-dim tabular-nums">
        {shown.map((sku) => (
          <li key={sku.skuId} className="flex items-center gap-3">
            <span className="w-24 truncate text-ink">{sku.name}</span>
            <span className={cn(seen.get(sku.skuId) !== sku.liveFen && "font-semibold text-wait-ink")}>
              {words("now", { price: sku.liveFen === null ? "–" : yuan(sku.liveFen) })}
            </span>
            <span>{words("planned", { price: yuan(sku.plannedFen) })}</span>
            <span>{words("floor", { price: sku.floorFen === null ? "–" : yuan(sku.floorFen) })}</span>
            <span className="ml-auto flex gap-1">
              {sku.priceEvidence ? <EvidenceTags evidence={sku.priceEvidence} provable /> : null}
            </span>
          </li>
        ))}
        {row.skus.length > shown.length && !one ? (
          <li className="text-faint">{words("more", { count: row.skus.length - shown.length })}</li>
        ) : null}
      </ul>
    </div>
  );
}

type GuardProps = { asked: Asked; again: string; error: string | null; onAgain: (text: string) => void };

/** Why it is asked again, and the price a second time. */
function GuardQuestion({ asked, again, error, onAgain }: GuardProps) {
  const words = useTranslations("price");
  const explain = useRefusal();
  const { guard, priceFen } = asked;
  return (
    <>
      <Callout tone="wait">
        {guard.belowFloor
          ? words("belowFloor", { net: yuan(guard.netFen), floor: yuan(guard.floorFen ?? 0) })
          : words("notPlanned", {
              planned: guard.plannedFen === null ? "–" : yuan(guard.plannedFen),
              price: yuan(priceFen),
            })}
      </Callout>
      <Field
        label={words("again", { price: textFromFen(priceFen) })}
        error={error ?? undefined}
        hint={explain("price.retype", guard)}
      >
        <Input
          autoFocus
          size="lg"
          inputMode="decimal"
          className="text-xl font-bold"
          value={again}
          onChange={(event) => onAgain(event.target.value)}
        />
      </Field>
    </>
  );
}
