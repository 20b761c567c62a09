"use client";
import { useTranslations } from "next-intl";
import { count } from "../format/money.ts";
import { useSession } from "../session/session-provider.tsx";
import type { ShowSlices } from "../session/show-slices.ts";
import type { WarmupTab } from "./tab-names.ts";

/** What waits for somebody behind a page; one without a line here has nothing that waits. */
const WAITING: Partial<Record<WarmupTab, (show: ShowSlices) => number>> = {
  leaderboard: ({ invites }) => invites.held,
  firstContacts: ({ signups }) => signups.standing - signups.greeted,
  // An honour is there with its rank: nobody hands it out.
  rewards: ({ rewardSteps }) =>
    [...rewardSteps.values()].reduce((sum, { carrier, earned }) => (carrier === "honour" ? sum : sum + earned), 0),
  compliance: ({ compliance }) => compliance.blocks,
};

export function TabCount({ tab }: { tab: WarmupTab }) {
  const words = useTranslations("warmup");
  const waiting = useSession((show) => WAITING[tab]?.(show) ?? 0);
  if (waiting === 0) return null;
  return (
    <span className="text-xs font-semibold text-wait-ink" title={words("waiting")}>
      {count(waiting)}
    </span>
  );
}
