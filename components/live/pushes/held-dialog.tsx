"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { isCancellable } from "#domain/push/results.ts";
import type { PushRow, PushTaskRow } from "#domain/push/rows.ts";
import { count } from "../../format/money.ts";
import { clockTime } from "../../format/time.ts";
import { useNames, useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Tag } from "../../ui/tag.tsx";
import { PLANNERS, useBusy, useDesk } from "../desk.tsx";
import { useDeed } from "../use-deed.ts";
import { PUSHERS } from "./prepared.ts";
import { heldList, type HeldList } from "./push-lists.ts";
import { HeldTag, KindTag } from "./push-tags.tsx";

/** After everything was held: what is with the staff already and can still be called off, and what stays until somebody lets it go. */
export function HeldDialog({ onClose }: { onClose: () => void }) {
  const words = useTranslations("pushDesk");
  const control = useTranslations("control");
  const { may } = useDesk();
  const deed = useDeed();
  const isHeld = useSession((show) => show.hold.held);
  const pushes = useSession((show) => show.pushes);
  const tasks = useSession((show) => show.pushTasks);
  const list = useMemo(() => heldList(pushes, tasks.values()), [pushes, tasks]);
  const busy = useBusy("release");
  const release = (
    <Button busy={busy} onClick={() => void deed("release", "arm.release", {})}>
      {control("releaseHold")}
    </Button>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={words("heldTitle")}
      description={words(isHeld ? "heldText" : "releasedText")}
      footer={
        <>
          {isHeld && may(PLANNERS) ? release : null}
          <Button look="primary" onClick={onClose}>
            {words("close")}
          </Button>
        </>
      }
    >
      <Out list={list} />
      <Held list={list} isHeld={isHeld} />
    </Dialog>
  );
}

function Out({ list: { out } }: { list: HeldList }) {
  const words = useTranslations("pushDesk");
  const deed = useDeed();
  const { may } = useDesk();
  const busy = useBusy("cancel:all");
  const open = out.flatMap(({ tasks }) => tasks.filter(isCancellable).map(({ taskId }) => taskId));
  const mayCancel = may([...PUSHERS, "floor"]);
  return (
    <section aria-labelledby="held-out" className="flex flex-col gap-2">
      <header className="flex items-center gap-3">
        <h3 id="held-out" className="text-sm font-semibold">
          {words("outTitle")}
        </h3>
        {open.length > 1 && mayCancel ? (
          <Button
            size="sm"
            look="danger"
            className="ml-auto"
            busy={busy}
            onClick={() => void deed("cancel:all", "push.cancelTasks", { taskIds: open })}
          >
            {words("cancelAll", { count: open.length })}
          </Button>
        ) : null}
      </header>
      {out.length === 0 ? <p className="text-xs text-faint">{words("nothingOut")}</p> : null}
      {out.map(({ push, tasks }) => (
        <div key={push.pushId} className="rounded-md border p-2.5">
          <p className="flex items-center gap-2 text-sm">
            <b className="min-w-0 flex-1 truncate" title={push.title}>
              {push.title}
            </b>
            <KindTag kind={push.kind} />
            {push.handedOverAt === null ? null : (
              <span className="text-xs text-faint">{words("since", { time: clockTime(push.handedOverAt) })}</span>
            )}
          </p>
          <ul className="mt-1">
            {tasks.map((task) => (
              <OutTask key={task.taskId} task={task} mayCancel={mayCancel} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function OutTask({ task, mayCancel }: { task: PushTaskRow; mayCancel: boolean }) {
  const words = useTranslations("pushDesk");
  const names = useNames();
  const deed = useDeed();
  const { taskId, staffId, targets, over, cancel } = task;
  const busy = useBusy(`cancel:${taskId}`);
  const name = (staffId === null ? undefined : names(staffId)) ?? words("someone");
  return (
    <li className="flex min-h-8 items-center gap-2 text-xs">
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <span className="text-dim tabular-nums">{words("targets", { count: count(targets - over) })}</span>
      {cancel?.is === "asked" ? (
        <Tag tone="wait">{words("cancelling")}</Tag>
      ) : cancel?.is === "refused" ? (
        <Tag tone="air">{words("cancelRefused", { errcode: String(cancel.errcode ?? "–") })}</Tag>
      ) : null}
      {mayCancel && isCancellable(task) ? (
        <Button
          size="sm"
          busy={busy}
          aria-label={words("cancelOf", { name })}
          onClick={() => void deed(`cancel:${taskId}`, "push.cancelTasks", { taskIds: [taskId] })}
        >
          {words("cancel")}
        </Button>
      ) : null}
    </li>
  );
}

function Held({ list: { held }, isHeld }: { list: HeldList; isHeld: boolean }) {
  const words = useTranslations("pushDesk");
  const deed = useDeed();
  const { may } = useDesk();
  const busy = useBusy("unhold:all");
  const mayLetGo = may(PUSHERS);
  const all = held.map(({ pushId }) => pushId);
  return (
    <section aria-labelledby="held-held" className="mt-5 flex flex-col gap-1">
      <header className="flex items-center gap-3">
        <h3 id="held-held" className="text-sm font-semibold">
          {words("stayTitle")}
        </h3>
        {all.length > 1 && mayLetGo ? (
          <Button
            size="sm"
            className="ml-auto"
            disabled={isHeld}
            busy={busy}
            onClick={() => void deed("unhold:all", "push.unhold", { pushIds: all })}
          >
            {words("unholdAll", { count: all.length })}
          </Button>
        ) : null}
      </header>
      {held.length === 0 ? <p className="text-xs text-faint">{words("nothingHeld")}</p> : null}
      {isHeld && held.length > 0 ? <p className="text-xs text-dim">{words("releaseFirst")}</p> : null}
      <ul>
        {held.map((row) => (
          <HeldPush key={row.pushId} row={row} isHeld={isHeld} mayLetGo={mayLetGo} />
        ))}
      </ul>
    </section>
  );
}

function HeldPush({ row, isHeld, mayLetGo }: { row: PushRow; isHeld: boolean; mayLetGo: boolean }) {
  const words = useTranslations("pushDesk");
  const deed = useDeed();
  const { pushId, title, sendAt, held, kind } = row;
  const busy = useBusy(`push:${pushId}`);
  return (
    <li className="flex min-h-9 items-center gap-2 text-sm">
      <span className="min-w-0 flex-1 truncate" title={title}>
        {title}
      </span>
      <KindTag kind={kind} />
      {sendAt === null ? null : <span className="text-xs text-dim tabular-nums">{clockTime(sendAt)}</span>}
      {held ? <HeldTag held={held} /> : null}
      {mayLetGo ? (
        <Button
          size="sm"
          disabled={isHeld}
          busy={busy}
          aria-label={words("unholdOf", { title })}
          onClick={() => void deed(`push:${pushId}`, "push.unhold", { pushIds: [pushId] })}
        >
          {words("unhold")}
        </Button>
      ) : null}
    </li>
  );
}
