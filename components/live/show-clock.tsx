"use client";
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore, type ReactNode } from "react";
import { useSessionSource } from "../session/session-provider.tsx";
import type { SessionSource } from "../session/source.ts";
import { isReplay } from "../session/replay-source.ts";
import { slicesNow } from "./product-acts.ts";
import { steppedNow } from "./rehearsal.ts";

/**
 * The show's now. A real show goes by the server's clock; a rehearsal by its simulator's steps, once there are any; a replay stands
 * where its slider stands. All countdowns turn on the same tick, which is the same on every screen: the whole 50 ms of the server's clock, the most
 * that two countdowns may differ by.
 */
type ShowClock = { readonly now: () => number; readonly subscribe: (listener: () => void) => () => void };

const ClockContext = createContext<ShowClock | null>(null);
const TICK_MS = 50;
/** A rehearsal's clock is drawn ahead of its steps and may have to wait for them: it waits, it does not run back. More is a clock that was set right. */
const WAITS_MS = 5 * 60_000;

export function ShowClockProvider({ children }: { children: ReactNode }) {
  const source = useSessionSource();
  const clock = useMemo(() => createClock(source), [source]);
  useEffect(() => clock.start(), [clock]);
  return <ClockContext.Provider value={clock}>{children}</ClockContext.Provider>;
}

function createClock(source: SessionSource) {
  const listeners = new Set<() => void>();
  let last = 0;
  const steady = () => {
    const next = nowOf(source);
    if (isReplay(source) || next >= last || last - next > WAITS_MS) last = next;
    return last;
  };
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    now: steady,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start() {
      let timer: ReturnType<typeof setTimeout>;
      const turn = () => {
        tell();
        const wall = Date.now() + (source.read().clockOffsetMs ?? 0);
        timer = setTimeout(turn, TICK_MS - (wall % TICK_MS) + 1);
      };
      turn();
      const stop = isReplay(source) ? source.subscribe(tell) : undefined;
      return () => {
        clearTimeout(timer);
        stop?.();
      };
    },
  };
}

function nowOf(source: SessionSource): number {
  if (isReplay(source)) return source.position().shownAt;
  const { clockOffsetMs, view } = source.read();
  const wall = Date.now() + (clockOffsetMs ?? 0);
  if (!view) return wall;
  return Math.max(view.at, steppedNow(slicesNow(source)?.rehearsal, wall) ?? wall);
}

function useClock(): ShowClock {
  const clock = useContext(ClockContext);
  if (!clock) throw new Error("no ShowClockProvider above");
  return clock;
}

/** The show's now without drawing again. */
export function useShowClock(): () => number {
  return useClock().now;
}

/** The show's now in whole steps of `everyMs`, drawn again with each. */
export function useShowNow(everyMs = 1_000): number {
  const clock = useClock();
  const read = () => Math.floor(clock.now() / everyMs) * everyMs;
  return useSyncExternalStore(clock.subscribe, read, read);
}

/** Something that moves with the clock, drawn again only when it differs. */
export function useOverTime<T extends string | number | boolean | null>(at: (now: number) => T): T {
  const clock = useClock();
  const read = () => at(clock.now());
  return useSyncExternalStore(clock.subscribe, read, read);
}
