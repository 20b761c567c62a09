"use client";
import { useEffect, useState, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { BAR_ACT } from "../bottom-bar.tsx";

/** Puts the one action of a part that was loaded later into the bar, in reach of a thumb. */
export function BarAct({ children }: { readonly children: ReactNode }) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => setPlace(document.getElementById(BAR_ACT)), []);
  return place ? createPortal(children, place) : null;
}
