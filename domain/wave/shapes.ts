import { z } from "zod";
import type { Evidence } from "../evidence.ts";

import { PushWhen, type PushKind } from "../push/shapes.ts";
import { Id, text, type Instant } from "../units.ts";

/** 浪潮: beats in their order, and cells of beat x channel. */

export const WAVE_CHANNELS = [
  "customerGroups",
  "oneToOne",
  "moments",
  "officialAccount",
  "shortVideo",
  "store",
  "sms",
  "forward",
  "robot",
] as const;
export type WaveChannel = (typeof WAVE_CHANNELS)[number];

/** What Kaibo can send by itself, as a push of this kind; the others are tasks to tick. */
export const PUSH_KIND_OF: { readonly [C in WaveChannel]?: PushKind } = {
  customerGroups: "groups",
  oneToOne: "customers",
  forward: "forward",
  robot: "robot",
};

/** All of them stand in one value slice of 4 kB, so they are few and short. */
export const BEATS_MAX = 10;
export const CELLS_MAX = 120;

const BeatId = Id.max(32);
export const Beat = z.object({ beatId: BeatId, title: text(16, 1), goal: text(32) });
export type Beat = z.infer<typeof Beat>;

/** From the start of the show, or at a time of the clock. */
export const CellWhen = z.discriminatedUnion("by", [PushWhen.options[1], PushWhen.options[0]]);
export type CellWhen = z.infer<typeof CellWhen>;

export const CellPlan = z.object({
  beatId: Id,
  channel: z.enum(WAVE_CHANNELS),
  title: text(60, 1),
  /** Whom it is for, in words; the push's own audience says it exactly. */
  segment: text(80),
  /** May hold the names of `COPY_FIELDS` in double braces. */
  copy: text(4_000),
  mediaKey: Id.nullable(),
  ownerId: Id.nullable(),
  when: CellWhen,
  sourceId: Id.nullable(),
  note: text(200),
});
export type CellPlan = z.infer<typeof CellPlan>;

/** What shows that a task was done: a link, a picture, words. */
export const Proof = z.object({ note: text(200), link: text(500), mediaKey: Id.nullable() });
export type Proof = z.infer<typeof Proof>;

export type Cell = CellPlan & {
  readonly cellId: string;
  /** When it is due; follows the planned start. */
  readonly at: Instant;
  readonly pushId: string | null;
  /** The push op refused to plan it. */
  readonly refused: { readonly code: string } | null;
  readonly done: (Evidence & { readonly proof: Proof }) | null;
  /** Falls into the quiet hours. */
  readonly quiet: boolean;
  /** And reaches customers, where the show refuses that: nobody sends it until it is moved. */
  readonly heldBack: boolean;
};

/** Reach customers on their phones, whether Kaibo sends them or a hand does. */
export const WAKING: ReadonlySet<WaveChannel> = new Set(["customerGroups", "oneToOne", "sms"]);

/** Minutes of the day in Shanghai; over midnight where `from` is later than `to`. */
export const QuietHours = z.object({
  from: z.int().min(0).max(1_439),
  to: z.int().min(0).max(1_439),
  mode: z.enum(["off", "warn", "refuse"]),
});
export type QuietHours = z.infer<typeof QuietHours>;
