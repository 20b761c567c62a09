"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Block } from "#domain/landing/blocks.ts";
import { same } from "#domain/same.ts";
import { useSaved, type SavedState } from "../../plan/saved-field.tsx";
import { useSend } from "../../session/session-provider.tsx";
import { wholeBlock } from "./whole-block.ts";

/** After so long without a key it is saved; leaving the field saves at once. */
const PAUSE_MS = 800;

export type BlockDraft = {
  /** As it is being written. */
  readonly block: Block;
  readonly saved: SavedState<Block>;
  /** Something is missing without which it can't be saved. */
  readonly incomplete: boolean;
  readonly change: (next: Block) => void;
  readonly commit: () => void;
};

/** One block of the draft: shown as it is typed, saved as its writer pauses, against what this screen saw of it. */
export function useBlockDraft(live: Block, onTyping: (typed: Block | null) => void): BlockDraft {
  const send = useSend();
  const saved = useSaved<Block>(live, (next, seen) =>
    send("landing.putBlock", { block: next }, { expect: { block: seen } }),
  );
  const [typed, setTyped] = useState<Block | null>(null);
  const state = useRef({ typed, saved, onTyping });
  state.current = { typed, saved, onTyping };

  const show = useCallback((next: Block | null) => {
    state.current.typed = next;
    setTyped(next);
    state.current.onTyping(next);
  }, []);
  const commit = useCallback(() => {
    const { typed: now, saved: field } = state.current;
    const whole = now && wholeBlock(now);
    if (!now || !whole) return;
    if (!same(whole, field.value)) field.commit(whole);
    // Rows that are still empty stay on the screen until they are written or left.
    if (same(whole, now)) show(null);
  }, [show]);
  useEffect(() => {
    if (!typed) return undefined;
    const timer = setTimeout(commit, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, commit]);
  useEffect(
    () => () => {
      commit();
      state.current.onTyping(null);
    },
    [commit],
  );
  return {
    block: typed ?? saved.value,
    saved,
    incomplete: typed !== null && wholeBlock(typed) === null,
    change: (next) => {
      if (state.current.typed === null) saved.onFocus();
      show(next);
    },
    commit,
  };
}
