"use client";
import { useCallback } from "react";
import type { CommandInput, CommandType } from "#domain/ops/index.ts";
import { useSentWords } from "../strings/use-refusal.ts";
import { notify } from "../ui/toast.tsx";
import type { SendOptions } from "./send-command.ts";
import { useSend } from "./session-provider.tsx";

export type Act = <T extends CommandType>(type: T, input: CommandInput<T>, options?: SendOptions) => Promise<boolean>;

/** Sends a command and says a refusal in words in the corner. True when it was done. */
export function useAct(): Act {
  const send = useSend();
  const words = useSentWords();
  return useCallback<Act>(
    async (type, input, options) => {
      const sent = await send(type, input, options);
      const refused = words(sent);
      if (refused !== null) notify({ tone: sent.status === "rejected" ? "wait" : "air", title: refused });
      return refused === null;
    },
    [send, words],
  );
}
