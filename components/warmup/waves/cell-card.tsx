"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Role } from "#domain/op.ts";
import type { Cell } from "#domain/wave/shapes.ts";
import { count, yuanRound } from "../../format/money.ts";
import { clockTime, dayTime } from "../../format/time.ts";
import { useDesk } from "../../live/desk.tsx";
import { useShowNow } from "../../live/show-clock.tsx";
import { usePlan } from "../../plan/plan-context.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { Tag } from "../../ui/tag.tsx";
import { PAGE_PLANNERS } from "../warmup-roles.ts";
import { CELL_TONES, cellState, hasApi } from "./cell-state.shape.ts";
import { PlanPushDialog } from "./plan-push-dialog.tsx";
import { TickDialog } from "./tick-dialog.tsx";

/** Whoever has a cell to do may say that it is done. */
export const DOERS: readonly Role[] = [...PAGE_PLANNERS, "floor", "assistant", "ads", "service", "host"];

type Props = { cell: Cell; withChannel?: boolean; onOpen: () => void };

/** One thing that goes out: when, by whom, how it stands, what it brought, and the next press. */
export function CellCard({ cell, withChannel = false, onOpen }: Props) {
  const words = useTranslations("warmupPlan.waves");
  const { members } = usePlan();
  const push = useSession((show) => (cell.pushId === null ? undefined : show.pushes.get(cell.pushId)));
  const hasEnded = useSession((show) => show.session.endedAt !== null);
  const state = cellState(cell, push, { now: useShowNow(15_000), hasEnded });
  const owner = members.find(({ id }) => id === cell.ownerId)?.name;
  return (
    <article
      className={cn(
        "flex min-w-0 flex-col gap-1 rounded-md border bg-raised px-2 py-1.5",
        state === "late" || state === "held" ? "border-wait-edge" : null,
        state === "failed" || state === "refused" ? "border-air-edge" : null,
      )}
    >
      <button
        type="button"
        onClick={onOpen}
        aria-label={words("openCell", { title: cell.title })}
        className="line-clamp-2 text-left text-sm font-medium [overflow-wrap:anywhere] hover:underline"
        title={cell.title}
      >
        {cell.title}
      </button>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-xs text-dim">
        <Tag tone={CELL_TONES[state]}>{words(`state.${state}`)}</Tag>
        {withChannel ? <span>{words(`channel.${cell.channel}`)}</span> : null}
        <span className="tabular-nums">{dayTime(cell.at)}</span>
        <span className="max-w-24 truncate">{owner ?? words("noOwner")}</span>
      </p>
      {cell.quiet && !hasEnded ? <p className="text-2xs text-wait-ink">{words("quiet")}</p> : null}
      <Brought cell={cell} />
      <NextPress cell={cell} />
    </article>
  );
}

/** By its push's links, or by its own source. */
function Brought({ cell: { pushId, sourceId, done } }: { cell: Cell }) {
  const words = useTranslations("warmupPlan.waves");
  const effect = useSession((show) => (pushId === null ? undefined : show.pushEffect.get(pushId)));
  const funnel = useSession((show) => (sourceId === null ? undefined : show.sourceFunnel.get(sourceId)));
  const signups = pushId === null ? funnel?.signedUp : effect?.signups;
  const paidFen = pushId === null ? funnel?.paidFen : effect?.paidFen;
  if (signups === undefined && paidFen === undefined) {
    return done && sourceId === null ? <p className="text-2xs text-faint">{words("untracked")}</p> : null;
  }
  return (
    <p className="text-xs text-sure-ink tabular-nums">
      {words("broughtShort", { count: count(signups ?? 0) })}
      {paidFen ? ` · ${words("broughtPaid", { fen: yuanRound(paidFen) })}` : null}
    </p>
  );
}

function NextPress({ cell }: { cell: Cell }) {
  const words = useTranslations("warmupPlan.waves");
  const sessionId = useSession((show) => show.session.sessionId);
  const hasEnded = useSession((show) => show.session.endedAt !== null);
  const { may } = useDesk();
  const [asking, setAsking] = useState(false);
  if (cell.done) {
    return <p className="text-2xs text-faint">{words("byHand", { time: clockTime(cell.done.happenedAt) })}</p>;
  }
  if (cell.pushId !== null) {
    return (
      <Button asChild size="sm" look="ghost" className="self-start">
        <Link href={`/shows/${sessionId}/pushes#board=${encodeURIComponent(cell.pushId)}`}>{words("openPush")}</Link>
      </Button>
    );
  }
  const byPush = hasApi(cell.channel);
  // Nothing goes out for a show that is over; what was done for it can still be ticked.
  if (hasEnded && byPush) return null;
  const allowed = may(byPush ? PAGE_PLANNERS : DOERS);
  return (
    <>
      <Button
        size="sm"
        className="self-start"
        disabled={!allowed}
        {...(byPush ? {} : { "aria-label": words("tickOf", { title: cell.title }) })}
        onClick={() => setAsking(true)}
      >
        {words(byPush ? "planPush" : "tick")}
      </Button>
      {asking && byPush ? <PlanPushDialog cell={cell} onClose={() => setAsking(false)} /> : null}
      {asking && !byPush ? <TickDialog cell={cell} onClose={() => setAsking(false)} /> : null}
    </>
  );
}
