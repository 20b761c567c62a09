"use client";
import { useTranslations } from "next-intl";
import { memo } from "react";
import * as z from "zod/mini";
import type { Cue } from "#domain/cue.ts";
import { elapsedMs, isInterrupted, isPaused, remainingMs } from "#domain/rundown-clock.ts";
import { clockTime, duration } from "../format/time.ts";
import { useSession } from "../session/session-provider.tsx";
import { useRefusal } from "../strings/use-refusal.ts";
import { IconButton } from "../ui/button.tsx";
import { CueNotes } from "../lessons/cue-notes.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Menu, type MenuItem } from "../ui/menu.tsx";
import { Tag, ToneShape } from "../ui/tag.tsx";
import { useActWords } from "./act-words.ts";
import { HANDS, PLANNERS, useDesk } from "./desk.tsx";
import { useShowNow } from "./show-clock.tsx";
import { useDeed } from "./use-deed.ts";

type CueRowProps = {
  cueId: string;
  startsAt: number | null;
  isTarget: boolean;
  onChoose: (cueId: string) => void;
};

/** One cue. The current one is the loud one: what is left of it, and how its acts went. */
export const CueRow = memo(function CueRow({ cueId, startsAt, isTarget, onChoose }: CueRowProps) {
  const cue = useSession((show) => show.cues.get(cueId));
  if (!cue) return null;
  const isCurrent = cue.state === "current";
  const isPast = cue.state === "done" || cue.state === "skipped";
  return (
    <div
      data-cue={cueId}
      onPointerDown={() => onChoose(cueId)}
      className={cn(
        "group relative grid grid-cols-[46px_1fr_auto] items-center gap-2 border-l-[3px] border-l-transparent py-1.5 pr-2 pl-3",
        isCurrent && "border-l-air bg-picked py-3",
        isTarget && !isCurrent && "border-l-act-edge bg-hover",
        isPast && "text-faint",
      )}
    >
      <span className={cn("text-sm tabular-nums", !isCurrent && "text-faint")}>
        {startsAt === null ? "" : clockTime(startsAt)}
      </span>
      <span className="min-w-0">
        <span
          className={cn(
            "block truncate text-sm",
            isCurrent && "font-semibold",
            cue.state === "skipped" && "line-through",
          )}
          title={cue.title}
        >
          {cue.title}
          <RoundMark cue={cue} />
        </span>
        {isCurrent ? <ActsOfCurrent cue={cue} /> : isTarget ? <ActsAhead cue={cue} /> : null}
        {isPast ? null : <CueNotes cueId={cueId} />}
      </span>
      <span className="flex items-center gap-1 pr-1">
        {isCurrent ? <Countdown cue={cue} /> : <CueLength cue={cue} isTarget={isTarget} />}
        <CueMenu cue={cue} />
      </span>
    </div>
  );
});

function RoundMark({ cue }: { cue: Cue }) {
  const words = useTranslations("cues");
  if (cue.round > 1) return <span className="ml-1 text-xs text-faint">{words("round", { round: cue.round })}</span>;
  return cue.addedLive ? <span className="ml-1 text-xs text-faint">{words("inserted")}</span> : null;
}

const HOUR_MS = 3_600_000;

/** Counts down; once over it counts on in amber, with a sign and a shape. */
function Countdown({ cue }: { cue: Cue }) {
  const words = useTranslations("cues");
  const now = useShowNow();
  const left = remainingMs(cue, now) ?? 0;
  const interrupted = isInterrupted(cue);
  const stopped = interrupted || isPaused(cue);
  return (
    <span className="flex flex-col items-end">
      <span
        className={cn(
          "leading-8 font-bold tabular-nums",
          // From an hour on it would push the cue's own name away.
          Math.abs(left) >= HOUR_MS ? "text-lg" : "text-[26px]",
          left < 0 || stopped ? "text-wait-ink" : "text-ink",
        )}
        aria-label={words("left")}
      >
        {duration(left)}
      </span>
      {stopped ? (
        <span className="flex items-center gap-1 text-xs text-wait-ink">
          <ToneShape tone="wait" size={8} />
          {words(interrupted ? "interrupted" : "paused")}
        </span>
      ) : null}
    </span>
  );
}

function CueLength({ cue, isTarget }: { cue: Cue; isTarget: boolean }) {
  const words = useTranslations("cues");
  const { readOnly } = useDesk();
  if (cue.state === "done") return <Tag className="tabular-nums">✓ {duration(elapsedMs(cue, cue.to ?? 0) ?? 0)}</Tag>;
  if (cue.state === "skipped") return <span className="text-xs">{words("skipped")}</span>;
  return (
    <>
      {isTarget && !readOnly ? <Kbd className="hidden group-focus/list:inline-flex">Enter</Kbd> : null}
      <span className="rounded-sm bg-[#1f2937] px-1.5 text-xs leading-5 text-dim tabular-nums">
        {duration(cue.plannedMs)}
      </span>
    </>
  );
}

function ActsAhead({ cue }: { cue: Cue }) {
  const actWords = useActWords();
  if (cue.acts.length === 0) return null;
  const text = cue.acts.map(actWords).join(" · ");
  return (
    <span className="block truncate text-xs text-faint" title={text}>
      {text}
    </span>
  );
}

const Answered = z.object({
  cueId: z.string(),
  answers: z.array(z.object({ act: z.string(), status: z.string(), code: z.nullable(z.string()), data: z.unknown() })),
});

/** How each act of the cue was answered when it was taken: done, or refused and why. */
function ActsOfCurrent({ cue }: { cue: Cue }) {
  const words = useTranslations("cues");
  const actWords = useActWords();
  const explain = useRefusal();
  const entry = useSession((show) =>
    show.tape.items.findLast(
      (item) => item?.type === "rundown.actsAnswered.v1" && Answered.safeParse(item.data).data?.cueId === cue.cueId,
    ),
  );
  const answers = Answered.safeParse(entry?.data).data?.answers ?? [];
  if (cue.acts.length === 0)
    return cue.note ? <span className="block truncate text-xs text-dim">{cue.note}</span> : null;
  return (
    <ul className="mt-0.5 flex flex-col gap-0.5">
      {cue.acts.map((act, index) => {
        const answer = answers[index];
        const refused = answer && answer.status !== "ok" ? explain(answer.code ?? "input.invalid", answer.data) : null;
        return (
          <li
            key={index}
            className={cn("text-xs", refused ? "text-wait-ink" : "truncate text-dim")}
            title={refused ?? actWords(act)}
          >
            {answer ? <span className={refused ? "" : "text-sure-ink"}>{refused ? "✗ " : "✓ "}</span> : null}
            {actWords(act)}
            {refused ? <span className="block">{refused}</span> : null}
          </li>
        );
      })}
      {entry ? null : <li className="text-xs text-faint">{words("followed")}</li>}
    </ul>
  );
}

function CueMenu({ cue }: { cue: Cue }) {
  const words = useTranslations("cues");
  const { may, dialog } = useDesk();
  const deed = useDeed();
  const currentCueId = useSession((show) => show.rundown.currentCueId);
  if (!may(HANDS)) return null;
  const { cueId, state } = cue;
  const open = state === "waiting" || state === "skipped";
  const edit = { label: words("edit"), onSelect: () => dialog.write({ kind: "cue", cueId }) };
  const items: MenuItem[] = [
    ...(open
      ? [
          {
            label: words("jumpHere"),
            onSelect: () => void deed("take", "rundown.take", { cueId }, { expect: { currentCueId } }),
          },
        ]
      : []),
    ...(state === "waiting"
      ? [{ label: words("skip"), onSelect: () => void deed("skip", "rundown.skip", { cueId }) }]
      : []),
    ...(state === "current"
      ? [
          {
            label: words("finish"),
            onSelect: () => void deed("finish", "rundown.finish", {}, { expect: { currentCueId } }),
          },
        ]
      : []),
    ...(open
      ? []
      : [{ label: words("bringBack"), onSelect: () => void deed(`back:${cueId}`, "rundown.bringBack", { cueId }) }]),
    ...(may(PLANNERS) && state !== "done" ? [edit] : []),
    ...(open && may(PLANNERS)
      ? [
          "line" as const,
          {
            label: words("remove"),
            danger: true,
            onSelect: () => void deed(`remove:${cueId}`, "rundown.removeCue", { cueId }),
          },
        ]
      : []),
  ];
  return (
    <Menu items={items}>
      <IconButton
        label={words("menu", { title: cue.title })}
        size="iconSm"
        className="absolute top-1/2 right-1.5 w-6 -translate-y-1/2 bg-hover opacity-0 group-hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100"
      >
        <Icon name="more" size={14} />
      </IconButton>
    </Menu>
  );
}
