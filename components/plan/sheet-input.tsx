"use client";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { Row } from "#domain/sheet/cells.ts";
import { Button, buttonClasses } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Textarea } from "../ui/input.tsx";

const FILE_BYTES_MAX = 20_000_000;

/** Where the sheet comes in: what was copied in Excel, WPS or 飞书, or a file. */
export function SheetInput({
  ready,
  onText,
  onRows,
  onProblem,
}: {
  ready: boolean;
  onText: (text: string) => void;
  onRows: (rows: readonly Row[]) => void;
  onProblem: (problem: string) => void;
}) {
  const words = useTranslations("plan.sheet");
  const [text, setText] = useState("");
  const id = useId();
  const read = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > FILE_BYTES_MAX) return onProblem(words("fileTooLarge"));
    try {
      const { rowsOfFile } = await import("./sheet-file.ts");
      onRows(await rowsOfFile(file));
    } catch (cause) {
      console.error("the sheet can't be read", cause);
      onProblem(words("fileUnreadable", { name: file.name }));
    }
  };
  return (
    <div
      className="flex flex-col gap-3"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void read(event.dataTransfer.files[0]);
      }}
    >
      <Textarea
        autoFocus
        aria-label={words("pasteHere")}
        className="h-64 resize-none font-mono text-xs"
        placeholder={words("pasteHere")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData("text/plain");
          const file = event.clipboardData.files[0];
          if (pasted === "" && file) return void read(file);
          // A table goes on at once; a few words are somebody typing.
          if (!pasted.includes("\t") || text !== "") return;
          event.preventDefault();
          onText(pasted);
        }}
      />
      <div className="flex items-center gap-3">
        <label htmlFor={id} className={buttonClasses({ look: "plain" })}>
          <Icon name="upload" size={14} />
          {words("chooseFile")}
        </label>
        <input
          id={id}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx"
          className="sr-only"
          onChange={(event) => void read(event.target.files?.[0])}
        />
        <span className="text-xs text-faint">{words("fileKinds")}</span>
        <Button look="primary" className="ml-auto" disabled={!ready || text.trim() === ""} onClick={() => onText(text)}>
          {words("read")}
        </Button>
      </div>
    </div>
  );
}
