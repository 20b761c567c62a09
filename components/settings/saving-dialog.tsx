"use client";
import { useState, type ReactNode } from "react";
import { AnyAnswer, request } from "../http/request.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Callout } from "../ui/states.tsx";
import { SaveButtons } from "../ui/save-buttons.tsx";

type Props = {
  title: string;
  description?: string;
  /** Whether what is written can be saved. */
  isReady: boolean;
  /** Where it is saved; asked for at the press, so that it is what stands there then. */
  ask: () => { readonly path: string; readonly method: "POST" | "PATCH"; readonly body: unknown };
  onClose: () => void;
  onSaved: () => void;
  children: ReactNode;
};

/** One thing of the settings, new or changed: sent once a press; what the server refuses is said above the fields, which stay as they were written. */
export function SavingDialog({ title, description, isReady, ask, onClose, onSaved, children }: Props) {
  const explain = useFailure();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    if (!isReady || busy) return;
    setBusy(true);
    const { path, ...sent } = ask();
    const reply = await request(path, { ...sent, shape: AnyAnswer });
    setBusy(false);
    if (reply.ok) onSaved();
    else setProblem(explain(reply.failure));
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={description}
      footer={<SaveButtons disabled={!isReady} busy={busy} onSave={() => void submit()} onClose={onClose} />}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {problem ? <Callout tone="air">{problem}</Callout> : null}
        {children}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
