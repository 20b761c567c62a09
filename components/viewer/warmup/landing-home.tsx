"use client";
import { Fragment } from "react";
import { CouponCards } from "../coupon-card.tsx";
import { DrawCards } from "../draw-card.tsx";
import { heroOf, signedUp, stageOf, type Landing, type LandingBlock, type Stage } from "../landing.ts";
import { OnScreen, ProductShelf } from "../product-shelf.tsx";
import { useLoaded, type Loaded } from "../use-loaded.ts";
import { useShow, useViewer } from "../viewer-context.tsx";
import { ActCards } from "./act-cards.tsx";
import { Benefits } from "./benefits.tsx";
import { HowToWatch } from "./how-to-watch.tsx";
import { LoadFailed } from "../load-failed.tsx";

/** What is below the first screen comes in a part of its own. */
const loadBelow = () => import("./below.tsx");
type Below = Loaded<Awaited<ReturnType<typeof loadBelow>>>;

/** The page as the team made it of blocks: theme and benefit with the act, proof, the act again; live, how to get in; ended, replay and coupons. */
export function LandingHome({ landing }: { readonly landing: Landing }) {
  const stage = stageOf(useShow().slices.session);
  const below = useLoaded(loadBelow);
  const { failed, retry } = below;
  return (
    <>
      {stage === "before" ? (
        <Before landing={landing} below={below} />
      ) : (
        <Watching landing={landing} below={below} stage={stage} />
      )}
      {failed ? <LoadFailed retry={retry} /> : null}
    </>
  );
}

type Parts = { readonly landing: Landing; readonly below: Below };

function Before({ landing, below: { part: below } }: Parts) {
  const { me } = useViewer();
  const isIn = signedUp(me) !== null;
  const placed = new Set(landing.blocks.flatMap((block) => (block.kind === "coupons" ? block.couponIds : [])));
  const hero = heroOf(landing);
  const mine = below && isIn ? <below.MyInvites settings={landing.settings} /> : null;
  // Where friends put the person stands right below what made it possible.
  const firstAct = landing.blocks.find(({ kind }) => kind === "act");
  const blocksOf = (part: LandingBlock["part"]) =>
    landing.blocks.map((block) =>
      block.part !== part || block === hero ? null : block.kind === "benefits" ? (
        <Benefits key={block.blockId} block={block} />
      ) : block.kind === "act" ? (
        <Fragment key={block.blockId}>
          <ActCards text={block.text} />
          {block === firstAct ? mine : null}
        </Fragment>
      ) : below ? (
        <below.Block key={block.blockId} block={block} />
      ) : null,
    );
  return (
    <>
      {blocksOf("opening")}
      <CouponCards except={placed} />
      {blocksOf("proof")}
      {below && !isIn && landing.settings.showLeaderboard ? <below.BoardCard /> : null}
      {below ? <below.Honours /> : null}
      <DrawCards />
      <ProductShelf />
      {blocksOf("closing")}
    </>
  );
}

/** What still tells something once the show is on: how to reserve and sign up does not, where neither is open any more. */
const KEPT: Readonly<Record<Exclude<Stage, "before">, readonly LandingBlock["kind"][]>> = {
  live: ["host", "rules", "faq"],
  ended: ["rules"],
};

function Watching({ landing, below: { part: below }, stage }: Parts & { readonly stage: Exclude<Stage, "before"> }) {
  const { me } = useViewer();
  const { settings, blocks } = landing;
  return (
    <>
      <HowToWatch settings={settings} stage={stage} />
      <OnScreen />
      <CouponCards />
      <DrawCards />
      <ProductShelf />
      {below && signedUp(me) ? <below.MyInvites settings={settings} /> : null}
      {below && !signedUp(me) && settings.showLeaderboard ? <below.BoardCard /> : null}
      {below
        ? blocks
            .filter(({ kind }) => KEPT[stage].includes(kind))
            .map((block) => <below.Block key={block.blockId} block={block} />)
        : null}
    </>
  );
}
