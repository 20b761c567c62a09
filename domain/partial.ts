import { z } from "zod";
import { reject, type Json, type Rejection } from "./op.ts";
import { same } from "./same.ts";

/** Partial rows: what a change names, and what of it is new. */

/** Without the fields that are named but `undefined`, so that spreading it overwrites nothing. */
export function defined<T extends object>(partial: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(partial).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** The fields of `wanted` that `current` has otherwise: as they are, and as they shall be. */
export function difference(
  current: object,
  wanted: object,
): { from: Record<string, unknown>; to: Record<string, unknown> } {
  const own: Readonly<Record<string, unknown>> = { ...current };
  const changed = Object.entries(wanted).filter(([field, value]) => value !== undefined && !same(own[field], value));
  return {
    from: Object.fromEntries(changed.map(([field]) => [field, own[field]])),
    to: Object.fromEntries(changed),
  };
}

/** Why something is refused that was done on a screen which no longer shows the truth: with the fields of `seen` that stand otherwise now. */
export function refuseStale(own: object, seen: object): Rejection | undefined {
  const moved = staleFields(own, seen);
  return moved && reject("state.changed", moved);
}

/** The fields of `seen` that stand otherwise now, as they stand. */
export function staleFields(own: object, seen: object): Record<string, Json> | undefined {
  const now = new Map<string, unknown>(Object.entries(own));
  const moved = Object.entries(seen).filter(([field, value]) => value !== undefined && !same(now.get(field), value));
  if (moved.length === 0) return undefined;
  return Object.fromEntries(moved.map(([field]) => [field, z.json().parse(now.get(field))]));
}
