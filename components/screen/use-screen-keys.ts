"use client";
import { useEffect, useRef } from "react";

export type ScreenPresses = {
  /** Marks what stands on the screen seen; false: nothing does. */
  readonly answer: () => boolean;
  readonly toggleMoney: () => void;
};

/**
 * Any key, click, tap or pedal marks the message seen; that press then does nothing else on the board, so that a page is not turned
 * unread. `M` hides money and `F` fills the screen at any time. Keys held down count once; those of the browser and the system stay theirs.
 */
export function useScreenKeys(presses: ScreenPresses): void {
  const now = useRef(presses);
  now.current = presses;
  useEffect(() => {
    let answeredByPointer = false;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.repeat) return event.preventDefault();
      const answered = now.current.answer();
      if (event.code === "KeyM") now.current.toggleMoney();
      else if (event.code === "KeyF") toggleFullscreen();
      else if (!answered || /^F\d+$/.test(event.code)) return;
      event.preventDefault();
    };
    const onPointer = () => (answeredByPointer = now.current.answer());
    const onClick = (event: MouseEvent) => {
      if (answeredByPointer) event.preventDefault();
      answeredByPointer = false;
    };
    window.addEventListener("keydown", onKey, true);
    window.addEventListener("pointerdown", onPointer, true);
    window.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("keydown", onKey, true);
      window.removeEventListener("pointerdown", onPointer, true);
      window.removeEventListener("click", onClick, true);
    };
  }, []);
}

function toggleFullscreen(): void {
  const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  // Refused where the browser forbids it (inside a frame, by policy): F11 is left.
  change.catch((error: unknown) => console.error("full screen was refused", error));
}
