import { useEffect } from "react";
import type { SessionSource } from "./source.ts";

/** Often enough for a meeting whose people plan the next show beside it. */
const AGAIN_MS = 15_000;

/**
 * Tells colleagues which page is open here, and the show that somebody looks at it: again when one comes back to the page, and now and then
 * while it is in sight. Each time the show takes over what its room has learned meanwhile, which comes as any other change.
 */
export function useOpenPage(source: SessionSource, page: string): void {
  useEffect(() => {
    const tell = () => {
      if (!document.hidden) source.setPage(page);
    };
    source.setPage(page);
    const timer = setInterval(tell, AGAIN_MS);
    document.addEventListener("visibilitychange", tell);
    window.addEventListener("focus", tell);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tell);
      window.removeEventListener("focus", tell);
    };
  }, [source, page]);
}
