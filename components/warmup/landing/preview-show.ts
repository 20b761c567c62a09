import type { LandingDraft } from "./use-landing.ts";

/** The viewers' show with the draft in place of what was published, at the moment that is to be looked at. Pure. */

export const PREVIEW_STATES = ["before", "live", "ended"] as const;
export type PreviewState = (typeof PREVIEW_STATES)[number];

/** Where the show stands. */
export const stateOf = ({
  startedAt,
  endedAt,
}: {
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}): PreviewState => (endedAt !== null ? "ended" : startedAt !== null ? "live" : "before");

export type ViewerBody = { readonly slices: Readonly<Record<string, unknown>>; readonly showNow: number } & Readonly<
  Record<string, unknown>
>;

export function previewShow(base: ViewerBody, { blocks, settings }: LandingDraft, state: PreviewState): ViewerBody {
  const session = base.slices["session"];
  return {
    ...base,
    slices: {
      ...base.slices,
      session: { ...(typeof session === "object" ? session : {}), ...standingOf(state, base.showNow) },
      landingPublished: blocks.map((block, position) => [block.blockId, { ...block, position }]),
      landingPage: [["published", { is: "published", settings, rev: 0 }]],
    },
  };
}

function standingOf(state: PreviewState, now: number) {
  switch (state) {
    case "before":
      return { phase: "warmup", startedAt: null, endedAt: null };
    case "live":
      return { phase: "live", startedAt: now, endedAt: null };
    case "ended":
      return { phase: "ended", startedAt: now, endedAt: now };
  }
}
