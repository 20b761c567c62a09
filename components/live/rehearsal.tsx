"use client";
import * as z from "zod/mini";
import { createContext, useContext, useEffect, useMemo, type ReactNode } from "react";
import { AnyAnswer, request } from "../http/request.ts";
import { useSession, useSessionSource } from "../session/session-provider.tsx";
import { createStore, type Store } from "./store.ts";

/** `GET /api/v1/sessions/:id/rehearsal`: the simulator, or the bare clock of a 走流程. */
const State = z.object({
  state: z.enum(["idle", "running", "paused", "done", "failed"]),
  audience: z.nullable(z.boolean()),
  progress: z.nullable(
    z.object({
      showAt: z.number(),
      endsAt: z.number(),
      speed: z.number(),
      online: z.number(),
      orders: z.number(),
      refused: z.number(),
    }),
  ),
  message: z.nullable(z.string()),
});
type State = z.infer<typeof State>;

type Reading = {
  readonly state: State | null;
  /** The last known step of the show's clock; `null` while it goes by the wall clock. */
  readonly step: { showAt: number; heardAt: number; speed: number; running: boolean } | null;
};
export type Rehearsal = Store<Reading>;

const RehearsalContext = createContext<{ store: Rehearsal; reload: () => void } | null>(null);
const POLL_MS = 1_000;

/** Follows the simulator of a rehearsal. Asks nothing for a real show or a replay. */
export function RehearsalProvider({ children }: { children: ReactNode }) {
  const source = useSessionSource();
  const sessionId = useSession((show) => show.session.sessionId);
  const isOn =
    useSession((show) => show.session.rehearsal && show.session.phase !== "ended") && source.kind === "socket";
  const value = useMemo(() => {
    const store = createStore<Reading>({ state: null, step: null });
    const load = async () => {
      const reply = await request(`/api/v1/sessions/${sessionId}/rehearsal`, { shape: State });
      if (reply.ok) store.write({ state: reply.value, step: stepOf(reply.value) });
    };
    return { store, load, reload: () => void load() };
  }, [sessionId]);
  useEffect(() => {
    if (!isOn) return undefined;
    void value.load();
    const timer = setInterval(() => void value.load(), POLL_MS);
    return () => clearInterval(timer);
  }, [isOn, value]);
  return <RehearsalContext.Provider value={value}>{children}</RehearsalContext.Provider>;
}

function stepOf({ state, progress }: State): Reading["step"] {
  if (!progress) return null;
  return { showAt: progress.showAt, heardAt: Date.now(), speed: progress.speed, running: state === "running" };
}

function useContextOrThrow() {
  const found = useContext(RehearsalContext);
  if (!found) throw new Error("no RehearsalProvider above");
  return found;
}

export const useRehearsal = (): Rehearsal => useContextOrThrow().store;
export const useReloadRehearsal = (): (() => void) => useContextOrThrow().reload;

export type RehearsalOrder =
  | { readonly kind: "start"; readonly audience: boolean; readonly speed: number; readonly minutes: number }
  | { readonly kind: "change"; readonly speed?: number; readonly paused?: boolean }
  | { readonly kind: "stop" };

export function orderRehearsal(sessionId: string, order: RehearsalOrder) {
  const path = `/api/v1/sessions/${sessionId}/rehearsal`;
  const { kind, ...body } = order;
  if (kind === "stop") return request(path, { method: "DELETE", shape: AnyAnswer });
  return request(path, { method: kind === "start" ? "POST" : "PATCH", body, shape: AnyAnswer });
}
