import type { HeldRow, InviteState } from "./invites.ts";

/** As many as a list is worked off; the next come up as these are decided. */
const HELD_SHOWN = 200;

export function invitesRow({ counts, byDepth, disqualified }: InviteState) {
  const brought = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const out = [...disqualified.values()].filter(({ reinstatedAt }) => reinstatedAt === null).length;
  return { brought, ...counts, byDepth: [...byDepth], disqualified: out };
}

export function heldRows(own: InviteState): ReadonlyMap<string, HeldRow> {
  const shown = own.waiting.slice(0, HELD_SHOWN);
  return new Map(
    shown.flatMap((n): [string, HeldRow][] => {
      const row = own.held.get(n);
      return row ? [[String(n), row]] : [];
    }),
  );
}
