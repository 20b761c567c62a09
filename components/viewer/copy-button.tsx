"use client";
import { useState } from "react";
import { ActButton } from "./act-button.tsx";
import { useWords } from "./viewer-context.tsx";

/** Copies where the browser lets it; else says how to do it by hand. */
export function CopyButton({
  text,
  children,
  wide = false,
}: {
  readonly text: string;
  readonly children: string;
  readonly wide?: boolean;
}) {
  const words = useWords();
  const [state, setState] = useState<"ready" | "copied" | "byHand">("ready");
  const copy = async () => {
    const done = await import("../ui/copy-text.ts").then(({ copyText }) => copyText(text)).catch(() => false);
    setState(done ? "copied" : "byHand");
    setTimeout(() => setState("ready"), 2_500);
  };
  const said = state === "copied" ? words.copied : state === "byHand" ? words.copyByHand : children;
  return (
    <ActButton onPress={() => void copy()} wide={wide}>
      <span aria-live="polite">{said}</span>
    </ActButton>
  );
}
