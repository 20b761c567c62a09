"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { fen, instant } from "#domain/units.ts";
import { yuan } from "../format/money.ts";
import { clockSeconds } from "../format/time.ts";
import { useSession } from "../session/session-provider.tsx";
import type { ProductRow } from "../session/show-slices.ts";
import { Button } from "../ui/button.tsx";
import { instantFromShanghai, shanghaiText } from "../ui/date-time-text.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { fenFromText, textFromFen } from "../ui/money-text.ts";
import { Select } from "../ui/select.tsx";
import { Callout } from "../ui/states.tsx";
import { useBusy } from "./desk.tsx";
import { useShowClock } from "./show-clock.tsx";
import { useDeed, wasDone } from "./use-deed.ts";

/** Marks a price that should not have been live; the mark yields the list of orders at it. */
export function WrongPriceDialog({ productId, onClose }: { productId: string; onClose: () => void }) {
  const words = useTranslations("wrongPrice");
  const row = useSession((show) => show.products.get(productId));
  if (!row) return null;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words("title", { linkNo: row.linkNo, name: row.name })}
      description={words("hint")}
    >
      <div className="flex flex-col gap-5">
        <Marks productId={productId} />
        <MarkForm row={row} onClose={onClose} />
      </div>
    </Dialog>
  );
}

function Marks({ productId }: { productId: string }) {
  const words = useTranslations("wrongPrice");
  const sessionId = useSession((show) => show.session.sessionId);
  const marks = useSession((show) => show.wrongPrices);
  const own = [...marks.values()].filter((mark) => mark.productId === productId);
  if (own.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1">
      {own.map((mark) => (
        <li key={mark.markId} className="flex items-center gap-3 text-sm tabular-nums">
          <b>{yuan(mark.priceFen)}</b>
          <span className="text-dim">
            {clockSeconds(mark.from)} – {mark.to === null ? words("still") : clockSeconds(mark.to)}
          </span>
          <span className="min-w-0 flex-1 truncate text-faint">{mark.note}</span>
          <Button asChild size="sm">
            <a href={`/api/v1/sessions/${sessionId}/exports/wrong-price.csv`} download>
              {words("csv")}
            </a>
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** The field's own text, with the second: orders are told apart by it. */
const toSecond = (at: number) => `${shanghaiText(at)}:${clockSeconds(at).slice(6)}`;

function MarkForm({ row, onClose }: { row: ProductRow; onClose: () => void }) {
  const words = useTranslations("wrongPrice");
  const clock = useShowClock();
  const deed = useDeed();
  const busy = useBusy(`wrong:${row.productId}`);
  const [skuId, setSkuId] = useState(row.skus[0]?.skuId ?? "");
  const sku = row.skus.find((other) => other.skuId === skuId);
  const [price, setPrice] = useState(textFromFen(sku?.liveFen ?? null));
  const [from, setFrom] = useState(() => toSecond(sku?.priceEvidence?.happenedAt ?? clock()));
  const [note, setNote] = useState("");
  const [error, setError] = useState<string | null>(null);
  const choose = (next: string) => {
    const chosen = row.skus.find((other) => other.skuId === next);
    setSkuId(next);
    setPrice(textFromFen(chosen?.liveFen ?? null));
    setFrom(toSecond(chosen?.priceEvidence?.happenedAt ?? clock()));
  };
  const submit = async () => {
    const priceFen = fenFromText(price);
    const fromAt = instantFromShanghai(from);
    if (!priceFen || fromAt === undefined) return setError(words("incomplete"));
    const input = {
      productId: row.productId,
      skuId,
      priceFen: fen(priceFen),
      from: instant(fromAt),
      note: note.trim(),
    };
    if (wasDone(await deed(`wrong:${row.productId}`, "bag.markWrongPrice", input))) onClose();
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="grid grid-cols-3 gap-3">
        <Field label={words("sku")}>
          <Select
            value={skuId}
            onChange={choose}
            options={row.skus.map((one) => ({ value: one.skuId, label: one.name }))}
          />
        </Field>
        <Field label={words("price")}>
          <Input inputMode="decimal" value={price} onChange={(event) => setPrice(event.target.value)} />
        </Field>
        <Field label={words("from")}>
          <Input type="datetime-local" step={1} value={from} onChange={(event) => setFrom(event.target.value)} />
        </Field>
      </div>
      <Field label={words("note")}>
        <Input maxLength={400} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {error ? <Callout tone="air">{error}</Callout> : null}
      <p className="text-xs text-faint">{words("after")}</p>
      <Button type="submit" look="danger" className="self-end" busy={busy}>
        {words("mark")}
      </Button>
    </form>
  );
}
