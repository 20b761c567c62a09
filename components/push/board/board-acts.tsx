"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { isCancellable } from "#domain/push/results.ts";
import type { PushRow, PushTaskRow } from "#domain/push/rows.ts";
import { dayTime } from "../../format/time.ts";
import { useBusy } from "../../live/desk.tsx";
import { forReminders } from "../../live/pushes/line-data.ts";
import { useDeed, wasDone } from "../../live/use-deed.ts";
import { useServerNow } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { notify } from "../../ui/toast.tsx";
import { usePushDesk } from "../push-desk.tsx";
import { RobotsUnread } from "../robots-unread.tsx";
import { remindRest } from "./board-rows.shape.ts";

type Props = { push: PushRow; tasks: readonly PushTaskRow[] };

/** For all who have not sent: remind them, or call off what still can be. */
export function BoardActs({ push, tasks }: Props) {
  const words = useTranslations("push.board");
  const { mayPlan, mayStop } = usePushDesk();
  const realNow = useServerNow(15_000);
  const deed = useDeed();
  const [open, setOpen] = useState<"remind" | "cancel" | null>(null);
  const { unsent, forwarding } = remindRest(tasks, realNow);
  const owing = unsent + forwarding;
  const cancellable = tasks.filter(isCancellable);
  const cancel = async () => {
    const taskIds = cancellable.map(({ taskId }) => taskId);
    return wasDone(await deed(`cancel:${push.pushId}`, "push.cancelTasks", { taskIds }));
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {mayPlan && owing > 0 ? (
        <Button size="sm" look="primary" onClick={() => setOpen("remind")}>
          {words("remindAll", { count: owing })}
        </Button>
      ) : null}
      {mayStop && cancellable.length > 0 ? (
        <Button size="sm" look="danger" onClick={() => setOpen("cancel")}>
          {words("cancelUnsent", { count: cancellable.length })}
        </Button>
      ) : null}
      {open === "remind" ? <RemindDialog push={push} tasks={tasks} onClose={() => setOpen(null)} /> : null}
      {open === "cancel" ? (
        <ConfirmDialog
          open
          onOpenChange={() => setOpen(null)}
          title={words("cancelTitle", { count: cancellable.length })}
          confirmLabel={words("cancelConfirm")}
          onConfirm={cancel}
        >
          {words("cancelText")}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

type Rest = ReturnType<typeof remindRest>;

function restWords({ unsent, free, freeAt }: Rest, words: ReturnType<typeof useTranslations<"push.remind">>): string {
  if (unsent === 0) return words("byRobotAlone");
  if (freeAt !== null) return words("noRest", { time: dayTime(freeAt) });
  return free === unsent ? words("allFree") : words("rest", { free, rest: unsent - free });
}

function RemindDialog({ push, tasks, onClose }: Props & { onClose: () => void }) {
  const words = useTranslations("push.remind");
  const ui = useTranslations("ui");
  const { robots, unread } = usePushDesk();
  const deed = useDeed();
  const busy = useBusy(`remind:${push.pushId}`);
  const realNow = useServerNow(15_000);
  const rest = remindRest(tasks, realNow);
  const { unsent, forwarding, free } = rest;
  const [robotIds, setRobotIds] = useState<readonly string[]>(() => forReminders(robots));
  const send = async () => {
    const sent = await deed(`remind:${push.pushId}`, "push.remind", { pushId: push.pushId, robotIds: [...robotIds] });
    if (!wasDone(sent)) return;
    notify({ tone: "sure", title: words("done", { count: free, groups: robotIds.length }) });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="sm"
      title={words(unsent > 0 ? "title" : "titleForward", { count: unsent + forwarding })}
      description={restWords(rest, words)}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" busy={busy} disabled={free === 0 && robotIds.length === 0} onClick={() => void send()}>
            {words("send")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-sm">
        {unsent > 0 ? <p className="text-dim">{words("text")}</p> : null}
        {unread ? (
          <RobotsUnread unread={unread} />
        ) : robots.length === 0 ? (
          <p className="text-xs text-faint">{words("noRobots")}</p>
        ) : (
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1 text-xs text-dim">{words("names")}</legend>
            {robots.map(({ id, name, groupName }) => (
              <Checkbox
                key={id}
                checked={robotIds.includes(id)}
                onChange={(on) => setRobotIds(on ? [...robotIds, id] : robotIds.filter((other) => other !== id))}
                label={groupName}
                hint={name}
              />
            ))}
          </fieldset>
        )}
      </div>
    </Dialog>
  );
}
