"use client";
import { useCallback } from "react";
import * as z from "zod/mini";
import type { CommandInput, CommandType } from "#domain/ops/index.ts";
import { undoSeqOf } from "#domain/wire.ts";
import { request, type Reply } from "../http/request.ts";
import { newCommandId } from "../session/send-command.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { notify } from "../ui/toast.tsx";
import { useReview } from "./review-context.tsx";

const Answer = z.object({
  status: z.string(),
  seq: z.optional(z.number()),
  undo: z.optional(z.nullable(z.number())),
  result: z.optional(z.unknown()),
});

/** Sends a command to the show that is reviewed: the replay it is looked at through can't. */
export async function postCommand<T extends CommandType>(
  sessionId: string,
  type: T,
  input: CommandInput<T>,
  expect?: unknown,
): Promise<Reply<z.infer<typeof Answer>>> {
  const body = { id: newCommandId(), type, input, ...(expect === undefined ? {} : { expect }) };
  return request(`/api/v1/sessions/${sessionId}/commands`, { method: "POST", body, shape: Answer });
}

type ReviewCommand = <T extends CommandType>(type: T, input: CommandInput<T>, expect?: unknown) => Promise<boolean>;

/** As `postCommand`, says in the corner why not, and loads the page's figures again when it was done. */
export function useReviewAct(): ReviewCommand {
  const { sessionId, reload } = useReview();
  const explain = useFailure();
  return useCallback<ReviewCommand>(
    async (type, input, expect) => {
      const reply = await postCommand(sessionId, type, input, expect);
      if (reply.ok) reload();
      else notify({ tone: reply.failure.kind === "refused" ? "wait" : "air", title: explain(reply.failure) });
      return reply.ok;
    },
    [sessionId, reload, explain],
  );
}

/** `undone`: what is said once it was taken back. */
type Offer = { readonly done: string; readonly undo: string; readonly undone: string };

/** As `useReviewAct`, and offers in the corner to take the act back. */
export function useUndoableReviewAct() {
  const { sessionId, reload } = useReview();
  const explain = useFailure();
  return useCallback(
    async <T extends CommandType>(type: T, input: CommandInput<T>, expect: unknown, { done, undo, undone }: Offer) => {
      const reply = await postCommand(sessionId, type, input, expect);
      if (!reply.ok) return notify({ tone: "wait", title: explain(reply.failure) });
      reload();
      const { seq: last, undo: own } = reply.value;
      const seq = last === undefined ? null : undoSeqOf({ seq: last, undo: own });
      if (seq === null) return notify({ title: done });
      const takeBack = async () => {
        const back = await postCommand(sessionId, "tape.undo", { seq });
        if (back.ok) reload();
        notify(back.ok ? { tone: "sure", title: undone } : { tone: "wait", title: explain(back.failure) });
      };
      return notify({ title: done, action: { label: undo, run: () => void takeBack() } });
    },
    [sessionId, reload, explain],
  );
}
