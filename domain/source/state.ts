import { z } from "zod";
import { FenAmount, Id, text } from "../units.ts";

/** 渠道: where people come from, with a code in the link of each (`?s=`). */

export const SOURCE_KINDS = [
  "store",
  "poster",
  "officialAccount",
  "moments",
  "miniProgram",
  "ads",
  "group",
  "staff",
  "referral",
  "shortVideo",
  "sms",
  "other",
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const SOURCES_MAX = 200;

/** Printed on posters and typed by hand: small letters and digits. */
export const SourceCode = z.string().regex(/^[a-z0-9]{2,16}$/);

export const SourcePlan = z.object({
  code: SourceCode,
  kind: z.enum(SOURCE_KINDS),
  name: text(40, 1),
  costFen: FenAmount.nullable(),
  targetSignups: z.int().min(0).max(100_000_000).nullable(),
  /** The member who looks after it. */
  ownerId: Id.nullable(),
  /** A contact or join code of the WeCom part: who joins by it came from here. */
  wecomCodeId: Id.nullable(),
  note: text(200),
});
export type SourcePlan = z.infer<typeof SourcePlan>;

export type Source = SourcePlan & {
  readonly sourceId: string;
  /** Archived ones are offered no more; their links still count. */
  readonly archived: boolean;
  /** How often its links were opened, as the viewer pages tell. */
  readonly opened: number;
  /** Who joined a group or added a member by its WeCom code. */
  readonly joined: number;
};

export type SourceState = { readonly sources: ReadonlyMap<string, Source> };

export const newSource = (planned: SourcePlan & { readonly sourceId: string }): Source => ({
  ...planned,
  archived: false,
  opened: 0,
  joined: 0,
});

export function withSource(own: SourceState, sourceId: string, change: (source: Source) => Source): SourceState {
  const source = own.sources.get(sourceId);
  return source ? { ...own, sources: new Map(own.sources).set(sourceId, change(source)) } : own;
}

/** The source that a link names; case does not matter. */
export function sourceOfCode({ sources }: SourceState, code: string): Source | undefined {
  const wanted = code.toLowerCase();
  for (const source of sources.values()) if (source.code === wanted) return source;
  return undefined;
}
