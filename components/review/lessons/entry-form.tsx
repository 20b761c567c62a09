"use client";
import { useState, type ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";

/** The longest text of an improvement or a lesson. */
const TEXT_MAX = 200;

/**
 * What improvements and lessons are written in: a line of words, fields of its kind, and one button. Sends once however often it is
 * pressed; `onSave` says whether it was written.
 */
export function EntryForm({
  label,
  hint,
  text,
  onText,
  ready,
  submit,
  onSave,
  beside,
  children,
}: {
  label: string;
  hint: string;
  text: string;
  onText: (text: string) => void;
  ready: boolean;
  submit: string;
  onSave: () => Promise<void>;
  /** Beside the button. */
  beside?: ReactNode;
  children: ReactNode;
}) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (!ready || busy) return;
    setBusy(true);
    await onSave();
    setBusy(false);
  };
  return (
    <form
      data-own-keys
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={label} required>
        <Input maxLength={TEXT_MAX} value={text} placeholder={hint} onChange={(event) => onText(event.target.value)} />
      </Field>
      {children}
      <div className="flex gap-2">
        <Button type="submit" look="primary" busy={busy} disabled={!ready}>
          {submit}
        </Button>
        {beside}
      </div>
    </form>
  );
}
