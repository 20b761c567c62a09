import { useSyncExternalStore } from "react";

/** Tailwind's `md` begins above it. */
const QUERY = "(max-width: 767px)";

const subscribe = (changed: () => void) => {
  const query = window.matchMedia(QUERY);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
};

/** Whether the window is a phone's, for what can't be laid out anew by CSS alone. */
export const useNarrow = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(QUERY).matches,
    () => false,
  );
