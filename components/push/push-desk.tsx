"use client";
import { createContext, useContext, useMemo, type ReactNode } from "react";
import * as z from "zod/mini";
import type { Role } from "#domain/op.ts";
import { type Failure, request } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { STOPPERS } from "../live/desk.tsx";
import { PUSHERS } from "../live/pushes/prepared.ts";
import { usePlan } from "../plan/plan-context.tsx";
import { useSession } from "../session/session-provider.tsx";
import { useRoomChoices } from "../wecom/corp-names.ts";

const PLANNERS: readonly Role[] = PUSHERS;

const InternalGroups = z.object({
  groups: z.array(
    z.object({
      corpId: z.string(),
      name: z.string(),
      robots: z.array(z.object({ id: z.string(), name: z.string(), purpose: z.string() })),
    }),
  ),
});

export type Robot = {
  readonly id: string;
  readonly name: string;
  readonly groupName: string;
  readonly forReports: boolean;
  readonly forReminders: boolean;
};

export type PushDesk = {
  readonly roomId: string;
  readonly mayPlan: boolean;
  readonly mayStop: boolean;
  /** Whose WeCom the room's shows use; `null`: none yet. `undefined`: not known yet, or not this person's to know. */
  readonly corpId: string | null | undefined;
  readonly robots: readonly Robot[];
  /** Robots that are not read, or could not be; `null`: these are all there are. */
  readonly unread: { readonly failure: Failure | null; readonly reload: () => void } | null;
};

const DeskContext = createContext<PushDesk | null>(null);

/** What the page knows beside the show's own view: the company, its robots, what this person may do. */
export function PushDeskProvider({ children }: { children: ReactNode }) {
  const { show } = usePlan();
  const rehearsal = useSession((slices) => slices.session.rehearsal);
  const mayPlan = show.roles.some((role) => PLANNERS.includes(role));
  const mayStop = show.roles.some((role) => STOPPERS.some((stopper) => stopper === role));
  const { value: choices } = useRoomChoices();
  const use = rehearsal ? "rehearsal" : "show";
  const chosen = choices?.rooms.find((one) => one.roomId === show.roomId && one.use === use)?.corpId ?? null;
  const corpId = mayPlan && choices ? chosen : undefined;
  const internalGroups = useLoaded(`internal ${corpId ?? ""}`, async (signal) =>
    corpId
      ? request(`/api/v1/wecom/internal-groups?corp=${corpId}`, { shape: InternalGroups, signal })
      : { ok: true as const, value: { groups: [] } },
  );
  const { value: internal, failure, loading, reload } = internalGroups;
  // None of nobody's company says nothing of the one that is being asked.
  const isRead = internal !== null && !(loading && internal.groups.length === 0);
  const desk = useMemo((): PushDesk => {
    const robots = (internal?.groups ?? []).flatMap((group) =>
      group.robots.map(({ id, name, purpose }) => ({
        id,
        name,
        groupName: group.name,
        forReports: purpose === "report",
        forReminders: purpose === "reminders",
      })),
    );
    const unread = isRead ? null : { failure, reload };
    return { roomId: show.roomId, mayPlan, mayStop, corpId, robots, unread };
  }, [show.roomId, mayPlan, mayStop, corpId, internal, isRead, failure, reload]);
  return <DeskContext.Provider value={desk}>{children}</DeskContext.Provider>;
}

export function usePushDesk(): PushDesk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("no PushDeskProvider above");
  return desk;
}
