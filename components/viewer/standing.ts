"use client";
import { useServerNow, useShow, useStore, useViewer } from "./viewer-context.tsx";

/** The show's now, turning each second; `null` in a rehearsal, whose clock only the server knows. */
export function useShowNow(): number | null {
  const { rehearsal } = useShow().slices.session;
  const now = useServerNow(!rehearsal);
  return rehearsal ? null : now;
}

/** Whether this person can claim and enter here: everybody where the show says so, else who came by a link of their own. */
export function useMayAct(): boolean {
  const { anonymousClaims } = useShow().slices.session;
  const { me } = useViewer();
  const store = useStore();
  if (anonymousClaims) return true;
  return me ? !me.anonymous : store.memory.token() !== null;
}
