"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { namedText } from "#domain/push/named.ts";
import type { PushRow, PushTaskRow } from "#domain/push/rows.ts";
import { isMass } from "#domain/push/shapes.ts";
import { count } from "../../format/money.ts";
import { clockTime, dayTime } from "../../format/time.ts";
import { useShowNow } from "../../live/show-clock.tsx";
import { useNames, useSession } from "../../session/session-provider.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { VirtualRows } from "../../ui/virtual-rows.tsx";
import { ReachNote } from "../reach-note.tsx";
import { PushStatusTag } from "../status-tag.tsx";
import { KeptBack } from "../kept-back.tsx";
import { BoardActs } from "./board-acts.tsx";
import { inOrder, isForwarding, isTrouble, isUnsent, nudgesOf, tasksOf } from "./board-rows.shape.ts";
import { TaskLine, TASK_LINE_PX } from "./task-line.tsx";
import { UnknownTasks } from "./unknown-tasks.tsx";

const FILTERS = ["owing", "trouble", "all"] as const;
type Filter = (typeof FILTERS)[number];

const passes: Readonly<Record<Filter, (task: PushTaskRow) => boolean>> = {
  owing: (task) =>
    isUnsent(task) ||
    isForwarding(task) ||
    task.state === "calling" ||
    task.state === "intended" ||
    task.state === "unknown",
  trouble: isTrouble,
  all: () => true,
};

/** One push that was handed over: member by member, with what can be done for each. */
export function PushBoard({ push }: { push: PushRow }) {
  const words = useTranslations("push.board");
  const all = useSession((show) => show.pushTasks);
  const now = useShowNow(15_000);
  const tasks = useMemo(() => inOrder(tasksOf(all, push), push, now), [all, push, now]);
  const counts = FILTERS.map((filter) => tasks.filter(passes[filter]).length);
  const [wanted, setFilter] = useState<Filter | null>(null);
  const filter = wanted ?? (counts[0] === 0 ? "all" : "owing");
  const shown = tasks.filter(passes[filter]);
  return (
    <section aria-label={push.title} className="flex min-w-0 flex-col gap-4">
      <BoardHead push={push} tasks={tasks} />
      <UnknownTasks push={push} tasks={tasks} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Segmented
          label={words("filter")}
          value={filter}
          onChange={setFilter}
          options={FILTERS.map((value, at) => ({ value, label: words(`show.${value}`, { count: counts[at] ?? 0 }) }))}
        />
        <BoardActs push={push} tasks={tasks} />
      </div>
      {shown.length === 0 ? (
        <p className="rounded-md border px-4 py-6 text-center text-sm text-dim">
          {words(filter === "trouble" ? "noTrouble" : "allSent")}
        </p>
      ) : (
        <div className="flex flex-col" style={{ height: Math.min(shown.length, 14) * TASK_LINE_PX }}>
          <VirtualRows
            label={words("members")}
            className="flex-1"
            rowHeight={TASK_LINE_PX}
            items={shown}
            idOf={({ taskId }) => taskId}
            renderRow={(task) => <TaskLine task={task} push={push} />}
          />
        </div>
      )}
      <Nudges push={push} tasks={all} />
    </section>
  );
}

function BoardHead({ push, tasks }: { push: PushRow; tasks: readonly PushTaskRow[] }) {
  const words = useTranslations("push.board");
  const push_ = useTranslations("push");
  const nameOf = useNames();
  const { kind, title, counts, handedOverAt, filled, resolved, quota } = push;
  const targets = (resolved?.targets ?? 0) - (quota?.over ?? 0);
  const ticked = tasks.reduce((sum, task) => sum + task.ticks, 0);
  const [done, of] =
    kind === "forward"
      ? [ticked, targets]
      : kind === "robot"
        ? [push.tasks.sent, tasks.length]
        : [counts.sent, targets];
  return (
    <header className="flex flex-col gap-2">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <h2 className="min-w-0 truncate text-base font-semibold" title={title}>
          {title}
        </h2>
        <Tag shape={false}>{push_(`kind.${kind}`)}</Tag>
        <PushStatusTag push={push} />
        {handedOverAt === null ? null : (
          <span className="text-xs text-dim">
            {words(push.status === "handedOver" ? "handingOverSince" : "handedOverAt", { time: dayTime(handedOverAt) })}
          </span>
        )}
      </div>
      <Progress
        tone={done >= of ? "sure" : "wait"}
        value={of === 0 ? 0 : done / of}
        label={words(`reached.${kind}`, { done: count(done), of: count(of) })}
        className="h-1.5"
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-dim">
        <b className="font-semibold text-ink">{words(`reached.${kind}`, { done: count(done), of: count(of) })}</b>
        {isMass(kind) ? <Misses push={push} /> : null}
        <ReachNote push={push} />
        <KeptBack push={push} />
        {push.closed ? <span>{push_(`closed.${push.closed.reason}`, { time: clockTime(push.closed.at) })}</span> : null}
      </div>
      {filled === null ? null : (
        <details className="text-xs text-dim">
          <summary className="cursor-pointer">{words("sentWords")}</summary>
          <p className="mt-1 max-w-2xl rounded-md border bg-sunken px-3 py-2 whitespace-pre-wrap text-ink">
            {namedText(filled.text, (personId) => nameOf(personId) ?? words("somebody"))}
          </p>
        </details>
      )}
    </header>
  );
}

/** WeCom's own reasons for what did not arrive. */
function Misses({ push: { counts } }: { push: PushRow }) {
  const words = useTranslations("push.targetState");
  return (["notFriend", "overQuota", "invalid"] as const).map((state) =>
    counts[state] === 0 ? null : (
      <span key={state} className="text-air-ink">
        {words(state)} {count(counts[state])}
      </span>
    ),
  );
}

/** Lines with names that a robot spoke. */
function Nudges({ push, tasks }: { push: PushRow; tasks: ReadonlyMap<string, PushTaskRow> }) {
  const words = useTranslations("push.board");
  const nudges = nudgesOf(tasks, push);
  if (nudges.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-xs text-dim">
      {nudges.map(({ taskId, state, pressedAt, staffIds }) => (
        <li key={taskId}>
          {state === "sent" && pressedAt !== null
            ? words("nudged", { time: clockTime(pressedAt), count: staffIds.length })
            : words(nudgeWord(state), { count: staffIds.length })}
        </li>
      ))}
    </ul>
  );
}

function nudgeWord(state: PushTaskRow["state"]): "nudging" | "nudgeUnknown" | "nudgeFailed" {
  if (state === "unknown") return "nudgeUnknown";
  return state === "failed" || state === "cancelled" ? "nudgeFailed" : "nudging";
}
