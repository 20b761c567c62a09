"use client";
import { useEffect } from "react";

const IDLE_MS = 3_000;

/** Hides the cursor once the pointer has rested for 3 s. */
export function useIdleCursor(): void {
  useEffect(() => {
    const { style } = document.documentElement;
    let timer: ReturnType<typeof setTimeout>;
    const moved = () => {
      style.cursor = "";
      clearTimeout(timer);
      timer = setTimeout(() => (style.cursor = "none"), IDLE_MS);
    };
    moved();
    window.addEventListener("pointermove", moved);
    window.addEventListener("pointerdown", moved);
    return () => {
      clearTimeout(timer);
      style.cursor = "";
      window.removeEventListener("pointermove", moved);
      window.removeEventListener("pointerdown", moved);
    };
  }, []);
}
