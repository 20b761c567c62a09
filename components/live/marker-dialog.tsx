"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { CommandInput } from "#domain/ops/index.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { takeAgo, useBusy, useDesk } from "./desk.tsx";
import { AGO_CHOICES, type AgoMs } from "./number-entry.ts";
import { useDeed, wasDone } from "./use-deed.ts";

const KINDS = ["highlight", "problem", "price", "stock", "host", "other"] as const satisfies readonly NonNullable<
  CommandInput<"marker.add">["kind"]
>[];

/** 打点: a note at this second, or a little before it, for the review. */
export function MarkerDialog({ onClose }: { onClose: () => void }) {
  const words = useTranslations("marker");
  const shelf = useTranslations("shelf");
  const deed = useDeed();
  const { entry } = useDesk();
  const busy = useBusy("marker");
  const [kind, setKind] = useState<(typeof KINDS)[number]>("highlight");
  const [text, setText] = useState("");
  const [ago, setAgo] = useState<AgoMs>(() => takeAgo(entry));
  const submit = async () => {
    if (wasDone(await deed("marker", "marker.add", { kind, text: text.trim(), ago }))) onClose();
  };
  return (
    <Dialog open onOpenChange={onClose} title={words("title")} width="md">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={words("text")}>
          <Input
            autoFocus
            maxLength={200}
            value={text}
            placeholder={words("placeholder")}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <Segmented
          label={words("kind")}
          value={kind}
          onChange={setKind}
          options={KINDS.map((one) => ({ value: one, label: words(`kinds.${one}`) }))}
        />
        <div className="flex items-center gap-3">
          <Segmented
            label={shelf("ago")}
            value={String(ago)}
            onChange={(value) => setAgo(AGO_CHOICES.find((one) => String(one) === value) ?? 0)}
            options={AGO_CHOICES.map((one) => ({ value: String(one), label: shelf(`agoChoice.${one}`) }))}
          />
          <Button type="submit" look="primary" className="ml-auto" busy={busy} hotkey="Enter">
            {words("add")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
