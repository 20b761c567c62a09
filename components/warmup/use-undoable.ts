"use client";
import { useCallback } from "react";
import type { CommandInput, CommandType } from "#domain/ops/index.ts";
import { useDeed, type DeedOptions } from "../live/use-deed.ts";
import { useOfferUndo } from "./use-offer-undo.ts";

/** One act that has a way back: done once a press, said with the way back beside it. True when it was done. */
export type Undoable = <T extends CommandType>(
  type: T,
  input: CommandInput<T>,
  said: { readonly title: string } & Pick<DeedOptions, "expect">,
) => Promise<boolean>;

/** What it is busy under while its answer is out, for `useBusy`. */
export const undoableKey = <T extends CommandType>(type: T, input: CommandInput<T>): string =>
  `${type}:${JSON.stringify(input)}`;

export function useUndoable(): Undoable {
  const deed = useDeed();
  const offerUndo = useOfferUndo();
  return useCallback<Undoable>(
    async (type, input, { title, ...options }) => {
      const sent = await deed(undoableKey(type, input), type, input, options);
      if (sent?.status !== "ok") return false;
      offerUndo(sent, title);
      return true;
    },
    [deed, offerUndo],
  );
}
