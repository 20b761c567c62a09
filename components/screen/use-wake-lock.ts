"use client";
import { useEffect, useState } from "react";

/** `held`: the display stays on. `unsupported`: this browser can't, or the page did not come by https. `refused`: low battery and the like. */
export type Awake = "asking" | "held" | "refused" | "unsupported";

const ASK_AGAIN_MS = 30_000;

/** Keeps the display awake while the page is in sight, and says when it can't. */
export function useWakeLock(): Awake {
  const [awake, setAwake] = useState<Awake>("asking");
  useEffect(() => {
    // Missing from pages that came by plain http from another machine, whatever the types say.
    const { wakeLock } = navigator as { wakeLock?: WakeLock };
    if (!wakeLock) {
      setAwake("unsupported");
      return undefined;
    }
    let held: WakeLockSentinel | null = null;
    let asking = false;
    let left = false;
    const ask = async () => {
      if (asking || left || document.visibilityState !== "visible" || held?.released === false) return;
      asking = true;
      try {
        held = await wakeLock.request("screen");
        if (left) void held.release();
        else setAwake("held");
      } catch {
        // Refused for now (low battery, policy); asked again, and said on the screen meanwhile.
        setAwake("refused");
      }
      asking = false;
    };
    const onVisible = () => void ask();
    const timer = setInterval(onVisible, ASK_AGAIN_MS);
    document.addEventListener("visibilitychange", onVisible);
    onVisible();
    return () => {
      left = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisible);
      void held?.release();
    };
  }, []);
  return awake;
}
