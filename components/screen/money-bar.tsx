"use client";
import { useLocale, useTranslations } from "next-intl";
import { percent, yuanShort } from "../format/money.ts";
import { useLate } from "../live/use-late.ts";
import { useShowNow } from "../live/show-clock.tsx";
import css from "./boards.module.css";
import { useHost } from "./host-slices.ts";
import { useScreenState } from "./screen-state.tsx";

/** Paid amount against its target, and how old it is. */
export function MoneyBar() {
  const words = useTranslations("screen");
  const { moneyHidden } = useScreenState();
  return (
    <footer className={css["money"]}>
      {moneyHidden ? <p className={css["hidden"]}>{words("moneyHidden")}</p> : <Paid />}
      <DataAge />
    </footer>
  );
}

function Paid() {
  const words = useTranslations("screen.paid");
  const locale = useLocale();
  const paidFen = useHost((show) => show.figures.paidFen);
  const targetFen = useHost((show) => show.session.paidTargetFen);
  const reached = targetFen !== null && paidFen !== null && paidFen >= targetFen;
  return (
    <>
      <p className={css["paidLine"]}>
        <b className={css["paid"]} data-testid="paid">
          {paidFen === null ? "–" : yuanShort(paidFen, locale)}
        </b>
        <span className={css["target"]}>{targetWords()}</span>
      </p>
      {targetFen === null || targetFen === 0 ? null : (
        <div
          role="progressbar"
          aria-label={words("progress")}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.min(100, Math.round(((paidFen ?? 0) / targetFen) * 100))}
          className={css["bar"]}
        >
          {paidFen ? (
            <div
              className={css["fill"]}
              data-reached={reached}
              style={{ width: `${Math.min(100, (paidFen / targetFen) * 100)}%` }}
            />
          ) : null}
        </div>
      )}
    </>
  );

  function targetWords(): string {
    if (paidFen === null) return words("unknown");
    if (targetFen === null || targetFen === 0) return words("noTarget");
    const target = yuanShort(targetFen, locale);
    if (reached) return words("reached", { target, share: percent(paidFen / targetFen, 0) });
    return words("missing", { target, gap: yuanShort(targetFen - paidFen, locale) });
  }
}

/** How old the paid amount is: to the tenth of a second while it is fresh. */
export function DataAge() {
  const words = useTranslations("screen.age");
  const at = useHost((show) => show.figures.at);
  const phase = useHost((show) => show.session.phase);
  const { late } = useLate(at);
  const now = useShowNow(200);
  if (at === null || phase === "ended") return null;
  const age = Math.max(0, now - at);
  return (
    <p className={css["age"]} data-late={late} data-clock>
      {late ? words("late", { age: ageWords() }) : ageWords()}
    </p>
  );

  function ageWords(): string {
    if (age < 10_000) return words("tenths", { seconds: (age / 1_000).toFixed(1) });
    if (age < 90_000) return words("seconds", { count: Math.round(age / 1_000) });
    if (age < 90 * 60_000) return words("minutes", { count: Math.round(age / 60_000) });
    return words("hours", { count: Math.round(age / 3_600_000) });
  }
}
