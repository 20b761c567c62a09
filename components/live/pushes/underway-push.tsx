"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { PushRow } from "#domain/push/rows.ts";
import { count } from "../../format/money.ts";
import { clockTime } from "../../format/time.ts";
import { PushStatusTag } from "../../push/status-tag.tsx";
import { useNames, useServerNow, useSession } from "../../session/session-provider.tsx";
import { useList } from "../../ui/use-list.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/panel.tsx";
import { Progress } from "../../ui/progress.tsx";
import { useBusy, useDesk } from "../desk.tsx";
import { useDeed } from "../use-deed.ts";
import { PUSHERS } from "./prepared.ts";
import { waitingOf } from "./push-lists.ts";
import { useStaffRobots } from "./use-staff-robots.ts";
import { HeldTag, KindTag } from "./push-tags.tsx";

/** So many names are said; the board has them all. */
const NAMES_SHOWN = 3;

/** Its board: who has not sent, and what became of each. */
const boardOf = (sessionId: string, pushId: string) => `/shows/${sessionId}/pushes#board=${encodeURIComponent(pushId)}`;

/** One that is out and not through: how many members have sent, who has not, and what can be done about it. */
export function UnderwayPush({ row }: { row: PushRow }) {
  const words = useTranslations("pushDesk");
  const tasks = useSession((show) => show.pushTasks);
  const sessionId = useSession((show) => show.session.sessionId);
  // WeCom counts reminders by the hour of the wall, also in a rehearsal.
  const now = useServerNow(60_000);
  const waiting = useMemo(() => waitingOf(row, tasks.values(), now), [row, tasks, now]);
  const { members, sent, unsentIds } = waiting;
  const { kind, title, status, handedOverAt, tasks: byState, held } = row;
  return (
    <Card label={title} tone={byState.unknown > 0 ? "air" : "wait"} className="px-2.5 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link
          href={boardOf(sessionId, row.pushId)}
          className="min-w-0 flex-1 basis-36 truncate text-sm font-bold hover:underline"
          title={title}
        >
          {title}
        </Link>
        <KindTag kind={kind} />
        {held ? <HeldTag held={held} /> : <PushStatusTag push={{ status, kind }} />}
      </div>
      {members > 0 ? (
        <>
          <p className="mt-1 flex gap-x-2 text-xs text-dim tabular-nums">
            <span>
              {words(kind === "forward" ? "haveForwarded" : "haveSent", { sent: count(sent), members: count(members) })}
            </span>
            {handedOverAt === null ? null : <span>{words("since", { time: clockTime(handedOverAt) })}</span>}
          </p>
          <Progress className="mt-1" tone="wait" value={sent / members} label={words("progress", { title })} />
          <Unsent ids={unsentIds} />
        </>
      ) : null}
      <div className="mt-1.5 flex items-center justify-end gap-1.5">
        {byState.unknown > 0 ? (
          <Button asChild size="sm" look="danger">
            <Link href={boardOf(sessionId, row.pushId)}>{words("settle", { count: byState.unknown })}</Link>
          </Button>
        ) : null}
        <Remind row={row} left={waiting.remindersLeft} unsent={unsentIds.length} />
      </div>
    </Card>
  );
}

function Unsent({ ids }: { ids: readonly string[] }) {
  const words = useTranslations("pushDesk");
  const list = useList();
  const names = useNames();
  if (ids.length === 0) return null;
  const shown = ids.slice(0, NAMES_SHOWN).map((id) => names(id) ?? words("someone"));
  const rest = ids.length - shown.length;
  return (
    <p className="mt-1 truncate text-xs text-wait-ink" title={list(ids.map((id) => names(id) ?? words("someone")))}>
      {words("unsent", { names: list(shown) })}
      {rest > 0 ? words("andMore", { count: rest }) : ""}
    </p>
  );
}

function Remind({ row, left, unsent }: { row: PushRow; left: number; unsent: number }) {
  const words = useTranslations("pushDesk");
  const { may } = useDesk();
  const deed = useDeed();
  const { pushId, kind } = row;
  const busy = useBusy(`remind:${pushId}`);
  const robotIds = useStaffRobots();
  if (unsent === 0 || !may(PUSHERS)) return null;
  const byRobot = robotIds.length > 0;
  const isForward = kind === "forward";
  return (
    <Button
      size="sm"
      busy={busy}
      disabled={!byRobot && left === 0}
      title={words(byRobot ? (isForward ? "remindRobot" : "remindBoth") : left === 0 ? "remindNone" : "remindHelp")}
      onClick={() => void deed(`remind:${pushId}`, "push.remind", { pushId, taskIds: [], robotIds: [...robotIds] })}
    >
      {isForward ? words("remindNames") : words("remind", { left })}
    </Button>
  );
}
