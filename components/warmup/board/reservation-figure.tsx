"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { neededPerHour } from "../../charts/hour-series.shape.ts";
import { count, percent } from "../../format/money.ts";
import { clockTime } from "../../format/time.ts";
import { useAgeWords } from "../../live/data-ages.tsx";
import { useDesk } from "../../live/desk.tsx";
import { useShowNow } from "../../live/show-clock.tsx";
import { useNames, useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { TYPISTS } from "../warmup-roles.ts";
import { BoardFigure } from "./board-figure.tsx";
import { isOldReading } from "./reservation-age.shape.ts";
import { ReadingsButton } from "./readings-button.tsx";
import { ReservationForm } from "./reservation-form.tsx";

/** 视频号预约 against the show's target, as it was typed or read last. */
export function ReservationFigure({ className }: { className: string }) {
  const words = useTranslations("warmupBoard.reservations");
  const board = useTranslations("warmupBoard");
  const age = useAgeWords();
  const names = useNames();
  const { may } = useDesk();
  const { total, target } = useSession((show) => show.reservations);
  const { sessionId, plannedStartAt: startsAt } = useSession((show) => show.session);
  const readings = useSession((show) => show.reservationReadings);
  const hasBegun = useSession((show) => show.session.startedAt !== null);
  const hasEnded = useSession((show) => show.session.endedAt !== null);
  const now = useShowNow(10_000);
  const times = [...readings.values()].map(({ happenedAt }) => happenedAt);
  const late = !hasBegun && isOldReading(times, now);
  const needed = hasBegun ? null : neededPerHour({ target, count: total?.count ?? null, now, startsAt });
  const by = total?.source === "typed" ? names(total.by) : undefined;
  const told = total
    ? [words(total.source), clockTime(total.at), by === undefined ? "" : words("by", { name: by })].filter(Boolean)
    : [];
  return (
    <BoardFigure
      className={className}
      label={words("label")}
      help={words("help")}
      value={total ? count(total.count) : null}
      beside={
        target === null && !hasBegun ? (
          <Link href={`/shows/${sessionId}/plan`} className="underline underline-offset-2">
            {words("setTarget")}
          </Link>
        ) : (
          target !== null && words("target", { count: count(target) })
        )
      }
      progress={
        total && target
          ? { share: total.count / target, label: words("reached", { share: percent(total.count / target, 0) }) }
          : null
      }
      sub={total && target ? <Towards count={total.count} target={target} needed={needed} /> : null}
      source={total ? board("asOf", { source: told.join(" "), age: age(now - total.at) }) : words("none")}
      late={late}
    >
      {may(TYPISTS) ? <Typing last={total?.count ?? null} isOver={hasEnded} /> : null}
    </BoardFigure>
  );
}

/** When the show is over nobody has to type any more; the count that was seen last can still be noted. */
function Typing({ last, isOver }: { last: number | null; isOver: boolean }) {
  const words = useTranslations("warmupBoard.note");
  const [asked, setAsked] = useState(false);
  if (!isOver || asked) return <ReservationForm last={last} />;
  return (
    <div className="mt-2 flex gap-1.5">
      <Button size="sm" look="ghost" className="px-1.5" onClick={() => setAsked(true)}>
        {words("afterwards")}
      </Button>
      <ReadingsButton />
    </div>
  );
}

function Towards({ count: reached, target, needed }: { count: number; target: number; needed: number | null }) {
  const words = useTranslations("warmupBoard.reservations");
  if (reached >= target)
    return <b className="text-sure-ink">{words("reached", { share: percent(reached / target, 0) })}</b>;
  return [
    words("missing", { count: count(target - reached) }),
    needed === null ? "" : words("perHour", { count: count(needed) }),
  ]
    .filter(Boolean)
    .join(" · ");
}
