import type { controlRow } from "#domain/bag/rows.ts";
import type { BagState, WrongPrice } from "#domain/bag/state.ts";
import type { Cue } from "#domain/cue.ts";
import type { ArmedAct } from "#domain/ops/arm.ts";
import type { Marker } from "#domain/ops/marker.ts";
import type { Message, Preset } from "#domain/ops/message.ts";
import type { SessionState } from "#domain/ops/session.ts";
import type { TapeEntry } from "#domain/ops/tape.ts";
import type { Appended, Keyed } from "./view-state.ts";

/** A product as control and review see it. */
export type ProductRow = ReturnType<typeof controlRow>;

/**
 * The slices of the control and review views by name, as the ops show them (`slices` in domain/ops/*.ts). A new op adds its
 * lines here. A slice is absent only before the op existed, in a replay of nothing, or for another audience.
 */
export type ShowSlices = {
  readonly session: SessionState;
  readonly armed: Keyed<Pick<ArmedAct, "armId" | "firesAt" | "type" | "by">>;
  readonly hold: { readonly held: boolean };
  readonly cues: Keyed<Cue>;
  readonly cueOrder: { readonly order: readonly string[]; readonly version: number };
  readonly rundown: { readonly currentCueId: string | null; readonly nextCueId: string | null; readonly lengthAtStartMs: number | null };
  readonly messages: Keyed<Message>;
  readonly messagePresets: { readonly presets: readonly Preset[]; readonly version: number };
  readonly markers: Keyed<Marker>;
  readonly products: Keyed<ProductRow>;
  readonly explained: BagState["explained"];
  readonly wrongPrices: Keyed<WrongPrice>;
  readonly tape: Appended<TapeEntry>;
};
