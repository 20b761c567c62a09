"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { PushKind } from "#domain/push/shapes.ts";
import type { PushRow } from "#domain/push/rows.ts";
import { clockTime, dayTime } from "../../format/time.ts";
import { useShowNow } from "../../live/show-clock.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { Icon } from "../../ui/icon.tsx";
import { Callout, EmptyState } from "../../ui/states.tsx";
import { PushEditor, type Opening } from "../editor/push-editor.tsx";
import { NotConnected } from "../not-connected.tsx";
import { usePushDesk } from "../push-desk.tsx";
import { usePushActs } from "../use-push-acts.ts";
import { useSpanWords } from "../when-words.ts";
import { NextUp } from "./next-up.tsx";
import { PushLine } from "./push-line.tsx";
import { ReportsByRobot } from "./reports-by-robot.tsx";
import { timeLineOf, type Mark, type Slot } from "./time-line.shape.ts";

const KINDS: readonly PushKind[] = ["groups", "customers", "robot", "forward"];

/** Everything that is to go out and went out, in its order. */
export function PushPlan({ onBoard }: { onBoard: (pushId: string) => void }) {
  const words = useTranslations("push");
  const rows = useSession((show) => show.pushes);
  const { mayPlan, corpId } = usePushDesk();
  const [opening, setOpening] = useState<Opening | null>(null);
  const add = (
    <Button look="primary" disabled={!mayPlan} onClick={() => setOpening({ as: "new", kind: "groups" })}>
      <Icon name="plus" size={14} />
      {words("add")}
    </Button>
  );
  return (
    <div className="mx-auto flex max-w-[1120px] flex-col gap-4 px-6 py-4 pb-28 max-sm:px-3">
      {corpId === null ? <NotConnected /> : null}
      <ReportsByRobot />
      {rows.size === 0 ? (
        <>
          <EmptyState title={words("emptyTitle")} text={words("emptyText")} actions={add} />
          <KindCards disabled={!mayPlan} onChoose={(kind) => setOpening({ as: "new", kind })} />
        </>
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <NextUp />
            {add}
          </div>
          <CopiedBar rows={rows} />
          <Lines rows={rows} onOpen={setOpening} onBoard={onBoard} />
        </>
      )}
      {opening ? <PushEditor opening={opening} onClose={() => setOpening(null)} /> : null}
    </div>
  );
}

/** What each kind can and can't do, where nothing is planned yet. */
function KindCards({ disabled, onChoose }: { disabled: boolean; onChoose: (kind: PushKind) => void }) {
  const words = useTranslations("push");
  return (
    <ul className="grid gap-3 sm:grid-cols-2">
      {KINDS.map((kind) => (
        <li key={kind}>
          <button
            type="button"
            disabled={disabled}
            onClick={() => onChoose(kind)}
            className="flex h-full w-full flex-col gap-1 rounded-lg border bg-raised px-4 py-3 text-left hover:bg-hover disabled:opacity-45"
          >
            <span className="text-sm font-semibold">{words(`kind.${kind}`)}</span>
            <span className="text-xs text-dim">{words(`kindHelp.${kind}`)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Taken over from an earlier show: nothing of it goes out before somebody has looked. */
function CopiedBar({ rows }: { rows: ReadonlyMap<string, PushRow> }) {
  const words = useTranslations("push");
  const { mayPlan } = usePushDesk();
  const acts = usePushActs();
  const copied = [...rows.values()].filter(({ held, status }) => held?.reason === "copied" && status === "held");
  if (copied.length < 2 || !mayPlan) return null;
  return (
    <Callout
      tone="wait"
      actions={
        <Button size="sm" look="armed" onClick={() => void acts.unhold(copied)}>
          {words("unholdAll", { count: copied.length })}
        </Button>
      }
    >
      {words("copiedText", { count: copied.length })}
    </Callout>
  );
}

type LinesProps = {
  rows: ReadonlyMap<string, PushRow>;
  onOpen: (opening: Opening) => void;
  onBoard: (pushId: string) => void;
};

function Lines({ rows, onOpen, onBoard }: LinesProps) {
  const words = useTranslations("push.group");
  const { startedAt, plannedStartAt, endedAt } = useSession((show) => show.session);
  const startAt = startedAt ?? plannedStartAt;
  const now = useShowNow(15_000);
  const line = useMemo(
    () => timeLineOf(rows.values(), { now, startAt, endAt: endedAt }),
    [rows, now, startAt, endedAt],
  );
  const one = (push: PushRow, at: number | null) => (
    <PushLine
      key={push.pushId}
      push={push}
      at={at}
      startAt={startAt}
      onEdit={() => onOpen({ as: "edit", pushId: push.pushId })}
      onCopy={() => onOpen({ as: "copy", push })}
      onBoard={() => onBoard(push.pushId)}
    />
  );
  return (
    <>
      {line.timed.length === 0 ? null : (
        <Group title={words("timed")}>
          {line.timed.map((slot) =>
            slot.kind === "push" ? (
              one(slot.push, slot.at)
            ) : (
              <MarkLine key={slot.mark} slot={slot} started={startedAt !== null} />
            ),
          )}
        </Group>
      )}
      {line.following.length === 0 ? null : (
        <Group title={words("following")}>{line.following.map((push) => one(push, null))}</Group>
      )}
      {line.byHand.length === 0 ? null : (
        <Group title={words("byHand")}>{line.byHand.map((push) => one(push, null))}</Group>
      )}
    </>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="pb-1 text-xs text-faint">{title}</h2>
      <ol className="flex flex-col">{children}</ol>
    </section>
  );
}

/** Now, the start, the end: what the pushes around it are seen against. */
function MarkLine({ slot, started }: { slot: Extract<Slot, { kind: "mark" }>; started: boolean }) {
  const words = useTranslations("push.mark");
  const span = useSpanWords();
  const now = useShowNow(15_000);
  const { mark, at } = slot;
  const looks: Readonly<Record<Mark, string>> = {
    now: "text-act-ink [--line:var(--color-act-edge)]",
    start: "text-air-ink [--line:var(--color-air-edge)]",
    end: "text-dim [--line:var(--color-edge)]",
  };
  const name = mark === "start" ? words(started ? "started" : "start") : words(mark);
  const away = mark === "start" && !started && at > now ? ` · ${words("in", { span: span(at - now) })}` : "";
  return (
    <li className={cn("flex items-center gap-3 py-1.5 text-xs font-medium", looks[mark])}>
      <span className="w-30 shrink-0 text-right tabular-nums max-sm:w-auto">
        {Math.abs(at - now) < 12 * 3_600_000 ? clockTime(at) : dayTime(at)}
      </span>
      <span className="shrink-0">
        {name}
        {away}
      </span>
      <span aria-hidden className="h-px flex-1 bg-(--line)" />
    </li>
  );
}
