"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { CommandInput, CommandType } from "#domain/ops/index.ts";
import { newCommandId, type SendOptions } from "../session/send-command.ts";
import { useSend } from "../session/session-provider.tsx";
import type { Sent } from "../session/source.ts";
import { useSentWords } from "../strings/use-refusal.ts";
import { notify } from "../ui/toast.tsx";
import { useDesk } from "./desk.tsx";

export type DeedOptions = Pick<SendOptions, "expect"> & {
  /** Codes that the caller answers itself (a price to be typed again). */
  readonly quiet?: readonly string[];
  /** It goes both ways (pause and go on): a second press at once is a finger that bounced. */
  readonly toggles?: boolean;
};

const DOUBLE_PRESS_MS = 400;

/** `null`: the same act is under way already, or was pressed just now; this press did nothing. */
export type Deed = <T extends CommandType>(
  key: string,
  type: T,
  input: CommandInput<T>,
  options?: DeedOptions,
) => Promise<Sent | null>;

/**
 * One act of the desk. `key` says what it is about: while its answer is out a second press of it does nothing. A refusal is said in
 * words with the values as they are now; an unknown outcome offers to send the very same act again, which can't act twice.
 */
export function useDeed(): Deed {
  const send = useSend();
  const { busy, pressed } = useDesk();
  const explain = useSentWords();
  const words = useTranslations("desk");
  return useCallback<Deed>(
    async (key, type, input, { expect, quiet = [], toggles = false } = {}) => {
      const now = performance.now();
      const isDouble = now - (pressed.get(key) ?? -Infinity) < DOUBLE_PRESS_MS;
      pressed.set(key, now);
      if ((isDouble && toggles) || busy.read().has(key)) return null;
      const id = newCommandId();
      const attempt = async (): Promise<Sent> => {
        busy.write(new Set(busy.read()).add(key));
        try {
          const sent = await send(type, input, { id, ...(expect === undefined ? {} : { expect }) });
          if (sent.status === "rejected" && quiet.includes(sent.code)) return sent;
          const refused = explain(sent);
          if (refused !== null) say(sent, refused);
          return sent;
        } finally {
          busy.write(new Set([...busy.read()].filter((other) => other !== key)));
        }
      };
      const say = (sent: Sent, title: string) => {
        const unknown = sent.status === "retry" || (sent.status === "error" && sent.code === "connection.lost");
        const action = unknown ? { action: { label: words("sendAgain"), run: () => void attempt() } } : {};
        notify({ tone: sent.status === "rejected" ? "wait" : "air", title, ...action });
      };
      return attempt();
    },
    [send, busy, pressed, explain, words],
  );
}

export const wasDone = (sent: Sent | null): boolean => sent?.status === "ok";
