"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Cell } from "#domain/wave/shapes.ts";
import { dayTime } from "../../format/time.ts";
import { useShowNow } from "../../live/show-clock.tsx";
import { usePlan } from "../../plan/plan-context.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useBeats, useCells } from "../plan-words.ts";
import { useSpanWords } from "../span-words.ts";
import { useWarmupPlace } from "../warmup-place.tsx";
import { BoardPart } from "./board-part.tsx";

const SHOWN = 5;

/** What of the waves goes out next, and what should have gone out. */
export function WavesPart({ className }: { className?: string }) {
  const words = useTranslations("warmupBoard.waves");
  const { open } = useWarmupPlace();
  const beats = useBeats();
  const cells = useCells();
  const pushes = useSession((show) => show.pushes);
  const due = useMemo(() => {
    const isOpen = ({ done, pushId }: Cell) => !done && (pushId === null || (pushes.get(pushId)?.rounds ?? 0) === 0);
    return [...cells.values()].filter(isOpen).toSorted((a, b) => a.at - b.at);
  }, [cells, pushes]);
  const hasEnded = useSession((show) => show.session.endedAt !== null);
  const failed = beats.reduce((sum, beat) => sum + beat.failed, 0);
  return (
    <BoardPart
      title={words("title")}
      {...(className ? { className } : {})}
      aside={
        <>
          {failed > 0 ? <Tag tone="air">{words("failed", { count: failed })}</Tag> : null}
          <Button size="sm" look="ghost" onClick={() => open("waves")}>
            {words("open")}
          </Button>
        </>
      }
    >
      {cells.size === 0 ? (
        <EmptyState compact title={words("emptyTitle")} text={words("emptyText")} />
      ) : due.length === 0 ? (
        <p className="py-2 text-sm text-sure-ink">{words("done")}</p>
      ) : (
        <ul aria-label={words(hasEnded ? "missedTitle" : "title")}>
          {due.slice(0, SHOWN).map((cell) => (
            <DueLine key={cell.cellId} cell={cell} hasEnded={hasEnded} />
          ))}
        </ul>
      )}
      {due.length > SHOWN ? (
        <p className="pt-1 text-xs text-faint">{words("more", { count: due.length - SHOWN })}</p>
      ) : null}
      {beats.length > 0 ? (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 pt-2 text-xs text-dim">
          {beats.map(({ beatId, title, through, cells: all }) => (
            <li key={beatId}>
              {title} <span className="text-faint tabular-nums">{words("beat", { through, cells: all })}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </BoardPart>
  );
}

function DueLine({ cell, hasEnded }: { cell: Cell; hasEnded: boolean }) {
  const words = useTranslations("warmupBoard.waves");
  const span = useSpanWords();
  const now = useShowNow(10_000);
  const { members } = usePlan();
  const owner = members.find(({ id }) => id === cell.ownerId)?.name;
  const left = cell.at - now;
  return (
    <li className="flex min-h-8 items-center gap-2 border-b py-1 text-sm last:border-0">
      <span className="min-w-0 flex-1">
        <span className="block truncate" title={cell.title}>
          {cell.title}
        </span>
        <span className="block truncate text-xs text-faint">
          {words("due", { time: dayTime(cell.at) })} · {owner ?? words("noOwner")}
        </span>
      </span>
      {hasEnded ? (
        <Tag>{words("missed")}</Tag>
      ) : (
        <Tag tone={left < 0 ? "wait" : "plain"}>
          {left < 0 ? words("late", { span: span(-left) }) : words("in", { span: span(left) })}
        </Tag>
      )}
    </li>
  );
}
