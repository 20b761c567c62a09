"use client";
import { useCallback, useState } from "react";

/** A small set of words that this browser keeps under `key`, so that a reload forgets nothing. The newest `most` stay. */
export function useKeptSet(key: string, most = 200) {
  const [kept, setKept] = useState<ReadonlySet<string>>(() => read(key));
  const change = useCallback(
    (word: string, on: boolean) =>
      setKept((old) => {
        const others = [...old].filter((each) => each !== word);
        const next = on ? [...others, word].slice(-most) : others;
        try {
          localStorage.setItem(key, JSON.stringify(next));
        } catch (error) {
          console.error("what was chosen on this screen could not be kept", error);
        }
        return new Set(next);
      }),
    [key, most],
  );
  return [kept, change] as const;
}

function read(key: string): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return new Set(Array.isArray(stored) ? stored.filter((word) => typeof word === "string") : []);
  } catch (error) {
    console.error("what was chosen on this screen before could not be read", error);
    return new Set();
  }
}
