"use client";
import { useTranslations } from "next-intl";
import type { ShownBoard } from "#domain/warmup/board-telling.ts";
import { count } from "../format/money.ts";
import { useShowNow } from "../live/show-clock.tsx";
import { useNames } from "../session/session-provider.tsx";
import { leaderLine, risenNow, type Risen } from "./leader-lines.shape.ts";
import css from "./leaderboard.module.css";

/** Two columns of ten: what has no room in the box flows out of sight row by row. */
export function LeaderRows({ board }: { board: ShownBoard }) {
  const words = useTranslations("screen.leaderboard");
  const names = useNames();
  const now = useShowNow();
  const risen = risenNow(board, now);
  const line = leaderLine(board, now);
  const told = line?.kind === "overtook" ? line.n : null;
  return (
    <ol className={css["rows"]} data-testid="leaders" data-few={board.top.length <= 10}>
      {board.top.map(({ n, rank, personId, count: reached, gap }) => (
        <li key={n} className={css["row"]} data-rank={rank} data-told={n === told}>
          <span className={css["rank"]}>{rank}</span>
          <span className={css["name"]}>{names(`person:${personId}`) ?? words("someone", { n })}</span>
          <Mark risen={risen.get(n)} gap={gap} isFrozen={board.frozenAt !== null} />
          <b className={css["count"]}>{count(reached)}</b>
        </li>
      ))}
    </ol>
  );
}

/** Who just rose, by a shape and a word; else what is missing to the place above, while it can still be had. */
function Mark({ risen, gap, isFrozen }: { risen: Risen | undefined; gap: number | null; isFrozen: boolean }) {
  const words = useTranslations("screen.leaderboard");
  if (risen) {
    return (
      <span className={css["rose"]}>
        <span aria-hidden>▲ </span>
        {risen.places === null ? words("entered") : words("up", { places: risen.places })}
      </span>
    );
  }
  if (gap === null) return <span className={css["gap"]}>{words("leads")}</span>;
  return <span className={css["gap"]}>{isFrozen ? "" : words("needs", { count: count(gap) })}</span>;
}
