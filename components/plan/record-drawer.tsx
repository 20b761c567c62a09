"use client";
import type { ReactNode } from "react";
import { Drawer } from "../ui/dialog.tsx";
import { SaveButtons } from "../ui/save-buttons.tsx";

type Props = {
  readonly title: string;
  readonly width?: "lg";
  /** Saving is not for this person, or not any more. */
  readonly disabled: boolean;
  /** Somebody else's change stands against the draft's: to be settled first. */
  readonly clashing: boolean;
  readonly busy: boolean;
  /** What else can be done with it, left of the two buttons. */
  readonly acts?: ReactNode;
  readonly onSave: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** Frame of what is written as a whole (useWholeDraft) and saved with one press. */
export function RecordDrawer({
  title,
  width,
  disabled,
  clashing,
  busy,
  acts,
  onSave,
  onClose,
  children,
}: Props): ReactNode {
  return (
    <Drawer
      open
      onOpenChange={onClose}
      {...(width ? { width } : {})}
      title={title}
      footer={
        <>
          {acts}
          <SaveButtons disabled={disabled || clashing} busy={busy} onSave={onSave} onClose={onClose} />
        </>
      }
    >
      {children}
    </Drawer>
  );
}
