"use client";
import dynamic from "next/dynamic";
import { BoardFrame } from "./board-frame.tsx";
import css from "./boards.module.css";
import { useHost, type HostSlices } from "./host-slices.ts";
import { MoneyBar } from "./money-bar.tsx";
import { ProductBlock } from "./product-block.tsx";
import { OffersCard, SayCard } from "./side-cards.tsx";
import { TimeCard } from "./time-card.tsx";

const LeadersCard = dynamic(() => import("./leaders-card.tsx").then((module) => module.LeadersCard), { ssr: false });

/**
 * The host's board, as large as the box it stands in. Needs a source of the host's audience above it and nothing else, so the review shows
 * it as it was at a second.
 */
export function HostBoard() {
  return (
    <BoardFrame kind="host">
      <ProductBlock />
      <aside className={css["side"]}>
        <TimeCard />
        <OffersCard />
        <SayCard />
        <Leaders />
      </aside>
      <MoneyBar />
    </BoardFrame>
  );
}

/** What viewers see of the invites may be talked about; its parts are loaded once somebody stands there. */
function Leaders() {
  return useHost(hasLeaders) ? <LeadersCard /> : null;
}

const hasLeaders = ({ leaderboard }: HostSlices): boolean =>
  leaderboard !== undefined && leaderboard.published && leaderboard.top.length > 0;
