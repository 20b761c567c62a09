import type { LandingSettings } from "#domain/landing/blocks.ts";
import type { PlacedBlock } from "#domain/ops/landing.ts";
import type { Me, MySignup, ViewerSession, ViewerShow } from "./viewer-data.ts";

/** The landing page as the team published it, and where the show stands for it. */

export type LandingBlock = PlacedBlock;
export type BlockOf<K extends PlacedBlock["kind"]> = Extract<PlacedBlock, { readonly kind: K }>;
export type Landing = { readonly settings: LandingSettings; readonly blocks: readonly LandingBlock[] };

/** `null`: nothing was published, and the page is that of coupons and draws alone. */
export function landingOf({ slices }: ViewerShow): Landing | null {
  const page = slices.landingPage.find(([id]) => id === "published")?.[1];
  if (!page) return null;
  const blocks = slices.landingPublished.map(([, block]) => block).toSorted((a, b) => a.position - b.position);
  return { settings: page.settings, blocks };
}

export type Stage = "before" | "live" | "ended";

export function stageOf({ phase }: Pick<ViewerSession, "phase">): Stage {
  if (phase === "ended") return "ended";
  return phase === "live" || phase === "interrupted" ? "live" : "before";
}

/** The first hero is the head of the page; others are blocks among blocks. */
export const heroOf = ({ blocks }: Landing): BlockOf<"hero"> | undefined => blocks.find(isHero);

const isHero = (block: LandingBlock): block is BlockOf<"hero"> => block.kind === "hero";

/** A sign-up that stands. */
export function signedUp(me: Me | null): MySignup | null {
  const signup = me?.me.signup;
  return signup?.state === "standing" ? signup : null;
}
