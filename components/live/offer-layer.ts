"use client";
import { useEffect } from "react";
import { useDesk, type DeskLayer } from "./desk.tsx";

/** The keys of a short list, in the order of a keyboard's top row: twelve of them. */
export const LIST_KEYS = [
  { code: "Digit1", key: "1" },
  { code: "Digit2", key: "2" },
  { code: "Digit3", key: "3" },
  { code: "Digit4", key: "4" },
  { code: "Digit5", key: "5" },
  { code: "Digit6", key: "6" },
  { code: "Digit7", key: "7" },
  { code: "Digit8", key: "8" },
  { code: "Digit9", key: "9" },
  { code: "Digit0", key: "0" },
  { code: "Minus", key: "-" },
  { code: "Equal", key: "=" },
] as const;

type LayerKeys = {
  readonly layer: DeskLayer;
  readonly isOpen: boolean;
  /** The letter that opened it closes it too. */
  readonly toggle: string;
  readonly pick: (index: number) => void;
};

/** While a short list is open the digits belong to it; one press chooses and closes. */
export function useListLayer({ layer, isOpen, toggle, pick }: LayerKeys): void {
  const desk = useDesk();
  useEffect(() => {
    if (!isOpen) return undefined;
    return desk.keys.addLayer((name) => {
      const index = LIST_KEYS.findIndex(({ code }) => code === name || code === name.replace("Numpad", "Digit"));
      if (index >= 0) {
        desk.layer.write(null);
        pick(index);
        return true;
      }
      if (name === "Escape" || name === toggle) {
        desk.layer.write(null);
        return true;
      }
      return false;
    });
  }, [desk, layer, isOpen, toggle, pick]);
}
