"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { ConnectionBanner } from "../session/connection-banner.tsx";
import { RehearsalMark } from "../session/rehearsal-mark.tsx";
import { JoinedShow } from "../session/joined-show.tsx";
import { useOnline, useSession, useSessionSource } from "../session/session-provider.tsx";
import { useOpenPage } from "../session/use-open-page.ts";
import { useMe } from "../shell/me-provider.tsx";
import { PhaseTag, RehearsalTag } from "../shows/phase-tag.tsx";
import { ViewerPageMenu } from "../shows/viewer-page-menu.tsx";
import { AvatarStack } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Callout, SkeletonRows } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { BasicsSection } from "./basics-section.tsx";
import { ChecksSection } from "./checks-section.tsx";
import { CouponsSection } from "./coupons-section.tsx";
import { LotteriesSection } from "./lotteries-section.tsx";
import { useMayPlan } from "./plan-context.tsx";
import { PresetsSection } from "./presets-section.tsx";
import { ProductsSection } from "./products-section.tsx";
import { RundownSection } from "./rundown-section.tsx";

const TABS = ["basics", "products", "rundown", "coupons", "lotteries", "presets", "checks"] as const;
type TabName = (typeof TABS)[number];

const contents: Record<TabName, () => ReactNode> = {
  basics: () => <BasicsSection />,
  products: () => <ProductsSection />,
  rundown: () => <RundownSection />,
  coupons: () => <CouponsSection />,
  lotteries: () => <LotteriesSection />,
  presets: () => <PresetsSection />,
  checks: () => <ChecksSection />,
};

export function PlanPage({ sessionId }: { sessionId: string }) {
  return (
    <JoinedShow sessionId={sessionId} page="plan" skeleton={<SkeletonRows rows={8} />}>
      <Plan />
    </JoinedShow>
  );
}

function isTab(name: string): name is TabName {
  return TABS.some((tab) => tab === name);
}

/** The tab stands in the address, so that a link leads to it and the way back goes through it. */
function useTab(): [TabName, (tab: TabName) => void] {
  const [tab, setTab] = useState<TabName>("basics");
  useEffect(() => {
    const read = () => {
      const name = location.hash.slice(1);
      if (isTab(name)) setTab(name);
    };
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  const open = useCallback((next: TabName) => {
    location.hash = next;
    setTab(next);
  }, []);
  return [tab, open];
}

function Plan() {
  const words = useTranslations("plan");
  const [tab, setTab] = useTab();
  const source = useSessionSource();
  const mayPlan = useMayPlan();
  useOpenPage(source, `plan:${tab}`);
  return (
    <div className="flex h-full flex-col">
      <ConnectionBanner />
      <PlanHeader />
      {mayPlan ? null : (
        <div className="px-4 pb-2">
          <Callout>{words("readOnly")}</Callout>
        </div>
      )}
      <Tabs
        label={words("tabs")}
        className="flex-1"
        value={tab}
        onChange={setTab}
        tabs={TABS.map((name) => ({
          value: name,
          label: (
            <>
              {words(`tab.${name}`)}
              <TabCount tab={name} />
              <OthersHere tab={name} />
            </>
          ),
          content: <div className="h-full overflow-y-auto">{contents[name]()}</div>,
        }))}
      />
      <RehearsalMark />
    </div>
  );
}

function PlanHeader() {
  const words = useTranslations("plan");
  const shows = useTranslations("shows");
  const { title, phase, rehearsal, sessionId } = useSession((show) => show.session);
  const online = useOnline();
  return (
    <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 max-sm:px-2">
      <Button asChild look="ghost" size="icon">
        <Link href="/shows" aria-label={shows("title")}>
          <Icon name="chevronLeft" />
        </Link>
      </Button>
      <h1 className="min-w-0 flex-[0_1_auto] truncate text-lg font-semibold" title={title}>
        {title}
      </h1>
      <PhaseTag phase={phase} />
      {rehearsal ? <RehearsalTag /> : null}
      <div className="ml-auto flex shrink-0 items-center gap-3 max-sm:gap-0.5">
        <span className="max-sm:hidden">
          <AvatarStack names={online.filter(({ kind }) => kind === "staff").map(({ name }) => name)} />
        </span>
        <span className="text-xs text-faint max-sm:hidden">{words("savedAsYouGo")}</span>
        <Button asChild look="ghost">
          <Link href={`/shows/${sessionId}/warmup`}>{shows("toWarmup")}</Link>
        </Button>
        <Button asChild look="ghost">
          <Link href={`/shows/${sessionId}/pushes`}>{shows("toPushes")}</Link>
        </Button>
        <ViewerPageMenu sessionId={sessionId} />
        <Button asChild look="primary">
          <Link href={`/shows/${sessionId}/control`}>{words("toControl")}</Link>
        </Button>
      </div>
    </header>
  );
}

function TabCount({ tab }: { tab: TabName }) {
  const count = useSession((show) => {
    if (tab === "products") return show.products?.size ?? 0;
    if (tab === "rundown") return show.cues?.size ?? 0;
    if (tab === "coupons") return show.coupons?.size ?? 0;
    if (tab === "lotteries") return show.lotteries?.size ?? 0;
    return 0;
  });
  return count > 0 ? <span className="text-xs font-normal text-faint">{count}</span> : null;
}

/** Colleagues who look at this tab now. */
function OthersHere({ tab }: { tab: TabName }) {
  const me = useMe();
  const online = useOnline();
  const names = online
    .filter(({ id, pages }) => id !== me.person.id && pages.includes(`plan:${tab}`))
    .map(({ name }) => name);
  return <AvatarStack names={names} max={3} />;
}
