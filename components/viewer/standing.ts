"use client";
import { useShow, useStore, useViewer } from "./viewer-context.tsx";

/** Whether this person can claim and enter here: everybody where the show says so, else who came by a link of their own. */
export function useMayAct(): boolean {
  const { anonymousClaims } = useShow().slices.session;
  const { me } = useViewer();
  const store = useStore();
  if (anonymousClaims) return true;
  return me ? !me.anonymous : store.memory.token() !== null;
}
