"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { ArmedBar } from "../live/armed-bar.tsx";
import { useDesk } from "../live/desk.tsx";
import { HoldBanner, HoldButton } from "../live/hold.tsx";
import { ConnectionBanner } from "../session/connection-banner.tsx";
import { RehearsalMark } from "../session/rehearsal-mark.tsx";
import { useOnline, useSession, useSessionSource } from "../session/session-provider.tsx";
import { useOpenPage } from "../session/use-open-page.ts";
import { PhaseTag, RehearsalTag } from "../shows/phase-tag.tsx";
import { ViewerPageMenu } from "../shows/viewer-page-menu.tsx";
import { AvatarStack } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Callout } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { TAB_NAMES } from "./tab-names.ts";
import { TabCount } from "./tab-count.tsx";
import { useWarmupPlace, WarmupPlaceProvider } from "./warmup-place.tsx";
import { WARMUP_TABS } from "./warmup-tabs.tsx";

export function Warmup() {
  return (
    <WarmupPlaceProvider>
      <WarmupPages />
    </WarmupPlaceProvider>
  );
}

function WarmupPages() {
  const words = useTranslations("warmup");
  const { tab, open } = useWarmupPlace();
  const { readOnly } = useDesk();
  useOpenPage(useSessionSource(), `warmup:${tab}`);
  return (
    <div className="relative flex h-full flex-col">
      <ConnectionBanner />
      <HoldBanner />
      <WarmupHeader />
      {readOnly ? (
        <div className="px-4 pb-2">
          <Callout>{words("readOnly")}</Callout>
        </div>
      ) : null}
      <Tabs
        label={words("tabs")}
        className="flex-1"
        value={tab}
        onChange={(next) => open(next)}
        tabs={TAB_NAMES.map((name) => {
          const Content = WARMUP_TABS[name];
          return {
            value: name,
            label: (
              <>
                {words(`tab.${name}`)}
                <TabCount tab={name} />
              </>
            ),
            content: (
              <div className="h-full overflow-y-auto">
                <Content />
              </div>
            ),
          };
        })}
      />
      {/* Notices come up at the bottom, and nothing may lie over the button that stops. */}
      <ArmedBar place="top-14" />
      <RehearsalMark />
    </div>
  );
}

function WarmupHeader() {
  const words = useTranslations("warmup");
  const shows = useTranslations("shows");
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
        <Button asChild size="sm" look="ghost">
          <Link href={`/shows/${sessionId}/pushes`}>{shows("toPushes")}</Link>
        </Button>
        <ViewerPageMenu sessionId={sessionId} compact />
        <Button asChild size="sm">
          <Link href={`/shows/${sessionId}/control`}>{words("toControl")}</Link>
        </Button>
      </div>
    </header>
  );
}
