"use client";
import { useTranslations } from "next-intl";
import { useState, type ComponentType } from "react";
import { CouponsPanel } from "../../live/coupons-panel.tsx";
import { ExplainedCard } from "../../live/explained-card.tsx";
import { NarrowFigures } from "../../live/figures-strip.tsx";
import { LotteriesPanel } from "../../live/lotteries-panel.tsx";
import { MessagesPanel } from "../../live/messages-panel.tsx";
import { RundownPanel } from "../../live/rundown-panel.tsx";
import { Shelf } from "../../live/shelf.tsx";
import { TapePanel } from "../../live/tape-panel.tsx";
import { VoicesPanel } from "../../live/voices-panel.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useReview } from "../review-context.tsx";
import { VideoPane } from "../video/video-pane.tsx";
import { HostView } from "./host-view.tsx";

/** Lists scroll by themselves; a thumb beside them moves the page. */
const LIST = "flex h-[62dvh] min-h-72 flex-col";

const PARTS = {
  shelf: () => (
    <div className={LIST}>
      <Shelf compact />
    </div>
  ),
  rundown: () => <RundownPanel className={LIST} />,
  offers: () => (
    <>
      <CouponsPanel />
      <LotteriesPanel />
    </>
  ),
  lines: () => (
    <>
      <MessagesPanel />
      <VoicesPanel className="h-80 border-t" />
    </>
  ),
  more: () => <TapePanel className={LIST} />,
  pictures: Pictures,
} satisfies Readonly<Record<string, ComponentType>>;

type PartName = keyof typeof PARTS;
const NAMES = Object.keys(PARTS) as PartName[];

/** The moment on a phone: money and what is explained always in view, one part below them at a time. */
export function PhoneMoment() {
  const words = useTranslations("review");
  const control = useTranslations("control");
  const [open, setOpen] = useState<PartName>("shelf");
  return (
    <div className="flex flex-col">
      <NarrowFigures />
      <ExplainedCard compact />
      <Tabs
        label={words("parts")}
        value={open}
        onChange={setOpen}
        tabs={NAMES.map((name) => {
          const Part = PARTS[name];
          return {
            value: name,
            label: name === "pictures" ? words("pictures") : control(`tab.${name}`),
            content: <Part />,
          };
        })}
      />
    </div>
  );
}

function Pictures() {
  const { shared } = useReview();
  return (
    <>
      <VideoPane />
      {/* A link that shares the review opens no other audience. */}
      {shared ? null : <HostView />}
    </>
  );
}
