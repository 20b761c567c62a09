import { kindsOf, type HeldKind, type HeldRow, type InviteState } from "./invites.ts";

/** As many as a list is worked off; the next come up as these are decided. */
const HELD_SHOWN = 200;

export function invitesRow({ counts, byDepth, disqualified, heldFor }: InviteState) {
  const brought = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const out = [...disqualified.values()].filter(({ reinstatedAt }) => reinstatedAt === null).length;
  return { brought, ...counts, byDepth: [...byDepth], disqualified: out, heldFor: { ...heldFor } };
}

/** Where something looks odd first: a judgement needs evidence. In each the oldest first, so that the list stands still under the hand. */
export function heldRows(own: InviteState): ReadonlyMap<string, HeldRow> {
  const odd = own.waiting.odd.slice(0, HELD_SHOWN);
  const shown = [...odd, ...own.waiting.unknown.slice(0, HELD_SHOWN - odd.length)];
  return new Map(
    shown.flatMap((n): [string, HeldRow][] => {
      const row = own.held.get(n);
      return row ? [[String(n), asTheyStand(own, row)]] : [];
    }),
  );
}

/** Rows under which somebody is known by now; the same one as long as nothing changes, because views compare rows. */
const standing = new WeakMap<HeldRow, HeldRow>();

function asTheyStand({ moved, named }: InviteState, row: HeldRow): HeldRow {
  let { inviterN } = row;
  for (let into = moved.get(inviterN); into !== undefined; into = moved.get(inviterN)) inviterN = into;
  const personId = named.get(row.n) ?? row.personId;
  const inviterId = named.get(inviterN) ?? row.inviterId;
  const before = standing.get(row) ?? row;
  if (before.personId === personId && before.inviterId === inviterId && before.inviterN === inviterN) return before;
  const now = { ...row, personId, inviterId, inviterN };
  standing.set(row, now);
  return now;
}

/** Of those that wait, who is held for this; the smallest number first. */
export function waitingFor({ waiting, held }: InviteState, kind: HeldKind): readonly number[] {
  if (kind === "newUnknown") return waiting.unknown;
  return waiting.odd.filter((n) => {
    const row = held.get(n);
    return row !== undefined && kindsOf(row).includes(kind);
  });
}
