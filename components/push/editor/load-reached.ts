"use client";
import { useEffect, useRef, useState } from "react";
import * as z from "zod/mini";
import type { PushAudience, PushKind } from "#domain/push/shapes.ts";
import { request, type Failure } from "../../http/request.ts";

const Reached = z.object({
  targets: z.number(),
  tasks: z.number(),
  staff: z.array(z.object({ staffId: z.string(), name: z.nullable(z.string()), targets: z.number() })),
  leftOut: z.array(
    z.object({ id: z.string(), name: z.nullable(z.string()), reason: z.enum(["unknown", "dismissed", "ownerless"]) }),
  ),
  leftOutCount: z.number(),
});
export type Reached = z.infer<typeof Reached>;

/** A person who types or ticks is left in peace for so long. */
const PAUSE_MS = 350;

export type ReachedState = {
  readonly value: Reached | null;
  readonly failure: Failure | null;
  readonly asking: boolean;
};

/** Compared by what it says. What the server makes of a selection now: who sends to how many, and what is left out. `null` corp: nobody to ask. */
export function useReached(corpId: string | null, kind: PushKind, audience: PushAudience): ReachedState {
  const [state, setState] = useState<ReachedState>({ value: null, failure: null, asking: true });
  const asked = JSON.stringify([corpId, kind, audience]);
  const body = useRef({ corpId, kind, audience });
  body.current = { corpId, kind, audience };
  useEffect(() => {
    if (body.current.corpId === null || body.current.kind === "robot") return;
    const stop = new AbortController();
    setState((before) => ({ ...before, asking: true }));
    const timer = setTimeout(() => {
      const options = { method: "POST", body: body.current, shape: Reached, signal: stop.signal } as const;
      request("/api/v1/wecom/audience", options).then(
        (reply) =>
          setState((before) =>
            reply.ok
              ? { value: reply.value, failure: null, asking: false }
              : { value: before.value, failure: reply.failure, asking: false },
          ),
        (cause: unknown) => {
          if (!stop.signal.aborted) throw cause;
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [asked]);
  return state;
}
