import { z } from "zod";
import type { Json } from "#domain/op.ts";
import type { Copy, ShowSlices } from "./copy-show.ts";

/** How the parts of a copy read the past show, and what they tell each other. */

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
