"use client";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Textarea } from "../../ui/input.tsx";

const LENGTH_MAX = 300;

/** An act that wants words with it: a reason, an appeal, a note. */
export function WordsDialog({
  title,
  text,
  label,
  placeholder,
  hint,
  missing = null,
  submit,
  danger = false,
  onSubmit,
  onClose,
}: {
  title: string;
  text: ReactNode;
  label: string;
  placeholder?: string;
  hint?: string;
  /** What is said when it is sent without words; `null`: it may be. */
  missing?: string | null;
  submit: string;
  danger?: boolean;
  /** True: done, the dialog closes. */
  onSubmit: (words: string) => Promise<boolean>;
  onClose: () => void;
}) {
  const ui = useTranslations("ui");
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const isMissing = missing !== null && typed.trim() === "";
  const send = async () => {
    setAsked(true);
    if (isMissing || busy) return;
    setBusy(true);
    try {
      if (await onSubmit(typed.trim())) onClose();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open || busy ? undefined : onClose())}
      title={title}
      width="sm"
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            {ui("cancel")}
          </Button>
          <Button look={danger ? "danger" : "primary"} busy={busy} onClick={() => void send()}>
            {submit}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-sm text-dim">{text}</p>
        <Field label={label} required={missing !== null} hint={hint} error={asked && isMissing ? missing : undefined}>
          <Textarea
            autoFocus
            maxLength={LENGTH_MAX}
            placeholder={placeholder}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
            }}
          />
        </Field>
      </div>
    </Dialog>
  );
}
