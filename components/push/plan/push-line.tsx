"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PushRow } from "#domain/push/rows.ts";
import { count } from "../../format/money.ts";
import { clockTime, dayTime } from "../../format/time.ts";
import { useBusy } from "../../live/desk.tsx";
import { useShowNow } from "../../live/show-clock.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { useRefusal } from "../../strings/use-refusal.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { Tag } from "../../ui/tag.tsx";
import { KeptBack } from "../kept-back.tsx";
import { usePushDesk } from "../push-desk.tsx";
import { ReachNote } from "../reach-note.tsx";
import { PushStatusTag } from "../status-tag.tsx";
import { usePushActs } from "../use-push-acts.ts";
import { useSpanWords, useWhenWords } from "../when-words.ts";

type Props = {
  push: PushRow;
  /** Where it stands on the line, ms UTC; `null`: it waits for something. */
  at: number | null;
  startAt: number;
  onEdit: () => void;
  onCopy: () => void;
  onBoard: () => void;
};

export function PushLine({ push, at, startAt, onEdit, onCopy, onBoard }: Props) {
  const words = useTranslations("push");
  const isOut = push.rounds > 0;
  return (
    <li
      data-push={push.pushId}
      className="grid grid-cols-[120px_minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 border-b py-3 max-sm:grid-cols-1"
    >
      <PlannedTime at={at} startAt={startAt} push={push} />
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <button
            type="button"
            title={push.title}
            className="min-w-0 truncate text-left text-sm font-semibold hover:underline"
            onClick={isOut ? onBoard : onEdit}
          >
            {push.title}
          </button>
          <Tag shape={false}>{words(`kind.${push.kind}`)}</Tag>
          <PushStatusTag push={push} />
        </div>
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-xs text-dim">
          <ReachNote push={push} />
          <OutSoFar push={push} />
          <KeptBack push={push} />
          <UselessFrom push={push} />
        </div>
        <WhyNot push={push} />
      </div>
      <LineActs push={push} onEdit={onEdit} onCopy={onCopy} onBoard={onBoard} />
    </li>
  );
}

function PlannedTime({ at, startAt, push }: Pick<Props, "at" | "startAt" | "push">) {
  const words = useTranslations("push.when");
  const when = useWhenWords();
  const span = useSpanWords();
  const now = useShowNow(60_000);
  if (at === null) return <p className="text-xs text-dim sm:text-right">{when(push.when)}</p>;
  const away = at - startAt;
  const relative =
    Math.abs(away) < 60_000 ? words("atStart") : words(away < 0 ? "beforeStart" : "afterStart", { span: span(away) });
  return (
    <p className="flex flex-col gap-0.5 max-sm:flex-row max-sm:gap-2 sm:text-right">
      <time dateTime={new Date(at).toISOString()} className="text-sm font-semibold tabular-nums">
        {Math.abs(at - now) < 12 * 3_600_000 ? clockTime(at) : dayTime(at)}
      </time>
      <span className="text-xs text-faint" title={when(push.when)}>
        {relative}
      </span>
    </p>
  );
}

/** How far it has come, for what was handed over. */
function OutSoFar({ push }: { push: PushRow }) {
  const words = useTranslations("push.soFar");
  const { kind, rounds, tasks, counts, ticks, resolved } = push;
  if (rounds === 0) return null;
  if (kind === "robot") return <span>{words("robot", { sent: count(tasks.sent) })}</span>;
  if (kind === "forward") {
    return <span>{words("forward", { ticks: count(ticks), targets: count(resolved?.targets ?? 0) })}</span>;
  }
  const unsent = tasks.waiting;
  return (
    <>
      <span className="text-ink">{words(kind, { sent: count(counts.sent) })}</span>
      {unsent > 0 ? <span className="text-wait-ink">{words("unsent", { staff: count(unsent) })}</span> : null}
    </>
  );
}

function UselessFrom({ push: { useBy, outlives, rounds, closed } }: { push: PushRow }) {
  const words = useTranslations("push");
  if (closed || (rounds > 0 && useBy === null)) return null;
  if (useBy !== null) return <span>{words("useByAt", { time: dayTime(useBy) })}</span>;
  return outlives ? <span>{words("outlives")}</span> : null;
}

/** What keeps it from going out, or ended it. */
function WhyNot({ push: { held, closed, tasks } }: { push: PushRow }) {
  const words = useTranslations("push");
  const explain = useRefusal();
  if (closed)
    return <p className="text-xs text-faint">{words(`closed.${closed.reason}`, { time: clockTime(closed.at) })}</p>;
  if (tasks.unknown > 0)
    return <p className="text-xs text-air-ink">{words("unknownTasks", { count: tasks.unknown })}</p>;
  if (!held) return null;
  const why = held.code === null ? "" : explain(held.code);
  return (
    <p className="text-xs text-wait-ink">
      {words(`held.${held.reason}`)}
      {why ? `:${why}` : ""}
    </p>
  );
}

/** Whether its selection and words may still be changed. */
export const isEditable = ({ rounds, armed, closed }: Pick<PushRow, "rounds" | "armed" | "closed">): boolean =>
  rounds === 0 && !armed && !closed;

/** Whether it may go out by a hand now; the rules look again. */
const isSendable = ({ rounds, armed, closed, when }: PushRow): boolean =>
  !armed && !closed && (rounds === 0 || (when.by === "event" && !when.once));

function LineActs({ push, onEdit, onCopy, onBoard }: Pick<Props, "push" | "onEdit" | "onCopy" | "onBoard">) {
  const words = useTranslations("push.act");
  const desk = useTranslations("pushDesk");
  const { mayPlan, mayStop } = usePushDesk();
  const acts = usePushActs();
  const busy = useBusy(`push:${push.pushId}`);
  const isHeld = useSession((show) => show.hold.held);
  const heldTitle = isHeld ? desk("goHeld") : undefined;
  const [asked, setAsked] = useState<"cancel" | "remove" | null>(null);
  const editable = isEditable(push);
  const isOfOtherDay = push.held?.code === "push.otherDay";
  const underway = push.tasks.intended + push.tasks.calling + push.tasks.waiting > 0;
  const mayHold = mayStop && !push.held && !push.closed && !push.armed && (isSendable(push) || push.tasks.intended > 0);
  const items: MenuItem[] = [
    ...(editable && mayPlan ? [{ label: words("edit"), onSelect: onEdit }] : []),
    ...(mayPlan ? [{ label: words("copy"), onSelect: onCopy }] : []),
    ...(push.rounds > 0 ? [{ label: words("board"), onSelect: onBoard }] : []),
    ...(editable && mayPlan ? [{ label: words("refresh"), onSelect: () => void acts.refresh(push) }] : []),
    ...(mayStop && !push.closed && !push.armed && (underway || isSendable(push))
      ? (["line", { label: words("cancel"), danger: true, onSelect: () => setAsked("cancel") }] as const)
      : []),
    ...(editable && mayPlan ? [{ label: words("remove"), danger: true, onSelect: () => setAsked("remove") }] : []),
  ];
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 max-sm:justify-end">
      {isOfOtherDay && editable && mayPlan ? (
        <Button size="sm" busy={busy} title={words("moveHint")} onClick={() => void acts.move(push)}>
          {words("move")}
        </Button>
      ) : null}
      {push.held && mayPlan && !push.closed ? (
        <Button size="sm" busy={busy} disabled={isHeld} title={heldTitle} onClick={() => void acts.unhold([push])}>
          {words("unhold")}
        </Button>
      ) : null}
      {mayHold ? (
        <Button size="sm" look="ghost" busy={busy} onClick={() => void acts.hold(push)}>
          {words("hold")}
        </Button>
      ) : null}
      {mayPlan && isSendable(push) ? (
        <Button size="sm" busy={busy} disabled={isHeld} title={heldTitle} onClick={() => void acts.handOver(push)}>
          {words("handOver")}
        </Button>
      ) : null}
      {items.length === 0 ? null : (
        <Menu items={items}>
          <IconButton label={words("menu", { title: push.title })} size="iconSm">
            <Icon name="more" />
          </IconButton>
        </Menu>
      )}
      {asked ? (
        <ConfirmDialog
          open
          onOpenChange={() => setAsked(null)}
          title={words(`${asked}Title`, { title: push.title })}
          confirmLabel={words(asked)}
          onConfirm={() => (asked === "cancel" ? acts.cancel(push) : acts.remove(push))}
        >
          {words(asked === "cancel" && push.rounds > 0 ? "cancelOutText" : `${asked}Text`)}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
