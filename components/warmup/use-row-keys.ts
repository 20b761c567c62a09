"use client";
import { useEffect, type RefObject } from "react";
import { keysAreTaken } from "../ui/hotkeys.ts";

/** Marks what of a row takes the focus. */
export const ROW_STOP = { "data-row-stop": "" } as const;

const WAYS: Readonly<Record<string, 1 | -1>> = { KeyJ: 1, KeyK: -1 };

/** J and K go down and up a list, also from outside of it; Enter and space are the focused button's own. */
export function useRowKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const way = WAYS[event.code];
      if (!way || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || keysAreTaken(event)) return;
      const stops = [...(list.current?.querySelectorAll<HTMLElement>("[data-row-stop]") ?? [])];
      const now = stops.findIndex((stop) => stop.contains(document.activeElement));
      const next = stops[now < 0 ? (way > 0 ? 0 : stops.length - 1) : now + way];
      if (!next) return;
      event.preventDefault();
      const target = next.matches("button") ? next : next.querySelector<HTMLElement>("button");
      target?.focus();
      target?.scrollIntoView({ block: "nearest" });
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [list]);
}
