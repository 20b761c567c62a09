import type { Database } from "#db/client.ts";
import { contactsByExternal } from "#db/queries/wecom-contacts.ts";
import { codesByState } from "#db/queries/wecom-code-states.ts";
import { closeAllStays, closeStays, openNewStays, openStays } from "#db/queries/wecom-group-stays.ts";
import { lockGroup, saveGroupRead, type GroupRow } from "#db/queries/wecom-groups.ts";
import { membersByUserid } from "#db/queries/wecom-members.ts";
import { newId } from "../../auth/ids.ts";
import type { Group } from "../api/groups.ts";
import { joinUnionids } from "../identities/join-unionids.ts";
import { stayChanges } from "./stay-changes.ts";

/**
 * Lays a reading of a group over what was known of it: who came, who went, whose it is. Late or doubled readings do no harm: a stay that is told
 * again with the same beginning is the same stay.
 */

/** After a change a reading may still show how it was before: so long until the next try, by tries so far. */
const LAG_MS = [3_000, 6_000, 12_000, 24_000, 48_000] as const;

export type GroupKept = {
  readonly joined: readonly string[];
  readonly left: readonly string[];
  /** Whether the change that made it due is in it. */
  readonly settled: boolean;
};

/** `row`: as it stood before WeCom was asked. */
export async function keepGroup(db: Database, row: GroupRow, group: Group, now: number): Promise<GroupKept> {
  const people = await peopleOf(db, row.corpId, group, now);
  const codes = await codesByState(
    db,
    row.corpId,
    group.members.flatMap(({ state }) => (state === null ? [] : [state])),
  );
  const read = group.members.flatMap((member) => {
    const who = people.get(member.id);
    if (who === undefined) return [];
    const { joinedAt, joinScene, invitedBy, state } = member;
    return [
      {
        who,
        customer: member.kind === "external",
        joinedAt: joinedAt === 0 ? null : joinedAt,
        scene: joinScene,
        invitorId: invitedBy === null ? null : (people.get(invitedBy) ?? null),
        state,
        codeId: state === null ? null : (codes.get(state) ?? null),
      },
    ];
  });
  return db.transaction(async (tx) => {
    const before = await lockGroup(tx, row.id);
    if (!before) return { joined: [], left: [], settled: true };
    const { left, back, joined } = stayChanges(await openStays(tx, row.id), read, now);
    await closeStays(tx, { groupId: row.id, who: left, leftAt: leftAt(before, now) });
    for (const stay of joined) {
      if (back.includes(stay.who)) await closeStays(tx, { groupId: row.id, who: [stay.who], leftAt: stay.joinedAt });
    }
    await openNewStays(
      tx,
      joined.map((stay) => ({ ...stay, groupId: row.id })),
    );
    const due = nextReading(row, before, group, now);
    await saveGroupRead(tx, row.id, {
      name: group.name,
      ownerId: group.owner === "" ? null : (people.get(group.owner) ?? null),
      size: group.members.length,
      customers: group.members.filter(({ kind }) => kind === "external").length,
      memberVersion: group.memberVersion,
      createdAt: group.createdAt,
      readAt: now,
      readFailure: null,
      dismissedAt: null,
      ...due,
    });
    return { joined: joined.map(({ who }) => who), left, settled: due.readFrom === null };
  });
}

/** WeCom says that there is no such group, or none that we may see. */
export async function keepGone(db: Database, groupId: string, at: number): Promise<void> {
  await db.transaction(async (tx) => {
    await lockGroup(tx, groupId);
    await closeAllStays(tx, groupId, at);
    await saveGroupRead(tx, groupId, {
      dismissedAt: at,
      readFrom: null,
      readTries: 0,
      awaitedVersion: null,
      changedAt: null,
      size: 0,
      customers: 0,
    });
  });
}

/** Internal ids of everybody in the group, its owner and those who invited, by WeCom's id. */
async function peopleOf(db: Database, corpId: string, group: Group, now: number): Promise<Map<string, string>> {
  const staff = group.members.filter(({ kind }) => kind === "staff").map(({ id }) => id);
  const inviting = group.members.flatMap(({ invitedBy }) => (invitedBy === null ? [] : [invitedBy]));
  const owner = group.owner === "" ? [] : [group.owner];
  const members = await membersByUserid(db, corpId, [...staff, ...inviting, ...owner], {
    now,
    newId: () => newId("m"),
  });
  const seen = group.members
    .filter(({ kind }) => kind === "external")
    .map(({ id, unionid, name }) => ({ externalUserid: id, unionid, name: name === "" ? null : name, type: null }));
  const contacts = await contactsByExternal(db, corpId, seen, { now, newId: () => newId("x") });
  await joinUnionids(db, corpId, seen, { evidence: "wecomRead", now });
  return new Map([...contacts, ...members]);
}

/** When they went: the change that made the reading due says so, else it was somewhere between two readings. */
const leftAt = ({ changedAt }: GroupRow, now: number) => (changedAt !== null && changedAt < now ? changedAt : now);

type Due = Pick<GroupRow, "readFrom" | "readTries" | "awaitedVersion" | "changedAt">;
const SETTLED: Due = { readFrom: null, readTries: 0, awaitedVersion: null, changedAt: null };

/** The version that a change brings settles it; where none was told, a list of members that is another than the last one does. */
function nextReading(asked: GroupRow, before: GroupRow, group: Group, now: number): Due {
  const { awaitedVersion, changedAt, memberVersion, readTries } = before;
  // Another change was told while WeCom was being asked.
  if (changedAt !== asked.changedAt || awaitedVersion !== asked.awaitedVersion) {
    return { awaitedVersion, changedAt, readTries: 0, readFrom: now + LAG_MS[0] };
  }
  if (changedAt === null) return SETTLED;
  const shown =
    awaitedVersion === null ? group.memberVersion !== memberVersion : group.memberVersion === awaitedVersion;
  const wait = LAG_MS[readTries];
  // Versions have no order: what never shows the awaited one may long be newer.
  if (shown || wait === undefined) return SETTLED;
  return { awaitedVersion, changedAt, readTries: readTries + 1, readFrom: now + wait };
}
