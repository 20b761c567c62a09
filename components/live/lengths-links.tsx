"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Reply } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { LENGTHS_FROM } from "../plan/measured-lengths.tsx";
import { usePlan } from "../plan/plan-context.tsx";
import { useSession } from "../session/session-provider.tsx";
import { loadShows, NO_FILTER, type Show } from "../shows/show-list.ts";
import { Button } from "../ui/button.tsx";

const PLANS_SHOWN = 3;

/** After a rehearsal: the ways into the room's coming plans with the lengths that were measured. */
export function LengthsLinks() {
  const words = useTranslations("onAir");
  const sessionId = useSession((show) => show.session.sessionId);
  const wasMeasured = useSession((show) => [...show.cues.values()].some(({ state }) => state === "done"));
  const { room } = usePlan();
  const { value: plans } = useLoaded(room.id, (signal) => loadPlans(room.id, signal));
  if (!plans || plans.length === 0 || !wasMeasured) return null;
  return (
    <div className="flex flex-col items-start gap-1.5">
      <p className="text-sm text-dim">{words("lengthsHint")}</p>
      {plans.map(({ id, title }) => (
        <Button key={id} asChild size="sm" className="max-w-full">
          <Link href={`/shows/${id}/plan?${LENGTHS_FROM}=${encodeURIComponent(sessionId)}#rundown`}>
            <span className="truncate">{words("useLengths", { title })}</span>
          </Link>
        </Button>
      ))}
    </div>
  );
}

/** Real shows of the room that are still to come, the next one first. */
async function loadPlans(roomId: string, signal: AbortSignal): Promise<Reply<readonly Show[]>> {
  const coming = { ...NO_FILTER, room: roomId, rehearsal: "false" };
  const replies = await Promise.all(
    ["planned", "warmup"].map((phase) => loadShows({ ...coming, phase }, null, signal)),
  );
  const plans: Show[] = [];
  for (const reply of replies) {
    if (!reply.ok) return reply;
    plans.push(...reply.value.sessions);
  }
  const inOrder = plans.toSorted((a, b) => a.plannedStartAt - b.plannedStartAt);
  return { ok: true, value: inOrder.slice(0, PLANS_SHOWN) };
}
