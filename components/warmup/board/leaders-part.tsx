"use client";
import { useTranslations } from "next-intl";
import { count } from "../../format/money.ts";
import { useNames, useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useWarmupPlace } from "../warmup-place.tsx";
import { BoardPart } from "./board-part.tsx";

const SHOWN = 15;

/** The head of the leaderboard, within a second of the sign-up that moved it. */
export function LeadersPart({ className }: { className?: string }) {
  const words = useTranslations("warmupBoard.leaders");
  const of = useTranslations("invites");
  const board = useTranslations("warmupBoard");
  const names = useNames();
  const { open } = useWarmupPlace();
  const { counts, held } = useSession((show) => show.invites);
  const { top, metric, frozenAt, published, inviters } = useSession((show) => show.leaderboard);
  const isEnded = useSession((show) => show.session.phase === "ended");
  // Nobody can catch up any more: it says how far they stayed behind, and nothing where they came level.
  const isOver = isEnded || frozenAt !== null;
  const behind = (by: number) => (by === 0 ? null : words("gapLeft", { count: count(by) }));
  const shown = top.slice(0, SHOWN);
  return (
    <BoardPart
      title={words("title")}
      {...(className ? { className } : {})}
      aside={
        <>
          {frozenAt === null ? null : <Tag tone="wait">{words("frozen")}</Tag>}
          <Tag tone={published ? "sure" : "plain"}>{words(published ? "published" : "hidden")}</Tag>
          <Button size="sm" look="ghost" onClick={() => open("leaderboard")}>
            {words("open")}
          </Button>
        </>
      }
    >
      {shown.length === 0 ? (
        counts === 0 && held > 0 ? (
          <EmptyState compact title={of("emptyHeld")} text={of("emptyHeldText", { count: count(held) })} />
        ) : (
          <EmptyState compact title={words("emptyTitle")} text={words("emptyText")} />
        )
      ) : (
        <>
          <ol aria-label={words("title")}>
            {shown.map(({ rank, n, personId, count: reached, gap }) => (
              <li key={personId} className="flex h-7 items-center gap-2 border-b text-sm last:border-0">
                <span className="w-6 shrink-0 text-right text-faint tabular-nums">{rank}</span>
                <span className="min-w-0 flex-1 truncate">{names(`person:${personId}`) ?? of("unnamedOf", { n })}</span>
                <span className="shrink-0 text-xs text-faint tabular-nums">
                  {gap === null ? words("top") : isOver ? behind(gap - 1) : words("gap", { count: count(gap) })}
                </span>
                <b className="min-w-14 shrink-0 text-right font-semibold tabular-nums">{count(reached)}</b>
              </li>
            ))}
          </ol>
          <p className="pt-1.5 text-xs text-faint">
            {of(`metricOf.${metric}`)} · {words("of", { shown: count(shown.length), inviters: count(inviters) })} ·{" "}
            {board("signups.own")}
          </p>
        </>
      )}
    </BoardPart>
  );
}
