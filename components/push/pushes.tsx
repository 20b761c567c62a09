"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { ArmedBar } from "../live/armed-bar.tsx";
import { HoldBanner, HoldButton } from "../live/hold.tsx";
import { ConnectionBanner } from "../session/connection-banner.tsx";
import { RehearsalMark } from "../session/rehearsal-mark.tsx";
import { useOnline, useSession, useSessionSource } from "../session/session-provider.tsx";
import { useOpenPage } from "../session/use-open-page.ts";
import { PhaseTag, RehearsalTag } from "../shows/phase-tag.tsx";
import { AvatarStack } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
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
      <ConnectionBanner />
      <HoldBanner />
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
  const { title, phase, rehearsal, sessionId } = useSession((show) => show.session);
  const online = useOnline();
  return (
    <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 max-sm:px-3">
      <Button asChild look="ghost" size="icon">
        <Link href={`/shows/${sessionId}/plan`} aria-label={words("backToPlan")}>
          <Icon name="chevronLeft" />
        </Link>
      </Button>
      <h1 className="min-w-0 flex-[0_1_auto] truncate text-lg font-semibold" title={title}>
        {words("heading", { title })}
      </h1>
      <PhaseTag phase={phase} />
      {rehearsal ? <RehearsalTag /> : null}
      <div className="ml-auto flex shrink-0 items-center gap-3">
        <span className="max-sm:hidden">
          <AvatarStack names={online.filter(({ kind }) => kind === "staff").map(({ name }) => name)} />
        </span>
        <HoldButton />
        <Button asChild size="sm">
          <Link href={`/shows/${sessionId}/control`}>{words("toControl")}</Link>
        </Button>
      </div>
    </header>
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
