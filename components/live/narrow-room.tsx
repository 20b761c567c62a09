"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { useSession, useSessionSource } from "../session/session-provider.tsx";
import { RehearsalTag } from "../shows/phase-tag.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { ArmedBar } from "./armed-bar.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { CouponsPanel } from "./coupons-panel.tsx";
import { useDesk, useDeskKey, type DeskLayer } from "./desk.tsx";
import { OnAirBadge, OverUnder } from "./desk-header.tsx";
import { ExplainedCard } from "./explained-card.tsx";
import { NarrowFigures } from "./figures-strip.tsx";
import { HalfHourHint } from "./half-hour-hint.tsx";
import { HeaderNotices } from "./header-notices.tsx";
import { HoldButton } from "./hold.tsx";
import { LessonAlerts } from "./lesson-alerts.tsx";
import { LotteriesPanel } from "./lotteries-panel.tsx";
import { MessagesPanel } from "./messages-panel.tsx";
import { NumberBar } from "./number-bar.tsx";
import { PushesPanel } from "./pushes-panel.tsx";
import { RundownPanel } from "./rundown-panel.tsx";
import { SayLines } from "./say-lines-panel.tsx";
import { Waiting } from "./sent-messages.tsx";
import { ScreensButton } from "./screens-button.tsx";
import { Shelf } from "./shelf.tsx";
import { TapePanel } from "./tape-panel.tsx";
import { VoicesPanel } from "./voices-panel.tsx";

const TABS = ["shelf", "rundown", "offers", "lines", "more"] as const;
type TabName = (typeof TABS)[number];

const contents: Record<TabName, () => ReactNode> = {
  shelf: () => <Shelf compact />,
  rundown: () => <RundownPanel className="h-full" />,
  offers: () => (
    <>
      <CouponsPanel />
      <LotteriesPanel />
    </>
  ),
  lines: () => (
    <>
      <SayLines />
      <MessagesPanel />
      <PushesPanel />
      <VoicesPanel className="mt-3 h-80 border-t" />
    </>
  ),
  more: () => (
    <div className="flex h-full flex-col">
      <ChartPanel className="h-52 shrink-0" />
      <TapePanel className="flex-1 border-t" />
    </div>
  ),
};

/** The room as a strip of 360 to 480 px: money and what is explained always in view, the rest in tabs. Same keys. */
export function NarrowRoom() {
  const words = useTranslations("control");
  const [tab, setTab] = useState<TabName>("shelf");
  const { layer } = useDesk();
  const lead = (to: TabName, open: DeskLayer | null) => {
    setTab(to);
    layer.write(open);
  };
  useTabKey("KeyR", tab === "rundown", "rundown", () => lead("rundown", null));
  useTabKey("KeyC", tab === "offers", "offers", () => lead("offers", "coupons"));
  useTabKey("KeyL", tab === "offers", "offers", () => lead("offers", "lotteries"));
  useTabKey("KeyM", tab === "lines", "lines", () => lead("lines", "messages"));
  useTabKey("KeyJ", tab === "lines", "lines", () => lead("lines", "pushes"));
  useTabKey("Shift+KeyJ", tab === "lines", "lines", () => lead("lines", "pushLine"));
  useTabKey("KeyF", tab === "lines", "lines", () => lead("lines", null));
  useTabKey("KeyY", tab === "lines", "lines", () => lead("lines", null));
  useTabKey("KeyN", tab === "lines", "lines", () => lead("lines", null));
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">{words("title")}</h1>
      <NarrowHeader />
      <NarrowFigures />
      <ExplainedCard compact />
      <LessonAlerts />
      <NumberBar compact />
      <Tabs
        label={words("tabs")}
        className="flex-1"
        value={tab}
        onChange={setTab}
        tabs={TABS.map((name) => ({
          value: name,
          label: <TabLabel name={name} />,
          content: <div className="flex h-full min-h-0 flex-col overflow-y-auto">{contents[name]()}</div>,
        }))}
      />
      <ArmedBar />
    </div>
  );
}

/** A line that nobody saw is told in every tab. */
function TabLabel({ name }: { name: TabName }) {
  const words = useTranslations("control");
  return (
    <span className="flex items-center gap-1">
      {words(`tab.${name}`)}
      {name === "lines" ? <Waiting short /> : null}
    </span>
  );
}

/** A panel's key leads to its tab first; there the panel has the key itself. */
function useTabKey(code: string, off: boolean, to: TabName, run: () => void) {
  const words = useTranslations("control");
  useDeskKey({ code, key: code.replace("Key", ""), label: words(`tab.${to}`), section: "show", quiet: true, run, off });
}

function NarrowHeader() {
  const words = useTranslations("control");
  const source = useSessionSource();
  const title = useSession((show) => show.session.title);
  const rehearsal = useSession((show) => show.session.rehearsal);
  return (
    <header className="flex h-11 shrink-0 items-center gap-1.5 border-b px-1.5">
      <Button asChild look="ghost" size="iconSm">
        <Link href="/shows" aria-label={words("toShows")}>
          <Icon name="chevronLeft" />
        </Link>
      </Button>
      <OnAirBadge compact />
      <HeaderNotices compact>
        {rehearsal ? (
          // Whole or not at all, as it wraps out of sight: the mark across the page says it too.
          <span
            className="flex h-6 min-w-0 flex-1 flex-wrap overflow-hidden [&>*]:max-w-none [&>*]:shrink-0"
            title={title}
          >
            <span className="h-6" />
            <RehearsalTag />
          </span>
        ) : (
          <span className="min-w-0 flex-1 truncate text-xs text-faint" title={title}>
            {title}
          </span>
        )}
        <OverUnder compact />
        {source.kind === "socket" ? <ScreensButton compact /> : null}
        <HalfHourHint compact />
      </HeaderNotices>
      <HoldButton compact />
    </header>
  );
}
