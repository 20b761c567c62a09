"use client";
import { createContext, useContext, useMemo, type ReactNode } from "react";

/** What a screen itself knows beside the show; a board that stands alone (the review's) has none of it. */
export type ScreenState = {
  readonly moneyHidden: boolean;
  /** Messages that were marked seen here, whether or not the server knows yet. */
  readonly answered: ReadonlySet<string>;
  /** Marks a message seen; `null` where nothing can be pressed. */
  readonly answer: ((messageId: string) => void) | null;
  /** Selling points ticked on this screen alone, by `pointKey`; `null`: ticks stand in the show. */
  readonly ticks: ReadonlySet<string> | null;
  readonly tick: ((tick: Tick) => void) | null;
};

export type Tick = {
  readonly productId: string;
  readonly round: number;
  readonly index: number;
  readonly said: boolean;
};

export const pointKey = ({ productId, round, index }: Omit<Tick, "said">): string => `${productId}:${round}:${index}`;

const ALONE: ScreenState = { moneyHidden: false, answered: new Set(), answer: null, ticks: null, tick: null };

const StateContext = createContext<ScreenState>(ALONE);

export function ScreenStateProvider({ children, ...state }: Partial<ScreenState> & { children: ReactNode }) {
  const { moneyHidden, answered, answer, ticks, tick } = { ...ALONE, ...state };
  const value = useMemo(
    () => ({ moneyHidden, answered, answer, ticks, tick }),
    [moneyHidden, answered, answer, ticks, tick],
  );
  return <StateContext.Provider value={value}>{children}</StateContext.Provider>;
}

export const useScreenState = (): ScreenState => useContext(StateContext);
