"use client";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { buttonClasses } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { FILE_BYTES_MAX } from "./import-api.ts";

/** Where a file comes in: dropped, or chosen. */
export function FileDrop({
  disabled,
  onFile,
  onTooLarge,
}: {
  disabled: boolean;
  onFile: (file: File) => void;
  onTooLarge: () => void;
}) {
  const words = useTranslations("import");
  const [over, setOver] = useState(false);
  const id = useId();
  const take = (file: File | undefined) => {
    if (!file || disabled) return;
    if (file.size > FILE_BYTES_MAX) return onTooLarge();
    onFile(file);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
      className={cn(
        "flex flex-col items-center gap-3 rounded-lg border border-dashed border-edge px-6 py-12 text-center",
        over && !disabled && "border-act-edge bg-hover",
        disabled && "opacity-45",
      )}
    >
      <Icon name="upload" size={24} className="text-faint" />
      <p className="text-sm font-medium">{words("dropHere")}</p>
      <label htmlFor={id} className={cn(buttonClasses({ look: "primary" }), "cursor-pointer focus-within:outline-2")}>
        {words("chooseFile")}
        <input
          id={id}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx"
          disabled={disabled}
          className="sr-only"
          onChange={(event) => {
            take(event.target.files?.[0]);
            // The same file can be chosen again.
            event.target.value = "";
          }}
        />
      </label>
      <p className="max-w-xl text-xs text-dim">{words("dropHint")}</p>
    </div>
  );
}
