"use client";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { ArmedBar } from "../live/armed-bar.tsx";
import { StageHeader } from "../live/stage-header.tsx";
import { RehearsalMark } from "../session/rehearsal-mark.tsx";
import { useSession, useSessionSource } from "../session/session-provider.tsx";
import { useOpenPage } from "../session/use-open-page.ts";
import { Callout } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { SendingBoard } from "./board/sending-board.tsx";
import { PushPlan } from "./plan/push-plan.tsx";
import { usePushDesk } from "./push-desk.tsx";
import { PushResults } from "./results/push-results.tsx";

const TABS = ["plan", "board", "results"] as const;
type TabName = (typeof TABS)[number];
const isTab = (name: string): name is TabName => TABS.some((tab) => tab === name);

type Place = { readonly tab: TabName; readonly pushId: string | null };

/** The tab stands in the address, with the push whose board is open: `#board=ID`. */
function usePlace(): [Place, (tab: TabName, pushId?: string) => void] {
  const [place, setPlace] = useState<Place>({ tab: "plan", pushId: null });
  useEffect(() => {
    const read = () => {
      const [name = "", pushId = ""] = decodeURIComponent(location.hash.slice(1)).split("=");
      if (isTab(name)) setPlace({ tab: name, pushId: pushId || null });
    };
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  const open = useCallback((tab: TabName, pushId?: string) => {
    location.hash = pushId === undefined ? tab : `${tab}=${encodeURIComponent(pushId)}`;
    setPlace({ tab, pushId: pushId ?? null });
  }, []);
  return [place, open];
}

export function Pushes() {
  const words = useTranslations("push");
  const [{ tab, pushId }, open] = usePlace();
  const { mayPlan } = usePushDesk();
  useOpenPage(useSessionSource(), `pushes:${tab}`);
  const toBoard = useCallback((id: string) => open("board", id), [open]);
  const contents = {
    plan: <PushPlan onBoard={toBoard} />,
    board: <SendingBoard pushId={pushId} onChoose={toBoard} />,
    results: <PushResults onBoard={toBoard} />,
  };
  return (
    <div className="relative flex h-full flex-col">
      <PushHeader />
      {mayPlan ? null : (
        <div className="px-4 pb-2">
          <Callout>{words("readOnly")}</Callout>
        </div>
      )}
      <Tabs
        label={words("tabs")}
        className="flex-1"
        value={tab}
        onChange={(next) => open(next)}
        tabs={TABS.map((name) => ({
          value: name,
          label: (
            <>
              {words(`tab.${name}`)}
              <TabCount tab={name} />
            </>
          ),
          content: <div className="h-full overflow-y-auto">{contents[name]}</div>,
        }))}
      />
      {/* Notices come up at the bottom, and nothing may lie over the button that stops. */}
      <ArmedBar place="top-14" />
      <RehearsalMark />
    </div>
  );
}

function PushHeader() {
  const words = useTranslations("push");
  const title = useSession((show) => show.session.title);
  return (
    <StageHeader heading={words("heading", { title })} toPlan={words("backToPlan")} toControl={words("toControl")} />
  );
}

/** What waits for somebody behind that tab. */
function TabCount({ tab }: { tab: TabName }) {
  const words = useTranslations("push");
  const count = useSession(({ pushes, pushBoard }) => {
    if (tab === "plan") return pushes.size;
    return tab === "board" ? pushBoard.unsentStaff + pushBoard.unknownTasks : 0;
  });
  if (count === 0) return null;
  const isUrgent = tab === "board";
  return (
    <span
      className={isUrgent ? "text-xs font-semibold text-wait-ink" : "text-xs font-normal text-faint"}
      title={isUrgent ? words("boardCount") : undefined}
    >
      {count}
    </span>
  );
}
