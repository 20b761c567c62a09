"use client";
import { useState } from "react";
import { ActButton } from "./act-button.tsx";
import { useWords } from "./viewer-context.tsx";

/** Copies where the browser lets it; else says how to do it by hand. WeChat's older browsers have no clipboard for pages. */
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
    setState((await copied(text)) ? "copied" : "byHand");
    setTimeout(() => setState("ready"), 2_500);
  };
  const said = state === "copied" ? words.copied : state === "byHand" ? words.copyByHand : children;
  return (
    <ActButton onPress={() => void copy()} wide={wide}>
      <span aria-live="polite">{said}</span>
    </ActButton>
  );
}

async function copied(text: string): Promise<boolean> {
  try {
    // Absent where the page is not served over https.
    if (window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused: the old way may still be allowed.
  }
  return copiedBySelection(text);
}

function copiedBySelection(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "fixed top-0 left-0 opacity-0";
  document.body.append(field);
  field.select();
  field.setSelectionRange(0, text.length);
  // oxlint-disable-next-line typescript/no-deprecated -- the only way in a page without https
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
