"use client";
import { copyValues, type CopyValues } from "#domain/push/copy.ts";
import type { PushAbout } from "#domain/push/shapes.ts";
import { instant } from "#domain/units.ts";
import { DEFAULT_ZONE } from "../../format/time.ts";
import { useShowNow } from "../../live/show-clock.tsx";
import { useSession } from "../../session/session-provider.tsx";

/** What the names in double braces stand for at this moment, by the rule that fills them at the hand-over. */
export function useLiveValues(about: PushAbout): { readonly values: CopyValues; readonly now: number } {
  const products = useSession((show) => show.products);
  const explained = useSession((show) => show.explained);
  const coupons = useSession((show) => show.coupons);
  const startsAt = useSession(({ session }) => session.startedAt ?? session.plannedStartAt);
  const now = useShowNow(5_000);
  const values = copyValues(about, {
    bag: { products, explained },
    coupon: { coupons },
    startsAt,
    now: instant(now),
    zone: DEFAULT_ZONE,
  });
  return { values, now };
}
