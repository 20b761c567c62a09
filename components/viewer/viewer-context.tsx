"use client";
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { browserShelf } from "./visitor-memory.ts";
import { chinese, type Words } from "./viewer-strings.ts";
import { showNowAt, type ViewerShow } from "./viewer-data.ts";
import { firstState, type ViewerState, type ViewerStore } from "./viewer-store.ts";

/** What the parts of the page share: the store of the show, the language, the clock. */

const StoreContext = createContext<ViewerStore | null>(null);
export const ViewerStoreProvider = StoreContext.Provider;

export function useStore(): ViewerStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error("outside ViewerStoreProvider");
  return store;
}

export function useViewer(): ViewerState {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, store.read, () => firstState);
}

/** For parts that stand below the first answer. */
export function useShow(): ViewerShow {
  const { show } = useViewer();
  if (!show) throw new Error("useShow before the first answer");
  return show;
}

type Language = "zh-CN" | "en";
type Speech = { readonly words: Words; readonly language: Language; readonly speak: (language: Language) => void };

const LanguageContext = createContext<Speech | null>(null);
const LANGUAGE = "kaibo.viewer.language";

/** Chinese in the page as it is delivered; English for who chose it here, or whose browser speaks no Chinese. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [words, setWords] = useState<Words>(chinese);
  const language = words === chinese ? "zh-CN" : "en";
  const turnTo = useCallback((wanted: Language) => {
    if (wanted === "zh-CN") setWords(chinese);
    // On a network that does not give them the page stays as it is; the switch is still there.
    else
      void import("./english-strings.ts").then(
        ({ english }) => setWords(english),
        () => undefined,
      );
  }, []);
  useEffect(() => turnTo(preferred()), [turnTo]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo(() => {
    const speak = (wanted: Language) => {
      turnTo(wanted);
      try {
        browserShelf()?.setItem(LANGUAGE, wanted);
      } catch {
        // Not kept: it holds for this visit.
      }
    };
    return { words, language, speak } as const;
  }, [words, language, turnTo]);
  return <LanguageContext value={speech}>{children}</LanguageContext>;
}

function preferred(): Language {
  let chosen: string | null | undefined;
  try {
    chosen = browserShelf()?.getItem(LANGUAGE);
  } catch {
    // Not readable: as on a first visit.
  }
  if (chosen === "en" || chosen === "zh-CN") return chosen;
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith("zh")) ? "zh-CN" : "en";
}

export function useLanguage(): Speech {
  const speech = useContext(LanguageContext);
  if (!speech) throw new Error("outside LanguageProvider");
  return speech;
}

export const useWords = (): Words => useLanguage().words;

/** Even a rehearsal at sixty times the pace redraws a phone no more often. */
const TURN_MS_MIN = 100;

/**
 * The show's now, ms: the server's, or a rehearsal's own. Turns whenever it stands whole seconds from `until`, so that the same countdown turns
 * on all phones at once.
 */
export function useShowNow(until = 0): number {
  const show = useShow();
  const { clockOffsetMs } = useViewer();
  const read = useCallback(() => showNowAt(show, Date.now() + clockOffsetMs), [show, clockOffsetMs]);
  const [now, setNow] = useState(read);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const turn = () => {
      const at = read();
      setNow(at);
      const left = 1_000 - ((((at - until) % 1_000) + 1_000) % 1_000);
      if (show.showPace > 0) timer = setTimeout(turn, Math.max(TURN_MS_MIN, left / show.showPace) + 1);
    };
    turn();
    return () => clearTimeout(timer);
  }, [read, show.showPace, until]);
  return now;
}
