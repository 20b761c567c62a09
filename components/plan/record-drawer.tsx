"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/dialog.tsx";

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
  const ui = useTranslations("ui");
  return (
    <Drawer
      open
      onOpenChange={onClose}
      {...(width ? { width } : {})}
      title={title}
      footer={
        <>
          {acts}
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" disabled={disabled || clashing} busy={busy} onClick={onSave}>
            {ui("save")}
          </Button>
        </>
      }
    >
      {children}
    </Drawer>
  );
}
