"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ComplianceRow } from "#domain/compliance/state.ts";
import { useAct } from "../../session/use-act.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Textarea } from "../../ui/input.tsx";
import { useFindingWords } from "./finding-words.ts";

/** Who lets a warning pass says why; the reason is kept with the words that it was given for. */
export function AcceptDialog({ finding, onClose }: { finding: ComplianceRow; onClose: () => void }) {
  const words = useTranslations("warmupPlan.compliance");
  const ui = useTranslations("ui");
  const { says, place } = useFindingWords();
  const act = useAct();
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setAsked(true);
    if (reason.trim() === "" || busy) return;
    setBusy(true);
    const done = await act("compliance.accept", { findingId: finding.findingId, reason: reason.trim() });
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words("acceptTitle")}
      description={words("acceptText")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" busy={busy} onClick={() => void submit()}>
            {words("accept")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-sm text-dim [overflow-wrap:anywhere]">
          {place(finding)}
          <br />
          {finding.words === "" ? null : <b className="pr-1.5 text-ink">「{finding.words}」</b>}
          {says(finding)}
        </p>
        <Field
          label={words("reason")}
          required
          error={asked && reason.trim() === "" ? words("reasonMissing") : undefined}
        >
          <Textarea
            autoFocus
            maxLength={200}
            value={reason}
            placeholder={words("reasonPlaceholder")}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      </div>
    </Dialog>
  );
}
