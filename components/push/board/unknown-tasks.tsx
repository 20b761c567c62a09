"use client";
import { useTranslations } from "next-intl";
import type { PushRow, PushTaskRow } from "#domain/push/rows.ts";
import { clockTime } from "../../format/time.ts";
import { useBusy } from "../../live/desk.tsx";
import { useDeed } from "../../live/use-deed.ts";
import { Button } from "../../ui/button.tsx";
import { usePushDesk } from "../push-desk.tsx";
import { usePushNames } from "../push-names.ts";

/** What nobody can tell: a call without an answer that WeCom's lists don't show. It is never sent again by itself. */
export function UnknownTasks({ push, tasks }: { push: PushRow; tasks: readonly PushTaskRow[] }) {
  const words = useTranslations("push.unknown");
  const unknown = tasks.filter(({ state }) => state === "unknown");
  if (unknown.length === 0) return null;
  return (
    <section
      aria-label={words("heading", { count: unknown.length })}
      className="flex flex-col gap-2 rounded-lg border border-air-edge bg-air-soft px-4 py-3"
    >
      <h3 className="text-sm font-semibold text-air-ink">{words("heading", { count: unknown.length })}</h3>
      <p className="text-xs">{words(push.kind === "robot" || push.kind === "forward" ? "robotText" : "text")}</p>
      <ul className="flex flex-col gap-1.5">
        {unknown.map((task) => (
          <UnknownTask key={task.taskId} task={task} />
        ))}
      </ul>
    </section>
  );
}

function UnknownTask({ task: { taskId, staffId, robotId, callingAt } }: { task: PushTaskRow }) {
  const words = useTranslations("push.unknown");
  const nameOf = usePushNames();
  const { mayPlan } = usePushDesk();
  const deed = useDeed();
  const busy = useBusy(`task:${taskId}`);
  const settle = (as: "sent" | "notSent") => void deed(`task:${taskId}`, "push.settleUnknown", { taskId, as });
  return (
    <li className="flex flex-wrap items-center gap-2">
      <span className="min-w-0 flex-1 truncate text-sm">
        {nameOf(staffId ?? robotId ?? "")}
        {callingAt === null ? null : (
          <span className="ml-2 text-xs text-dim">{words("calledAt", { time: clockTime(callingAt) })}</span>
        )}
      </span>
      {mayPlan ? (
        <>
          <Button size="sm" busy={busy} onClick={() => settle("sent")}>
            {words("sent")}
          </Button>
          <Button size="sm" busy={busy} onClick={() => settle("notSent")}>
            {words("notSent")}
          </Button>
        </>
      ) : null}
    </li>
  );
}
