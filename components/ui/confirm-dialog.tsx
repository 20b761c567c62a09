"use client";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";
import { Input } from "./input.tsx";

export type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen, to whom, and whether it can be taken back. */
  children: ReactNode;
  confirmLabel: string;
  /** May take time; the dialog stays, busy, until it settles, and closes when it gives true. */
  onConfirm: () => Promise<boolean> | boolean;
  /** The person types this first (a price, a name), for what can't be taken back. */
  typed?: string | undefined;
  danger?: boolean;
};

/** Asks before an act, if wanted by typing what the act is about. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  confirmLabel,
  onConfirm,
  typed,
  danger = true,
}: ConfirmDialogProps) {
  const words = useTranslations("ui");
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const ready = typed === undefined || text.normalize("NFKC").trim() === typed.normalize("NFKC").trim();
  const change = (next: boolean) => {
    if (busy) return;
    setText("");
    onOpenChange(next);
  };
  const confirm = async () => {
    if (!ready || busy) return;
    setBusy(true);
    try {
      if (await onConfirm()) {
        setText("");
        onOpenChange(false);
      }
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      width="sm"
      footer={
        <>
          <Button onClick={() => change(false)} disabled={busy}>
            {words("cancel")}
          </Button>
          <Button look={danger ? "danger" : "primary"} disabled={!ready} busy={busy} onClick={() => void confirm()}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <div className="text-sm text-dim">{children}</div>
        {typed === undefined ? null : (
          <Field label={words("typeToConfirm", { text: typed })}>
            <Input autoFocus value={text} onChange={(event) => setText(event.target.value)} />
          </Field>
        )}
      </form>
    </Dialog>
  );
}
