"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "../ui/button.tsx";
import { copyText } from "../ui/copy-text.ts";
import { Icon } from "../ui/icon.tsx";

/** Something to be entered elsewhere, with the button that copies it. */
export function CopyValue({ value, label }: { value: string; label: string }) {
  const ui = useTranslations("ui");
  const [copied, setCopied] = useState(false);
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <code className="min-w-0 truncate rounded-sm bg-sunken px-1.5 font-mono text-xs leading-6" title={value}>
        {value}
      </code>
      <IconButton
        size="iconSm"
        label={`${ui(copied ? "copied" : "copy")} ${label}`}
        onClick={() => void copyText(value).then(setCopied)}
      >
        <Icon name={copied ? "check" : "copy"} size={13} />
      </IconButton>
    </span>
  );
}
