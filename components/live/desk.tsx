"use client";
import { createContext, useContext, useEffect, useMemo, useRef, type ReactNode } from "react";
import type { Role } from "#domain/op.ts";
import { usePlan } from "../plan/plan-context.tsx";
import { useSessionSource } from "../session/session-provider.tsx";
import { BOUNCE_MS, KeyBoard, type Binding } from "./key-board.ts";
import { NO_ENTRY, type AgoMs, type Entry } from "./number-entry.ts";
import { createStore, useStoreValue, type Store } from "./store.ts";

/** What is open beside the panels; one at a time. */
export type DeskDialog =
  | { readonly kind: "price"; readonly productId: string }
  | { readonly kind: "delist"; readonly productId: string }
  | { readonly kind: "wrongPrice"; readonly productId: string }
  | { readonly kind: "stock"; readonly productId: string }
  | { readonly kind: "insert" }
  | { readonly kind: "cue"; readonly cueId: string }
  | { readonly kind: "marker" }
  | { readonly kind: "show" }
  | { readonly kind: "winners"; readonly lotteryId: string }
  | { readonly kind: "screens" }
  | { readonly kind: "held" }
  | { readonly kind: "palette" }
  | { readonly kind: "keys" };

/** A short list that takes the digits until one is chosen. */
export type DeskLayer = "messages" | "coupons" | "lotteries" | "pushes" | "pushLine" | "tally" | "points";

export type FloatWindow = { readonly window: Window; readonly root: HTMLElement };

export type Desk = {
  /** A replay, a show that is over for this person, or a role that may not act. */
  readonly readOnly: boolean;
  readonly keys: KeyBoard;
  readonly entry: Store<Entry>;
  readonly dialog: Store<DeskDialog | null>;
  readonly layer: Store<DeskLayer | null>;
  /** The host's screen whose board the next digit turns, by the id of its link. */
  readonly screen: Store<string | null>;
  /** Acts under way, by what they are about: a second press waits for the first one's answer. */
  readonly busy: Store<ReadonlySet<string>>;
  /** When what was last pressed, ms: a second press at once is a slip, not a wish. */
  readonly pressed: Map<string, number>;
  /** Units that one press of 放单 offers. */
  readonly releaseUnits: Store<number>;
  /** The small window that the room has moved into, beside 视频号助手. */
  readonly float: Store<FloatWindow | null>;
  readonly may: (roles: readonly Role[]) => boolean;
};

const DeskContext = createContext<Desk | null>(null);

export const HANDS = ["owner", "manager", "operator", "floor"] as const;
/** Who may stop what is about to go out, also without hands at the desk: 社群 has pushes of its own. */
export const STOPPERS = [...HANDS, "community"] as const;
export const PLANNERS = ["owner", "manager", "operator"] as const;

const AT_THE_DESK = [...HANDS, "assistant"] as const;

/** `hands`: who may act here at all. */
export function DeskProvider({ children, hands = AT_THE_DESK }: { children: ReactNode; hands?: readonly Role[] }) {
  const source = useSessionSource();
  const { show } = usePlan();
  const desk = useMemo((): Desk => {
    const isReplay = source.kind === "replay";
    const may = (roles: readonly Role[]) => !isReplay && show.roles.some((role) => roles.includes(role));
    return {
      readOnly: !may(hands),
      keys: new KeyBoard(isReplay ? 0 : BOUNCE_MS),
      entry: createStore(NO_ENTRY),
      dialog: createStore<DeskDialog | null>(null),
      layer: createStore<DeskLayer | null>(null),
      screen: createStore<string | null>(null),
      busy: createStore<ReadonlySet<string>>(new Set()),
      pressed: new Map(),
      releaseUnits: createStore(50),
      float: createStore<FloatWindow | null>(null),
      may,
    };
  }, [source, show.roles, hands]);
  useEffect(() => {
    window.addEventListener("keydown", desk.keys.press, true);
    return () => window.removeEventListener("keydown", desk.keys.press, true);
  }, [desk]);
  return <DeskContext.Provider value={desk}>{children}</DeskContext.Provider>;
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("no DeskProvider above");
  return desk;
}

type DeskKey = Omit<Binding, "scope"> & { readonly scope?: Binding["scope"]; readonly off?: boolean };

/** Binds a key of the desk while mounted. */
export function useDeskKey({ off = false, ...key }: DeskKey): void {
  const { keys } = useDesk();
  const binding = useRef<Binding>({ scope: "desk", ...key });
  binding.current = { scope: "desk", ...key };
  const { code, label } = key;
  useEffect(() => (off ? undefined : keys.bind(binding)), [keys, off, code, label]);
}

/** How long ago the next act happened; taken by one act, then it is now again. */
export function takeAgo(entry: Store<Entry>): AgoMs {
  const { agoMs } = entry.read();
  if (agoMs !== 0) entry.write({ ...entry.read(), agoMs: 0 });
  return agoMs;
}

export function useBusy(key: string): boolean {
  return useStoreValue(useDesk().busy, (busy) => busy.has(key));
}

export function useOpenDialog(): DeskDialog | null {
  return useStoreValue(useDesk().dialog, (dialog) => dialog);
}
