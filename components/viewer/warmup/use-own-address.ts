"use client";
import { useEffect } from "react";

/** Whoever forwards the page by WeChat's own menu forwards its address: it carries their code, not that of who brought them. */
export function useOwnAddress(code: string | undefined): void {
  useEffect(() => {
    if (code === undefined) return;
    const { pathname, hash } = window.location;
    window.history.replaceState(window.history.state, "", `${pathname}?i=${code}${hash}`);
  }, [code]);
}
