"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { showClock } from "#domain/rundown-clock.ts";
import { duration, durationFixed, showTime } from "../format/time.ts";
import { usePlan } from "../plan/plan-context.tsx";
import { useOnline, useSession, useSessionSource } from "../session/session-provider.tsx";
import { useShifts } from "../session/shifts.ts";
import { RehearsalTag } from "../shows/phase-tag.tsx";
import { ViewerPageMenu } from "../shows/viewer-page-menu.tsx";
import { useList } from "../ui/use-list.ts";
import { AvatarStack } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { Tag, ToneShape } from "../ui/tag.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { DataAges } from "./data-ages.tsx";
import { useDesk, useDeskKey } from "./desk.tsx";
import { HalfHourHint } from "./half-hour-hint.tsx";
import { HeaderNotices } from "./header-notices.tsx";
import { HoldButton } from "./hold.tsx";
import { FloatButton } from "./float-window.tsx";
import { RehearsalControls } from "./rehearsal-controls.tsx";
import { ScreensButton } from "./screens-button.tsx";
import { useShowNow } from "./show-clock.tsx";

export function DeskHeader() {
  const words = useTranslations("control");
  const title = useSession((show) => show.session.title);
  const sessionId = useSession((show) => show.session.sessionId);
  const rehearsal = useSession((show) => show.session.rehearsal);
  const { room } = usePlan();
  return (
    <header className="flex h-11 shrink-0 items-center gap-3 border-b px-3">
      <Button asChild look="ghost" size="iconSm">
        <Link href="/shows" aria-label={words("toShows")}>
          <Icon name="chevronLeft" />
        </Link>
      </Button>
      <OnAirBadge />
      <HeaderNotices>
        <p className={cn("flex min-w-24 shrink-[9] items-baseline gap-2", rehearsal && "max-[1240px]:hidden")}>
          <span className="truncate text-base font-semibold" title={title}>
            {title}
          </span>
          <span className="shrink-0 truncate text-xs text-faint max-[1500px]:hidden">{room.name}</span>
        </p>
        {rehearsal ? <RehearsalTag /> : null}
        <RehearsalControls />
        <div className="ml-auto flex min-w-0 items-center justify-end gap-3 [&>*:not([data-ages])]:shrink-0">
          <ShiftTag />
          <OverUnder />
          <DataAges />
          <HalfHourHint />
        </div>
      </HeaderNotices>
      <div className="flex shrink-0 items-center gap-3">
        <WhoIsOnline />
        <HoldButton />
        <FloatButton />
        <ViewerPageMenu sessionId={sessionId} compact />
        <PaletteButton />
      </div>
    </header>
  );
}

/** On air, and for how long; opens what begins, interrupts and ends the show. */
export function OnAirBadge({ compact = false }: { compact?: boolean }) {
  const words = useTranslations("control");
  const phases = useTranslations("phase");
  const phase = useSession((show) => show.session.phase);
  const { dialog, readOnly } = useDesk();
  const open = () => dialog.write({ kind: "show" });
  useDeskKey({ code: "KeyG", key: "G", label: words("onAirPanel"), section: "show", run: open, off: readOnly });
  const looks = {
    live: "border-air-edge bg-air-soft text-air-ink",
    interrupted: "border-wait-edge bg-wait-soft text-wait-ink",
    planned: "border-edge bg-raised text-ink",
    warmup: "border-edge bg-raised text-ink",
    ended: "border-edge bg-raised text-dim",
  };
  return (
    <button
      type="button"
      onClick={open}
      disabled={readOnly}
      className={cn(
        "flex h-7 shrink-0 items-center rounded-md border text-sm font-semibold whitespace-nowrap",
        compact ? "gap-1.5 px-2" : "gap-2 px-2.5",
        looks[phase],
      )}
    >
      <ToneShape tone={phase === "live" ? "air" : phase === "interrupted" ? "wait" : "plain"} size={9} />
      {phases(phase)}
      <RunningTime compact={compact} />
      {readOnly || compact ? null : <Icon name="chevronDown" size={12} />}
    </button>
  );
}

function RunningTime({ compact }: { compact: boolean }) {
  const words = useTranslations("control");
  const now = useShowNow();
  const { phase, startedAt, endedAt, plannedStartAt } = useSession((show) => show.session);
  const { show } = usePlan();
  const { kind } = useSessionSource();
  // A replay knows when the show will start, and counts down to that as its slider does.
  if (kind === "replay" && startedAt === null && show.startedAt !== null) {
    return <span className="tabular-nums">{showTime(now - show.startedAt)}</span>;
  }
  if (startedAt !== null) {
    const ran = (phase === "ended" ? (endedAt ?? now) : now) - startedAt;
    return <span className="tabular-nums">{compact ? duration(ran) : durationFixed(ran)}</span>;
  }
  const left = plannedStartAt - now;
  const time = duration(Math.abs(left));
  const text = compact ? time : words(left >= 0 ? "startsIn" : "startLate", { time });
  return <span className={cn("font-normal tabular-nums", left < 0 && "text-wait-ink")}>{text}</span>;
}

/** Who stands there now, by the plan. */
function ShiftTag() {
  const words = useTranslations("control");
  const list = useList();
  const now = useShowNow(10_000);
  const shifts = useShifts();
  // A rehearsal's own controls stand here too.
  const rehearsal = useSession((show) => show.session.rehearsal);
  const { members } = usePlan();
  const index = shifts.findIndex(({ from, to }) => from <= now && now < to);
  const shift = shifts[index];
  if (!shift) return null;
  const namesOf = (ids: readonly string[]) =>
    list(ids.map((id) => members.find((member) => member.id === id)?.name ?? words("someone")));
  const hosts = shift.hosts.length > 0 ? words("shiftHosts", { names: namesOf(shift.hosts) }) : "";
  const operators = shift.operators.length > 0 ? words("shiftOperators", { names: namesOf(shift.operators) }) : "";
  return (
    <Tag className={cn("max-w-56 max-[1320px]:hidden", rehearsal && "max-[1680px]:hidden")}>
      {[words("shift", { number: index + 1 }), hosts, operators].filter(Boolean).join(" · ")}
    </Tag>
  );
}

/** How much longer the rundown takes than planned at the start. */
export function OverUnder({ compact = false }: { compact?: boolean }) {
  const words = useTranslations("control");
  const now = useShowNow();
  const cues = useSession((show) => show.cues);
  const order = useSession((show) => show.cueOrder.order);
  const lengthAtStartMs = useSession((show) => show.rundown.lengthAtStartMs);
  const { phase, startedAt, endedAt, plannedStartAt, plannedEndAt } = useSession((show) => show.session);
  const inOrder = useMemo(() => order.flatMap((cueId) => cues.get(cueId) ?? []), [cues, order]);
  // After the end nobody can catch up or slow down any more.
  if (phase === "ended" || startedAt === null || inOrder.length === 0) return null;
  const times = { startedAt, endedAt, plannedStartAt, plannedEndAt };
  const { offsetMs } = showClock({ cues: inOrder, lengthAtStartMs, ...times }, now);
  if (offsetMs === null || Math.abs(offsetMs) < 1_000) return null;
  const isOver = offsetMs > 0;
  return (
    <Tooltip text={words("overHelp")} side="bottom">
      <button
        type="button"
        className={cn(
          "text-sm whitespace-nowrap",
          isOver ? "text-wait-ink" : "text-dim",
          // Below it the keys beside it would leave the strip; the rundown tells the same.
          compact && "max-[399px]:hidden",
        )}
      >
        {compact ? null : `${isOver ? words("over") : words("under")} `}
        <b className="tabular-nums">
          {isOver ? "+" : "−"}
          {duration(Math.abs(offsetMs))}
        </b>
      </button>
    </Tooltip>
  );
}

function WhoIsOnline() {
  const online = useOnline();
  const source = useSessionSource();
  if (source.kind !== "socket") return null;
  const staff = online.filter(({ kind }) => kind === "staff").map(({ name }) => name);
  return (
    <span className="flex items-center gap-2">
      <AvatarStack names={staff} max={4} />
      <ScreensButton />
    </span>
  );
}

function PaletteButton() {
  const words = useTranslations("control");
  const { dialog } = useDesk();
  return (
    <Button size="sm" hotkey="Ctrl K" onClick={() => dialog.write({ kind: "palette" })}>
      {words("palette")}
    </Button>
  );
}
