import type { Instant } from "../units.ts";
import { PARTS, type Block, type BlockKind, type LandingSettings, type Part } from "./blocks.ts";

/** The draft, and what viewers see of it. */

export type Published = {
  readonly blocks: readonly Block[];
  readonly settings: LandingSettings;
  readonly rev: number;
  readonly at: Instant;
  readonly by: string;
};

export type LandingState = {
  readonly blocks: readonly Block[];
  readonly settings: LandingSettings;
  /** Counts the changes of the draft. */
  readonly version: number;
  readonly published: Published | null;
  /** Publications so far. */
  readonly rev: number;
};

export type LandingFault = { readonly code: string; readonly part?: Part; readonly blockId?: string };

/** What proves that it is worth coming. */
const PROOF: ReadonlySet<BlockKind> = new Set(["proof", "quotes", "products", "host", "agenda"]);

/** What the three parts lack (LND2): theme and benefit with the act; proof; the act again. */
export function landingFaults({ blocks, settings }: Pick<LandingState, "blocks" | "settings">): LandingFault[] {
  const inPart = (part: Part, ...kinds: readonly BlockKind[]) =>
    blocks.some((block) => block.part === part && kinds.includes(block.kind));
  const faults: LandingFault[] = [];
  if (!inPart("opening", "hero")) faults.push({ code: "noHero", part: "opening" });
  if (!inPart("opening", "act")) faults.push({ code: "noAct", part: "opening" });
  if (!blocks.some(({ part, kind }) => part === "proof" && PROOF.has(kind))) {
    faults.push({ code: "noProof", part: "proof" });
  }
  if (!inPart("closing", "act")) faults.push({ code: "noAct", part: "closing" });
  const misplaced = blocks.find((block, at) => {
    const before = blocks[at - 1];
    return before !== undefined && PARTS.indexOf(before.part) > PARTS.indexOf(block.part);
  });
  if (misplaced) faults.push({ code: "wrongOrder", part: misplaced.part, blockId: misplaced.blockId });
  if (settings.channelsName === "") faults.push({ code: "noChannelsName" });
  if (settings.joinCodeId === null && settings.remind.some((channel) => channel !== "subscription")) {
    faults.push({ code: "noJoinCode" });
  }
  if (settings.consentText === "") faults.push({ code: "noConsent" });
  if (settings.privacyText === "") faults.push({ code: "noPrivacy" });
  return faults;
}
