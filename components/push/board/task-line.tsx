"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { isLateForwarder, remindersLeft } from "#domain/push/results.ts";
import type { PushRow, PushTaskRow } from "#domain/push/rows.ts";
import { meaningOf } from "#domain/wecom-errcodes.ts";
import { count } from "../../format/money.ts";
import { clockTime, dayTime } from "../../format/time.ts";
import { useBusy } from "../../live/desk.tsx";
import { useShowNow } from "../../live/show-clock.tsx";
import { useDeed } from "../../live/use-deed.ts";
import { useServerNow, useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Tag } from "../../ui/tag.tsx";
import { usePushDesk } from "../push-desk.tsx";
import { usePushNames } from "../push-names.ts";
import { TaskStateTag } from "../status-tag.tsx";
import { useSpanWords } from "../when-words.ts";
import { isForwarding, isKeptBack, isRetryable, isUnsent } from "./board-rows.shape.ts";
import { TargetsOfTask } from "./targets-of-task.tsx";

export const TASK_LINE_PX = 52;

/** One member's message, one robot's, one list to forward: how it stands, since when, what it reached. */
export function TaskLine({ task, push }: { task: PushTaskRow; push: PushRow }) {
  const words = useTranslations("push.task");
  const nameOf = usePushNames();
  const [open, setOpen] = useState(false);
  const name = nameOf(task.staffId ?? task.robotId ?? "");
  return (
    <div data-task={task.taskId} className="flex h-[52px] items-center gap-3 border-b px-2">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-center gap-2">
          <span className="min-w-0 truncate text-sm font-medium" title={name}>
            {name}
          </span>
          <TaskStateTag state={task.state} role={task.role} />
          <LateTag task={task} push={push} />
        </p>
        <p className="truncate text-xs text-dim">
          <Since task={task} push={push} />
          <Reason task={task} />
        </p>
      </div>
      {task.targets === 0 ? null : (
        <button
          type="button"
          title={words("showTargets")}
          className="flex w-24 shrink-0 flex-col items-end gap-1 text-xs tabular-nums hover:text-act-ink max-sm:w-16"
          onClick={() => setOpen(true)}
        >
          <span>
            {count(task.role === "forward" ? task.ticks : task.counts.sent)} / {count(task.targets - task.over)}
          </span>
          <TargetsBar task={task} />
          <span className="sr-only">{words("targetsOf", { name })}</span>
        </button>
      )}
      <TaskActs task={task} push={push} />
      {open ? <TargetsOfTask task={task} name={name} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

/** Its targets by what became of them, as widths; the words stand in the list behind it. */
function TargetsBar({ task: { counts, targets, over, ticks, role } }: { task: PushTaskRow }) {
  const of = Math.max(1, targets - over);
  const done = role === "forward" ? ticks : counts.sent;
  const missed = counts.notFriend + counts.overQuota + counts.invalid;
  return (
    <span aria-hidden className="flex h-1.5 w-full overflow-hidden rounded-full bg-line">
      <span className="bg-sure" style={{ width: `${(done / of) * 100}%` }} />
      <span className="bg-air" style={{ width: `${(missed / of) * 100}%` }} />
    </span>
  );
}

function LateTag({ task, push }: { task: PushTaskRow; push: PushRow }) {
  const words = useTranslations("push.task");
  const now = useShowNow(15_000);
  if (!isLateForwarder(task, push.handedOverAt ?? now, now)) return null;
  return <Tag tone="wait">{words("late")}</Tag>;
}

/** The last thing that is known of it, and since when it waits. */
function Since({ task, push }: { task: PushTaskRow; push: PushRow }) {
  const words = useTranslations("push.task");
  const span = useSpanWords();
  const realNow = useServerNow(15_000);
  const showNow = useShowNow(15_000);
  const rehearsal = useSession(({ session }) => session.rehearsal);
  const { state, role, pressedAt, callingAt, lastTickAt, lookUps, cancel, reminders, opens } = task;
  const said: string[] = [];
  if (pressedAt !== null) said.push(words(role === "robot" ? "spokeAt" : "pressedAt", { time: clockTime(pressedAt) }));
  else if (isUnsent(task) && callingAt !== null) {
    // A rehearsal has hours of its own: real seconds beside "sent at 17:49" would say nothing.
    const waitsMs = rehearsal && push.handedOverAt !== null ? showNow - push.handedOverAt : realNow - callingAt;
    said.push(words("waitsFor", { span: span(Math.max(0, waitsMs)) }));
  } else if (state === "calling") said.push(words(lookUps === 0 ? "calling" : "lookingUp", { times: lookUps }));
  if (role === "forward" && lastTickAt !== null) said.push(words("lastTick", { time: clockTime(lastTickAt) }));
  if (cancel) said.push(words(`cancel.${cancel.is}`));
  if (reminders.length > 0)
    said.push(words("reminded", { times: reminders.length, time: clockTime(reminders.at(-1) ?? 0) }));
  if (opens > 0) said.push(words("opens", { count: count(opens) }));
  return said.join(" · ");
}

/** WeCom's number, and what it means to a person; or that WeCom is away. */
function Reason({ task }: { task: PushTaskRow }) {
  const words = useTranslations("push.task");
  const advice = useTranslations("wecom.advice");
  const { errcode, state, cancel } = task;
  if (isKeptBack(task)) return <span className="text-wait-ink">{words("away")}</span>;
  const shown = cancel?.is === "refused" ? cancel.errcode : errcode;
  if (shown === null || shown === 0 || state === "sent") return null;
  return (
    <span className="text-air-ink">
      {" "}
      {words("errcode", { advice: advice(meaningOf(shown).advice), errcode: String(shown) })}
    </span>
  );
}

function TaskActs({ task, push }: { task: PushTaskRow; push: PushRow }) {
  const words = useTranslations("push.task");
  const { mayPlan } = usePushDesk();
  const deed = useDeed();
  const realNow = useServerNow(15_000);
  const busy = useBusy(`task:${task.taskId}`);
  if (!mayPlan) return null;
  const { pushId, taskId } = task;
  if (isRetryable(task, push)) {
    return (
      <Button size="sm" busy={busy} onClick={() => void deed(`task:${taskId}`, "push.retry", { taskId })}>
        {words("retry")}
      </Button>
    );
  }
  if (!isUnsent(task)) return isForwarding(task) ? <span className="w-20 shrink-0 max-sm:hidden" /> : null;
  const { left, freeAt } = remindersLeft(task, realNow);
  return (
    <Button
      size="sm"
      busy={busy || task.remindOwed}
      disabled={left === 0}
      title={freeAt === null ? undefined : words("remindFreeAt", { time: dayTime(freeAt) })}
      onClick={() => void deed(`task:${taskId}`, "push.remind", { pushId, taskIds: [taskId] })}
    >
      {words("remind")} <span className="text-faint tabular-nums">{words("remindLeft", { left })}</span>
    </Button>
  );
}
