"use client";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { isPaused, nextCue, showClock } from "#domain/rundown-clock.ts";
import { useSession } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Kbd } from "../ui/kbd.tsx";
import { EmptyState } from "../ui/states.tsx";
import { CueRow } from "./cue-row.tsx";
import { HANDS, takeAgo, useBusy, useDesk, useDeskKey } from "./desk.tsx";
import { useShowNow } from "./show-clock.tsx";
import { useDeed } from "./use-deed.ts";

/** What comes when, and what is on now. Enter takes a cue only while the focus is here. */
export function RundownPanel({ className }: { className?: string }) {
  const words = useTranslations("cues");
  const cues = useSession((show) => show.cues);
  const order = useSession((show) => show.cueOrder.order);
  const inOrder = useMemo(() => order.flatMap((cueId) => cues.get(cueId) ?? []), [cues, order]);
  const next = nextCue(inOrder);
  const [chosen, setChosen] = useState<string | null>(null);
  const isChosen = chosen !== null && (cues.get(chosen)?.state === "waiting" || cues.get(chosen)?.state === "skipped");
  const target = isChosen ? chosen : (next?.cueId ?? null);
  const done = inOrder.filter(({ state }) => state === "done").length;
  const list = useRef<HTMLDivElement>(null);
  const acts = useRundownActs(target, () => setChosen(null));
  const { readOnly } = useDesk();
  useDeskKey({ code: "KeyR", key: "R", label: words("focus"), section: "rundown", run: () => list.current?.focus() });
  useKeepInView(list);

  const move = (step: number) => {
    const open = inOrder.filter(({ state }) => state === "waiting" || state === "skipped");
    const at = open.findIndex(({ cueId }) => cueId === target);
    setChosen(open[Math.min(open.length - 1, Math.max(0, at + step))]?.cueId ?? null);
  };
  return (
    <section aria-label={words("title")} className={cn("flex min-h-0 min-w-0 flex-col", className)}>
      <header className="flex h-10 shrink-0 items-center gap-2 px-4">
        <h2 className="min-w-0 truncate text-sm font-semibold text-dim">{words("title")}</h2>
        <Kbd>R</Kbd>
        <InsertButton />
        <span className="text-sm whitespace-nowrap text-faint tabular-nums">
          {done} / {inOrder.length}
        </span>
      </header>
      <div
        ref={list}
        role="group"
        aria-label={words("list")}
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.target !== event.currentTarget) return;
          if (event.key === "Enter") acts.take();
          else if (event.key === "ArrowDown") move(1);
          else if (event.key === "ArrowUp") move(-1);
          else return;
          event.preventDefault();
        }}
        className="group/list min-h-0 flex-1 overflow-y-auto -outline-offset-2"
      >
        {inOrder.length === 0 ? (
          <EmptyState compact title={words("emptyTitle")} text={readOnly ? null : words("emptyText")} />
        ) : null}
        <CueList inOrder={inOrder} target={target} onChoose={setChosen} />
      </div>
      <RundownFoot acts={acts} isJump={isChosen && target !== next?.cueId} hasTarget={target !== null} />
    </section>
  );
}

type Cues = Parameters<typeof showClock>[0]["cues"];

function CueList({
  inOrder,
  target,
  onChoose,
}: {
  inOrder: Cues;
  target: string | null;
  onChoose: (cueId: string) => void;
}) {
  const lengthAtStartMs = useSession((show) => show.rundown.lengthAtStartMs);
  const { startedAt, endedAt, plannedStartAt, plannedEndAt } = useSession((show) => show.session);
  // Rows are told their start to the minute, so that a second that passes draws the current row alone.
  const now = useShowNow(15_000);
  const { cues: clocks } = showClock(
    { cues: inOrder, lengthAtStartMs, startedAt, endedAt, plannedStartAt, plannedEndAt },
    now,
  );
  return inOrder.map(({ cueId }) => (
    <CueRow
      key={cueId}
      cueId={cueId}
      startsAt={clocks.get(cueId)?.startsAt ?? null}
      isTarget={cueId === target}
      onChoose={onChoose}
    />
  ));
}

type RundownActs = ReturnType<typeof useRundownActs>;

function useRundownActs(target: string | null, afterTake: () => void) {
  const deed = useDeed();
  const { entry } = useDesk();
  const currentCueId = useSession((show) => show.rundown.currentCueId);
  const paused = useSession((show) => {
    const cue = currentCueId === null ? undefined : show.cues.get(currentCueId);
    return cue ? isPaused(cue) : false;
  });
  return {
    currentCueId,
    paused,
    take: () => {
      if (target === null) return;
      const input = { cueId: target, ago: takeAgo(entry) };
      void deed("take", "rundown.take", input, { expect: { currentCueId } }).then(afterTake);
    },
    skip: () => {
      if (target !== null) void deed("skip", "rundown.skip", { cueId: target }).then(afterTake);
    },
    pause: () => {
      const input = { ago: takeAgo(entry) };
      const toggles = { toggles: true };
      void (paused ? deed("pause", "rundown.resume", input, toggles) : deed("pause", "rundown.pause", input, toggles));
    },
    finish: () => void deed("finish", "rundown.finish", { ago: takeAgo(entry) }, { expect: { currentCueId } }),
  };
}

function RundownFoot({ acts, isJump, hasTarget }: { acts: RundownActs; isJump: boolean; hasTarget: boolean }) {
  const words = useTranslations("cues");
  const { may } = useDesk();
  const off = !may(HANDS);
  const phase = useSession((show) => show.session.phase);
  const onAir = phase === "live" || phase === "interrupted";
  const taking = useBusy("take");
  const pausing = useBusy("pause");
  const section = "rundown" as const;
  useDeskKey({ code: "KeyX", key: "X", label: words("skip"), section, run: acts.skip, off: off || phase === "ended" });
  useDeskKey({ code: "KeyH", key: "H", label: words("pause"), section, run: acts.pause, off });
  if (off) return null;
  return (
    <footer className="flex shrink-0 flex-wrap items-center gap-1.5 border-t px-3 py-2.5">
      <Button
        look="primary"
        size="sm"
        hotkey="Enter"
        className="h-8"
        busy={taking}
        disabled={!onAir || !hasTarget}
        title={words("enterHint")}
        onClick={acts.take}
      >
        {words(isJump ? "jump" : "next")}
      </Button>
      <Button size="sm" className="h-8" hotkey="X" disabled={!hasTarget || phase === "ended"} onClick={acts.skip}>
        {words("skipShort")}
      </Button>
      <Button
        size="sm"
        className="h-8"
        hotkey="H"
        busy={pausing}
        look={acts.paused ? "armed" : "plain"}
        disabled={acts.currentCueId === null}
        onClick={acts.pause}
      >
        {words(acts.paused ? "goOn" : "pauseShort")}
      </Button>
    </footer>
  );
}

function InsertButton() {
  const words = useTranslations("cues");
  const { may, dialog } = useDesk();
  const off = !may(HANDS);
  const onAir = useSession((show) => show.session.phase === "live" || show.session.phase === "interrupted");
  const insert = () => dialog.write({ kind: "insert" });
  useDeskKey({ code: "KeyI", key: "I", label: words("insert"), section: "rundown", run: insert, off });
  return (
    <span className="ml-auto">
      {off ? null : (
        <Button size="sm" look="ghost" hotkey="I" disabled={!onAir} onClick={insert}>
          {words("insertShort")}
        </Button>
      )}
    </span>
  );
}

/** Brings the current cue into view when it changes, unless a person is reading the list. */
function useKeepInView(list: { readonly current: HTMLDivElement | null }) {
  const currentCueId = useSession((show) => show.rundown.currentCueId);
  useEffect(() => {
    const box = list.current;
    if (!box || currentCueId === null || box.matches(":hover")) return;
    const row = box.querySelector<HTMLElement>(`[data-cue="${CSS.escape(currentCueId)}"]`);
    // One cue of what was stays in sight above it.
    const top = row?.previousElementSibling ?? row;
    if (top instanceof HTMLElement) box.scrollTo({ top: Math.max(0, top.offsetTop - box.offsetTop) });
  }, [currentCueId, list]);
}
