"use client";
import { DrawPage } from "./draw-page.tsx";
import type { InnerView } from "./hash-view.ts";
import { MyPage } from "./my-page.tsx";
import { useShow } from "./viewer-context.tsx";
import { isOwnDraw } from "./viewer-data.ts";

/** The parts behind the first screen: one draw, or what the person holds. */
export function InnerPage({ view }: { readonly view: InnerView }) {
  const { lotteries } = useShow().slices;
  if (view.part === "me") return <MyPage />;
  const draw = lotteries.find(([id]) => id === view.lotteryId)?.[1];
  return draw && isOwnDraw(draw) ? <DrawPage draw={draw} /> : null;
}
