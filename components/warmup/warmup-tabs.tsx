"use client";
import dynamic from "next/dynamic";
import type { ComponentType } from "react";
import { SkeletonRows } from "../ui/states.tsx";

const loading = () => <SkeletonRows rows={8} />;

const Board = dynamic(() => import("./board/warmup-board.tsx").then((module) => module.WarmupBoard), {
  ssr: false,
  loading,
});

/**
 * The pages of the warm-up in their order, each loaded when it is opened. A new one costs a line here and its word in `warmup.tab`; what
 * waits for somebody behind it goes into `tab-count.tsx`.
 */
export const WARMUP_TABS = {
  board: Board,
} as const satisfies Record<string, ComponentType>;

export type WarmupTab = keyof typeof WARMUP_TABS;

export const TAB_NAMES = Object.keys(WARMUP_TABS).filter(isTab);

export function isTab(name: string): name is WarmupTab {
  return Object.hasOwn(WARMUP_TABS, name);
}
