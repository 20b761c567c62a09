"use client";
import { useTranslations } from "next-intl";
import { Button } from "./button.tsx";

type Props = {
  /** What the press does; saving, where nothing else is said. */
  readonly label?: string;
  readonly disabled?: boolean;
  readonly busy: boolean;
  readonly onSave: () => void;
  readonly onClose: () => void;
};

/** The foot of a form in a dialog: leave it, or do it. */
export function SaveButtons({ label, disabled = false, busy, onSave, onClose }: Props) {
  const ui = useTranslations("ui");
  return (
    <>
      <Button onClick={onClose}>{ui("cancel")}</Button>
      <Button look="primary" disabled={disabled} busy={busy} onClick={onSave}>
        {label ?? ui("save")}
      </Button>
    </>
  );
}
