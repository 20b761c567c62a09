"use client";
import { useTranslations } from "next-intl";
import { count } from "../format/money.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { useDesk } from "../live/desk.tsx";
import { usePlan } from "../plan/plan-context.tsx";
import { useSession } from "../session/session-provider.tsx";
import type { ShowSlices } from "../session/show-slices.ts";
import type { WarmupTab } from "./tab-names.ts";
import { useFollowed } from "./use-followed.ts";
import { loadContacts } from "./warmup-data.ts";
import { GREETERS } from "./warmup-roles.ts";

/** What waits for somebody behind a page; one without a line here has nothing that waits. */
const WAITING: Partial<Record<WarmupTab, (show: ShowSlices) => number>> = {
  leaderboard: ({ invites }) => invites.held,
  // An honour is there with its rank: nobody hands it out.
  rewards: ({ rewardSteps }) =>
    [...rewardSteps.values()].reduce((sum, { carrier, earned }) => (carrier === "honour" ? sum : sum + earned), 0),
  compliance: ({ compliance }) => compliance.blocks,
};

export function TabCount({ tab }: { tab: WarmupTab }) {
  const waiting = useSession((show) => WAITING[tab]?.(show) ?? 0);
  const mayGreet = useDesk().may(GREETERS);
  return tab === "firstContacts" && mayGreet ? <NotGreeted /> : <Waiting waiting={waiting} />;
}

/** As many as the page lists: who left their group is not on it, who was added without signing up is, and the show's own figures know neither. */
function NotGreeted() {
  const { show } = usePlan();
  const loaded = useLoaded(`contacts waiting ${show.id}`, (signal) =>
    loadContacts(show.id, { member: null, cursor: null, limit: 1 }, signal),
  );
  useFollowed(loaded.reload);
  return <Waiting waiting={loaded.value?.total ?? 0} />;
}

function Waiting({ waiting }: { waiting: number }) {
  const words = useTranslations("warmup");
  if (waiting === 0) return null;
  return (
    <span className="text-xs font-semibold text-wait-ink" title={words("waiting")}>
      {count(waiting)}
    </span>
  );
}
