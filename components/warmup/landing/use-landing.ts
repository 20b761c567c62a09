"use client";
import { useMemo } from "react";
import * as z from "zod/mini";
import { defaultSettings, PARTS, type Block, type LandingSettings } from "#domain/landing/blocks.ts";
import { useSession } from "../../session/session-provider.tsx";

export type LandingDraft = {
  /** In their order. */
  readonly blocks: readonly Block[];
  readonly settings: LandingSettings;
};

/** The draft as the show has it. */
export function useLandingDraft(): LandingDraft {
  const rows = useSession((show) => show.landingBlocks);
  const page = useSession((show) => show.landingPage.get("draft"));
  return useMemo(
    () => ({
      blocks: [...rows.values()]
        .toSorted((a, b) => a.position - b.position)
        .map(({ position: _position, ...block }) => block),
      settings: page?.settings ?? defaultSettings,
    }),
    [rows, page],
  );
}

const Faults = z.array(
  z.object({
    code: z.string(),
    part: z.optional(z.enum(PARTS)),
    blockId: z.optional(z.string()),
  }),
);
export type ShownFault = z.infer<typeof Faults>[number];

/** What the three parts lack. */
export function useLandingFaults(): readonly ShownFault[] {
  const faults = useSession((show) => show.landing.faults);
  return useMemo(() => z.parse(Faults, faults), [faults]);
}

const SETTINGS_FAULTS: ReadonlySet<string> = new Set(["noChannelsName", "noJoinCode", "noConsent", "noPrivacy"]);

/** Where it is mended: a block's id, or `settings`; `null`: a block is missing. */
export const placeOf = ({ code, blockId }: ShownFault): string | null =>
  blockId ?? (SETTINGS_FAULTS.has(code) ? "settings" : null);
