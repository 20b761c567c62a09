import { z } from "zod";
import type { Json } from "#domain/op.ts";
import type { Sender } from "../../live/directory-contract.ts";

/** What the parts of a copy work with: how they read the past show, and what they tell each other. */

export type Copying = {
  readonly from: string;
  readonly to: string;
  readonly plan: { readonly plannedStartAt: number; readonly theme: string };
  readonly sender: Sender;
};

/** The control view of a show, unwrapped: values as they are, rows and items as lists. */
export type ShowSlices = ReadonlyMap<string, Json>;

/** What a part of the copy works with. */
export type Copy = {
  readonly source: ShowSlices;
  readonly plan: Copying["plan"];
  /** Ids of the past show → ids of the new one, for whatever refers to them later. */
  readonly newIds: Map<string, string>;
  /** The command's result; `undefined` when it was refused. */
  send(type: string, input: Json): Promise<Json | undefined>;
  /** How the new show looks by now. */
  target(): Promise<ShowSlices>;
  freshId(...words: readonly string[]): string;
};

/** A slice, or nothing where this show has none of it. */
export function read<T>(slices: ShowSlices, name: string, schema: z.ZodType<T>): T | undefined {
  const value = slices.get(name);
  return value === undefined || value === null ? undefined : schema.parse(value);
}

const Started = z.object({ plannedStartAt: z.number() });

/** From the past start to the new one, ms. */
export const shiftOf = ({ source, plan }: Copy): number =>
  plan.plannedStartAt - (read(source, "session", Started)?.plannedStartAt ?? 0);

/** What a past id is called in the new show, for whatever refers to it later. */
export function learn({ newIds }: Copy, oldId: string, result: Json | undefined, field: string): void {
  const found = z.record(z.string(), z.unknown()).safeParse(result).data?.[field];
  if (typeof found === "string") newIds.set(oldId, found);
}
