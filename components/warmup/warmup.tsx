"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { ArmedBar } from "../live/armed-bar.tsx";
import { useDesk } from "../live/desk.tsx";
import { StageHeader } from "../live/stage-header.tsx";
import { RehearsalMark } from "../session/rehearsal-mark.tsx";
import { useSession, useSessionSource } from "../session/session-provider.tsx";
import { useOpenPage } from "../session/use-open-page.ts";
import { ViewerPageMenu } from "../shows/viewer-page-menu.tsx";
import { Button } from "../ui/button.tsx";
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
  const { title, sessionId } = useSession((show) => show.session);
  return (
    <StageHeader heading={words("heading", { title })} toPlan={words("backToPlan")} toControl={words("toControl")}>
      <Button asChild size="sm" look="ghost">
        <Link href={`/shows/${sessionId}/pushes`}>{shows("toPushes")}</Link>
      </Button>
      <ViewerPageMenu sessionId={sessionId} compact />
    </StageHeader>
  );
}
