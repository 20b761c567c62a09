"use client";
import { copyValues, type CopyValues } from "#domain/push/copy.ts";
import type { PushAbout } from "#domain/push/shapes.ts";
import { halfHourNow } from "#domain/report/half-hour-text.ts";
import { reportText } from "#domain/report/report-text.ts";
import { sayReport } from "#domain/report/report-words.ts";
import { instant } from "#domain/units.ts";
import { DEFAULT_ZONE } from "../../format/time.ts";
import { slicesNow } from "../../live/product-acts.ts";
import { useShowNow } from "../../live/show-clock.tsx";
import { useNames, useSession, useSessionSource } from "../../session/session-provider.tsx";

/** What the names in double braces stand for at this moment, by the rule that fills them at the hand-over. */
export function useLiveValues(about: PushAbout): { readonly values: CopyValues; readonly now: number } {
  const products = useSession((show) => show.products);
  const explained = useSession((show) => show.explained);
  const coupons = useSession((show) => show.coupons);
  const startsAt = useSession(({ session }) => session.startedAt ?? session.plannedStartAt);
  const signups = useSession((show) => show.signups.standing);
  const board = useSession((show) => show.leaderboard);
  const nameOf = useNames();
  const now = useShowNow(5_000);
  // Read when the clock ticks: these texts name figures that move with every order.
  const show = slicesNow(useSessionSource());
  const telling = { say: sayReport, zone: DEFAULT_ZONE };
  const values = copyValues(about, {
    bag: { products, explained },
    coupon: { coupons },
    startsAt,
    signups,
    top3: board?.published ? board.top.slice(0, 3).map(({ personId }) => nameOf(personId) ?? "一位朋友") : null,
    now: instant(now),
    zone: DEFAULT_ZONE,
    told: {
      halfHour: show ? halfHourNow(telling, show, now) : null,
      report: show ? reportText(telling, show, now) : null,
    },
  });
  return { values, now };
}
