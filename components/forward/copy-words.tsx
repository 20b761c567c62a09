"use client";
import { useEffect, useState } from "react";
import { copyText } from "../ui/copy-text.ts";
import { useWords } from "./forward-words.ts";
import { Card, MainButton } from "./parts.tsx";

const SAID_MS = 3_000;

/** As they are, signs and line breaks too; where the browser does not let a page copy, they can be selected. */
export function CopyWords({ text }: { readonly text: string | null }) {
  const words = useWords();
  const [state, setState] = useState<"ready" | "copied" | "failed">("ready");
  useEffect(() => {
    if (state === "ready") return;
    const timer = setTimeout(() => setState("ready"), SAID_MS);
    return () => clearTimeout(timer);
  }, [state]);
  if (text === null) {
    return (
      <Card title={words.copyTitle}>
        <p className="pt-1 text-dim">{words.noWords}</p>
      </Card>
    );
  }
  const copy = async () => setState((await copyText(text)) ? "copied" : "failed");
  return (
    <Card title={words.copyTitle}>
      <p
        className="my-2 max-h-48 overflow-y-auto rounded-lg bg-ground p-3 text-base break-words whitespace-pre-wrap select-text"
        tabIndex={0}
      >
        {text}
      </p>
      <MainButton onPress={() => void copy()}>
        <span aria-live="polite">{state === "copied" ? `✓ ${words.copied}` : words.copy}</span>
      </MainButton>
      {state === "failed" ? (
        <p role="alert" className="pt-2 text-sm text-wait">
          {words.copyFailed}
        </p>
      ) : null}
    </Card>
  );
}
