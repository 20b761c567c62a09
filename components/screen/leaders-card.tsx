"use client";
import { useTranslations } from "next-intl";
import { count } from "../format/money.ts";
import { useShowNow } from "../live/show-clock.tsx";
import { useNames } from "../session/session-provider.tsx";
import css from "./boards.module.css";
import { useHost, type HostSlices } from "./host-slices.ts";
import { risenNow } from "./leader-lines.shape.ts";
import { LeaderWords } from "./leader-line.tsx";
import own from "./leaderboard.module.css";

const SHOWN = 3;

/** The first three of the invites beside the product, small, and a line to say. */
export function LeadersCard() {
  const words = useTranslations("screen.leaderboard");
  const names = useNames();
  const now = useShowNow();
  const board = useHost(boardOf);
  if (!board) return null;
  const risen = risenNow(board, now);
  return (
    <section className={css["card"]} aria-label={words("title")} data-testid="leaders-card">
      <ul className={css["lines"]}>
        {board.top.slice(0, SHOWN).map(({ n, rank, personId, count: reached }, index) => {
          const rose = risen.get(n);
          return (
            <li key={n} className={css["unbroken"]}>
              {index === 0 ? <h2 className={css["label"]}>{words("title")}</h2> : null}
              <p className={css["line"]}>
                <span className={own["cardName"]}>
                  <span className={css["dim"]}>{rank}</span> {names(`person:${personId}`) ?? words("someone", { n })}
                </span>
                <span className={own["cardCount"]}>
                  {rose ? (
                    <span className={own["rose"]}>
                      <span aria-hidden>▲ </span>
                      {rose.places === null ? words("entered") : words("up", { places: rose.places })}
                    </span>
                  ) : null}{" "}
                  <b>{count(reached)}</b>
                </span>
              </p>
            </li>
          );
        })}
        <li className={css["unbroken"]}>
          <LeaderWords board={board} />
        </li>
      </ul>
    </section>
  );
}

const boardOf = ({ leaderboard }: HostSlices) => leaderboard;
