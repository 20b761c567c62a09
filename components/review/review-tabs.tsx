"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState, type ComponentType } from "react";
import { Skeleton } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { PartBoundary } from "./part-boundary.tsx";
import { addressOf } from "./review-address.ts";

const Loading = () => (
  <div aria-busy className="p-4">
    <Skeleton className="h-40 w-full" />
  </div>
);

/** The parts below the axis, each fetched when it is first opened. A part adds its line here, and its name to `review.tab` of the strings. */
const TABS = {
  moment: dynamic(() => import("./moment/moment-tab.tsx").then(({ MomentTab }) => MomentTab), { loading: Loading }),
  whole: dynamic(() => import("./whole/whole-tab.tsx").then(({ WholeTab }) => WholeTab), { loading: Loading }),
  effects: dynamic(() => import("./effects/effects-tab.tsx").then(({ EffectsTab }) => EffectsTab), {
    loading: Loading,
  }),
  improve: dynamic(() => import("./lessons/improve-tab.tsx").then(({ ImproveTab }) => ImproveTab), {
    loading: Loading,
  }),
} satisfies Readonly<Record<string, ComponentType>>;

type TabName = keyof typeof TABS;
const NAMES = Object.keys(TABS) as TabName[];

export function ReviewTabs() {
  const words = useTranslations("review");
  const [open, setOpen] = useState<TabName>(
    () => NAMES.find((name) => name === addressOf(window.location).tab) ?? "moment",
  );
  const show = (name: TabName) => {
    setOpen(name);
    const url = new URL(window.location.href);
    url.searchParams.set("tab", name);
    window.history.replaceState(null, "", url);
  };
  return (
    <Tabs
      label={words("tabs")}
      value={open}
      onChange={show}
      className="max-md:shrink-0 md:min-h-0 md:flex-1 md:[&>[role=tabpanel]]:overflow-auto"
      tabs={NAMES.map((name) => {
        const Part = TABS[name];
        return {
          value: name,
          label: words(`tab.${name}`),
          content: (
            <PartBoundary>
              <Part />
            </PartBoundary>
          ),
        };
      })}
    />
  );
}
