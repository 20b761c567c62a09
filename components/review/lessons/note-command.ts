"use client";
import { useCallback } from "react";
import type { CommandInput, CommandType } from "#domain/ops/index.ts";
import { AnyAnswer, request } from "../../http/request.ts";
import { newCommandId } from "../../session/send-command.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { notify } from "../../ui/toast.tsx";
import { useReview } from "../review-context.tsx";

export type SendNote = <T extends CommandType>(
  type: T,
  input: CommandInput<T>,
  expect?: { readonly version: number },
) => Promise<boolean>;

const TRIES = 4;

/**
 * Writes into the show that is looked back on: its page shows a past second and has no live line, so the command goes by HTTP. What came of it
 * is loaded again. A refusal is said in the corner. True when it was done.
 */
export function useNoteCommand(): SendNote {
  const { sessionId, reload } = useReview();
  const explain = useFailure();
  return useCallback<SendNote>(
    async (type, input, expect) => {
      const body = { id: newCommandId(), type, input, ...(expect ? { expect } : {}) };
      for (let left = TRIES; ; left -= 1) {
        const reply = await request(`/api/v1/sessions/${sessionId}/commands`, {
          method: "POST",
          body,
          shape: AnyAnswer,
        });
        if (reply.ok) break;
        const { kind, retryAfterMs = 1_000 } = reply.failure;
        if ((kind === "retry" || kind === "offline") && left > 1) {
          // The same id: it can't be done twice.
          await new Promise((resume) => setTimeout(resume, Math.min(3_000, retryAfterMs)));
          continue;
        }
        notify({ tone: kind === "refused" ? "wait" : "air", title: explain(reply.failure) });
        if (kind === "refused") reload();
        return false;
      }
      reload();
      return true;
    },
    [sessionId, reload, explain],
  );
}
