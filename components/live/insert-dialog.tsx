"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { CommandInput } from "#domain/ops/index.ts";
import { CUE_KIND_LIST } from "../plan/cue-kinds.ts";
import { useProductOptions } from "../plan/product-options.ts";
import { Button } from "../ui/button.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Select } from "../ui/select.tsx";
import { useBusy } from "./desk.tsx";
import { useDeed, wasDone } from "./use-deed.ts";

type NewCue = CommandInput<"rundown.insert">["cue"];

/** 插播: a cue that comes next. With a product it explains it when taken. */
export function InsertDialog({ onClose }: { onClose: () => void }) {
  const words = useTranslations("cues");
  const kinds = useTranslations("cueKind");
  const products = useProductOptions();
  const deed = useDeed();
  const busy = useBusy("insert");
  const [kind, setKind] = useState<NewCue["kind"]>("explain");
  const [productId, setProductId] = useState<string | null>(null);
  const [title, setTitle] = useState("");
  const [minutes, setMinutes] = useState<number | null>(5);
  const named = title.trim() || (products.find(({ value }) => value === productId)?.label ?? "");
  const submit = async () => {
    if (named === "") return;
    const acts: NewCue["acts"] = productId !== null && kind === "explain" ? [{ type: "explain", productId }] : [];
    const cue = { kind, title: named.slice(0, 80), productId, plannedMs: (minutes ?? 5) * 60_000, acts };
    if (wasDone(await deed("insert", "rundown.insert", { cue }))) onClose();
  };
  return (
    <Dialog open onOpenChange={onClose} title={words("insert")} description={words("insertHint")} width="sm">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={words("kind")}>
          <Select
            value={kind}
            onChange={setKind}
            options={CUE_KIND_LIST.map((one) => ({ value: one, label: kinds(one) }))}
          />
        </Field>
        {kind === "explain" ? (
          <Field label={words("product")}>
            <Combobox
              clearable
              value={productId}
              onChange={setProductId}
              options={products}
              placeholder={words("chooseProduct")}
            />
          </Field>
        ) : null}
        <div className="grid grid-cols-[1fr_96px] gap-3">
          <Field label={words("cueTitle")}>
            <Input
              autoFocus
              maxLength={80}
              value={title}
              placeholder={named}
              onChange={(event) => setTitle(event.target.value)}
            />
          </Field>
          <Field label={words("minutes")}>
            <NumberField min={1} max={720} value={minutes} onCommit={setMinutes} />
          </Field>
        </div>
        <Button type="submit" look="primary" className="self-end" busy={busy} disabled={named === ""}>
          {words("insertAsNext")}
        </Button>
      </form>
    </Dialog>
  );
}
