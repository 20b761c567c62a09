"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { durationMs } from "#domain/units.ts";
import type { Cell } from "#domain/wave/shapes.ts";
import { useDeed } from "../../live/use-deed.ts";
import { PictureField } from "../../push/editor/picture-field.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { useOfferUndo } from "../use-offer-undo.ts";
import { SaveButtons } from "../../ui/save-buttons.tsx";

const AGO = ["0", "600000", "1800000", "3600000"] as const;

/** A hand did it: when, and what shows it. */
export function TickDialog({ cell, onClose }: { cell: Cell; onClose: () => void }) {
  const words = useTranslations("warmupPlan.waves");
  const deed = useDeed();
  const offerUndo = useOfferUndo();
  const [ago, setAgo] = useState<(typeof AGO)[number]>("0");
  const [link, setLink] = useState("");
  const [note, setNote] = useState("");
  const [mediaKey, setMediaKey] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    if (busy) return;
    setBusy(true);
    const sent = await deed(`tick:${cell.cellId}`, "wave.tick", {
      cellId: cell.cellId,
      ago: durationMs(Number(ago)),
      link: link.trim(),
      note: note.trim(),
      mediaKey: mediaKey === "" ? null : mediaKey,
    });
    setBusy(false);
    if (sent?.status !== "ok") return;
    offerUndo(sent, words("ticked", { title: cell.title }));
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="sm"
      title={words("tickForm.title", { title: cell.title })}
      footer={
        <SaveButtons label={words("tickForm.submit")} busy={busy} onSave={() => void submit()} onClose={onClose} />
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={words("tickForm.ago")}>
          <Segmented
            label={words("tickForm.ago")}
            value={ago}
            onChange={setAgo}
            options={AGO.map((one) => ({ value: one, label: words(`tickForm.agoOf.${one}`) }))}
          />
        </Field>
        <Field label={words("tickForm.link")} hint={words("tickForm.linkHint")}>
          <Input
            autoFocus
            maxLength={500}
            value={link}
            placeholder="https://"
            onChange={(event) => setLink(event.target.value)}
          />
        </Field>
        <Field label={words("tickForm.note")}>
          <Input maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
        <PictureField mediaKey={mediaKey} onChange={setMediaKey} />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
