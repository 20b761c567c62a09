"use client";
import { useTranslations } from "next-intl";
import { HOUR_MS, neededPerHour } from "../../charts/hour-series.shape.ts";
import { count, percent } from "../../format/money.ts";
import { useDesk } from "../../live/desk.tsx";
import { useShowNow } from "../../live/show-clock.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { BoardFigure } from "./board-figure.tsx";
import { PAGE_PLANNERS } from "../warmup-roles.ts";
import { SignupTarget } from "./signup-target.tsx";

/** 预约登记: our own page, not 视频号预约. */
export function SignupFigure() {
  const words = useTranslations("warmupBoard.signups");
  const towards = useTranslations("warmupBoard.reservations");
  const { may } = useDesk();
  const { standing, cancelled, total, rules, byHour } = useSession((show) => show.signups);
  const { plannedStartAt: startsAt, startedAt, endedAt } = useSession((show) => show.session);
  const now = useShowNow(10_000);
  const { target } = rules;
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
  const recent = byHour.find(({ at }) => at === hour)?.signups ?? 0;
  const needed = startedAt === null ? neededPerHour({ target, count: standing, now, startsAt }) : null;
  const share = target ? standing / target : null;
  const parts = [
    endedAt === null ? words("thisHour", { count: count(recent) }) : "",
    needed === null ? "" : towards("perHour", { count: count(needed) }),
  ];
  return (
    <BoardFigure
      label={words("label")}
      help={words("help")}
      value={count(standing)}
      beside={
        target === null ? (endedAt === null ? words("noTarget") : undefined) : words("target", { count: count(target) })
      }
      progress={share === null ? null : { share, label: towards("reached", { share: percent(share, 0) }) }}
      sub={parts.filter(Boolean).join(" · ")}
      source={`${words("own")} · ${words("sub", { cancelled: count(cancelled), total: count(total) })}`}
    >
      {may(PAGE_PLANNERS) && endedAt === null ? <SignupTarget target={target} /> : null}
    </BoardFigure>
  );
}

export function InvitedFigure() {
  const words = useTranslations("warmupBoard.invited");
  const signups = useTranslations("warmupBoard.signups");
  const { counts, held } = useSession((show) => show.invites);
  const standing = useSession((show) => show.signups.standing);
  const inviters = useSession((show) => show.leaderboard.inviters);
  return (
    <BoardFigure
      label={words("label")}
      help={words("help")}
      value={count(counts)}
      beside={standing > 0 ? words("share", { share: percent(counts / standing, 0) }) : undefined}
      sub={words("sub", { inviters: count(inviters), held: count(held) })}
      source={signups("own")}
    />
  );
}

export function WatchedFigure({ className }: { className: string }) {
  const words = useTranslations("warmupBoard.watched");
  const signups = useTranslations("warmupBoard.signups");
  const { standing, watched } = useSession((show) => show.signups);
  const startedAt = useSession((show) => show.session.startedAt);
  const known = startedAt !== null || watched > 0;
  return (
    <BoardFigure
      className={className}
      label={words("label")}
      help={words("help")}
      value={known ? count(watched) : null}
      sub={known && standing > 0 ? words("share", { share: percent(watched / standing, 0) }) : undefined}
      source={known ? signups("own") : words("before")}
    />
  );
}
