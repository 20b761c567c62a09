import type { InviteState } from "./invites.ts";

export function invitesRow({ counts, byDepth, disqualified, heldFor }: InviteState) {
  const brought = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const out = [...disqualified.values()].filter(({ reinstatedAt }) => reinstatedAt === null).length;
  return { brought, ...counts, byDepth: [...byDepth], disqualified: out, heldFor: { ...heldFor } };
}
