"use client";
import dynamic from "next/dynamic";
import type { ComponentType } from "react";
import { SkeletonRows } from "../ui/states.tsx";
import type { WarmupTab } from "./tab-names.ts";

const loading = () => <SkeletonRows rows={8} />;

const Board = dynamic(() => import("./board/warmup-board.tsx").then((module) => module.WarmupBoard), {
  ssr: false,
  loading,
});
const Leaderboard = dynamic(() => import("./leaderboard/leaderboard-tab.tsx").then((module) => module.LeaderboardTab), {
  ssr: false,
  loading,
});
const FirstContacts = dynamic(
  () => import("./first-contacts/first-contacts-tab.tsx").then((module) => module.FirstContactsTab),
  { ssr: false, loading },
);
const Sources = dynamic(() => import("./sources/sources-tab.tsx").then((module) => module.SourcesTab), {
  ssr: false,
  loading,
});
const Landing = dynamic(() => import("./landing/landing-tab.tsx").then((module) => module.LandingTab), {
  ssr: false,
  loading,
});
const Waves = dynamic(() => import("./waves/waves-tab.tsx").then((module) => module.WavesTab), {
  ssr: false,
  loading,
});
const Rewards = dynamic(() => import("./rewards/rewards-tab.tsx").then((module) => module.RewardsTab), {
  ssr: false,
  loading,
});
const Methods = dynamic(() => import("./methods/methods-tab.tsx").then((module) => module.MethodsTab), {
  ssr: false,
  loading,
});
const Compliance = dynamic(() => import("./compliance/compliance-tab.tsx").then((module) => module.ComplianceTab), {
  ssr: false,
  loading,
});

/**
 * The pages of the warm-up, each loaded when it is opened. A new one costs a line here, its name in `tab-names.ts` and its word in `warmup.tab`; what
 * waits for somebody behind it goes into `tab-count.tsx`.
 */
export const WARMUP_TABS = {
  board: Board,
  leaderboard: Leaderboard,
  firstContacts: FirstContacts,
  sources: Sources,
  landing: Landing,
  waves: Waves,
  rewards: Rewards,
  methods: Methods,
  compliance: Compliance,
} as const satisfies Record<WarmupTab, ComponentType>;
