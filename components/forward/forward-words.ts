import { createContext, useContext } from "react";
import type zhCN from "../strings/zh-CN.json";

export type ForwardWords = (typeof zhCN)["forward"] & {
  readonly unknown: string;
  readonly expired: string;
  readonly notOnList: string;
};

const WordsContext = createContext<ForwardWords | null>(null);
export const WordsProvider = WordsContext.Provider;

export function useWords(): ForwardWords {
  const words = useContext(WordsContext);
  if (!words) throw new Error("outside WordsProvider");
  return words;
}

/** `{name}` and the like, as they are: no words of this page bend with a number. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ""));
}
