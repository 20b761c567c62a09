"use client";
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { isTab, type WarmupTab } from "./tab-names.ts";

type Place = {
  readonly tab: WarmupTab;
  /** What is open on that page, by its id: `#waves=ID`. */
  readonly thing: string | null;
};

type OpenPlace = Place & { readonly open: (tab: WarmupTab, thing?: string) => void };

const PlaceContext = createContext<OpenPlace | null>(null);

/** The page stands in the address, so that a link leads to it and the way back goes through it. */
export function WarmupPlaceProvider({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState<Place>({ tab: "board", thing: null });
  useEffect(() => {
    const read = () => {
      const [name = "", thing = ""] = location.hash.slice(1).split("=").map(decodeURIComponent);
      if (isTab(name)) setPlace({ tab: name, thing: thing || null });
    };
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  const open = useCallback((tab: WarmupTab, thing?: string) => {
    location.hash = thing === undefined ? tab : `${tab}=${encodeURIComponent(thing)}`;
    setPlace({ tab, thing: thing ?? null });
  }, []);
  const value = useMemo(() => ({ ...place, open }), [place, open]);
  return <PlaceContext.Provider value={value}>{children}</PlaceContext.Provider>;
}

export function useWarmupPlace(): OpenPlace {
  const place = useContext(PlaceContext);
  if (!place) throw new Error("no WarmupPlaceProvider above");
  return place;
}
