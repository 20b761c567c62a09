"use client";
import { createContext, useContext, type ReactNode } from "react";
import { useLoaded, type Loaded } from "../../http/use-loaded.ts";
import { useReview } from "../review-context.tsx";
import { loadHistory, type LoadedHistory } from "../whole/load-history.ts";

const HistoryContext = createContext<Loaded<LoadedHistory> | null>(null);

/** What the whole show was like that no view holds; loaded once for all pages of the meeting. */
export function HistoryProvider({ children }: { children: ReactNode }) {
  const { sessionId } = useReview();
  const loaded = useLoaded(`history:${sessionId}`, (signal) => loadHistory(sessionId, signal));
  return <HistoryContext.Provider value={loaded}>{children}</HistoryContext.Provider>;
}

export function useHistory(): Loaded<LoadedHistory> {
  const loaded = useContext(HistoryContext);
  if (!loaded) throw new Error("no HistoryProvider above");
  return loaded;
}
