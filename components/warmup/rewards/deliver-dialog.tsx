"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Grant } from "#domain/reward/state.ts";
import { useAct } from "../../session/use-act.ts";
import { useNames, useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { notify } from "../../ui/toast.tsx";

/** A hand gave it: noted with who and when, and may be taken back. */
export function DeliverDialog({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const words = useTranslations("warmupPlan.rewards");
  const ui = useTranslations("ui");
  const { stepId, personId } = grant;
  const title = useSession((show) => show.rewardSteps.get(stepId)?.title ?? "");
  const name = useNames()(`person:${personId}`) ?? words("queue.nobody");
  const act = useAct();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    // Enter in the field comes here too, and twice when it is held.
    if (busy) return;
    setBusy(true);
    const done = await act("reward.deliver", { stepId, personId, note: note.trim() });
    setBusy(false);
    if (!done) return;
    notify({ tone: "sure", title: words("deliver.done", { name, title }) });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="sm"
      title={words("deliver.title", { name })}
      description={title}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" busy={busy} onClick={() => void submit()}>
            {words("deliver.submit")}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={words("deliver.note")}>
          <Input
            autoFocus
            maxLength={200}
            value={note}
            placeholder={words("deliver.notePlaceholder")}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
