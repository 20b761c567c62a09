"use client";
import { BoardFrame } from "./board-frame.tsx";
import css from "./boards.module.css";
import { MoneyBar } from "./money-bar.tsx";
import { ProductBlock } from "./product-block.tsx";
import { OffersCard, SayCard } from "./side-cards.tsx";
import { TimeCard } from "./time-card.tsx";

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
      </aside>
      <MoneyBar />
    </BoardFrame>
  );
}
