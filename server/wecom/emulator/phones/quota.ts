import { beijingDayStart, beijingMonth, beijingWeekStart, DAY_MS } from "../clock.ts";
import type { Corp } from "../state/corp.ts";
import type { World } from "../state/world.ts";

/** Longer than any window of a rule; older receipts count for nothing. */
const KEPT_MS = 32 * DAY_MS;

/** §9.3: one account per customer and per group, shared by every app and by the members' own mass sends. */
export function quotaOf(
  { world, corp }: { world: World; corp: Corp },
  targetId: string,
): { used: number; max: number } {
  const { from, max } = quotaWindow(world);
  const used = (corp.received.get(targetId) ?? []).filter((at) => at >= from).length;
  return { used, max };
}

function quotaWindow(world: World): { from: number; max: number } {
  const now = world.now();
  switch (world.switches.quotaRule) {
    case "monthDays": {
      const { start, days } = beijingMonth(now);
      return { from: start, max: days };
    }
    case "weekly7":
      return { from: beijingWeekStart(now), max: 7 };
    case "daily1":
      return { from: beijingDayStart(now), max: 1 };
  }
}

export function hasQuota(place: { world: World; corp: Corp }, targetId: string): boolean {
  const { used, max } = quotaOf(place, targetId);
  return used < max;
}

export function countReceived({ world, corp }: { world: World; corp: Corp }, targetId: string): void {
  const now = world.now();
  const before = corp.received.get(targetId) ?? [];
  corp.received.set(targetId, [...before.filter((at) => at > now - KEPT_MS), now]);
}
