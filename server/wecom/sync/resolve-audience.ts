import type { Database } from "#db/client.ts";
import { selectCustomers, selectGroups } from "#db/queries/wecom-audience.ts";
import type { PushAudience } from "#domain/push/shapes.ts";
import { WECOM_COUNTS } from "#domain/wecom-limits.ts";

/**
 * Makes of a selection what each member is to send. Named groups are meant as they are; owners, purposes and tags narrow one another, and the words within
 * each widen it. Ids are ours throughout.
 */
export type ResolvedTask = { readonly staffId: string; readonly targets: readonly string[] };
export type LeftOut = {
  readonly id: string;
  /** unknown: no such group in this corp. dismissed. ownerless: whose it was left, and nobody has taken it over yet. */
  readonly reason: "unknown" | "dismissed" | "ownerless";
};
export type ResolvedAudience = { readonly tasks: readonly ResolvedTask[]; readonly leftOut: readonly LeftOut[] };

type Audience = Pick<PushAudience, "groupIds" | "ownerIds" | "purposes" | "tags" | "contactTagIds" | "staffIds">;

/** `forward`: the same groups, for the members named in `staffIds` alone if there are any. Robots have no groups of customers. */
export async function resolveAudience(
  db: Database,
  asked: { readonly corpId: string; readonly kind: "groups" | "customers" | "forward"; readonly audience: Audience },
): Promise<ResolvedAudience> {
  return asked.kind === "customers" ? resolveCustomers(db, asked) : resolveGroups(db, asked);
}

type Asked = Parameters<typeof resolveAudience>[1];

async function resolveGroups(db: Database, { corpId, kind, audience }: Asked): Promise<ResolvedAudience> {
  const { staffIds, groupIds } = audience;
  // Whoever only names members to forward means all groups of theirs.
  const byStaffAlone = kind === "forward" && isEmpty(audience);
  const found = await selectGroups(db, corpId, byStaffAlone ? { ...audience, ownerIds: staffIds } : audience);
  const known = new Set(found.map(({ id }) => id));
  const leftOut: LeftOut[] = groupIds.filter((id) => !known.has(id)).map((id) => ({ id, reason: "unknown" }));
  const byOwner = new Map<string, string[]>();
  for (const { id, ownerId, status, dismissedAt } of found) {
    if (dismissedAt !== null) leftOut.push({ id, reason: "dismissed" });
    else if (ownerId === null || status === "ownerLeft" || status === "inheriting")
      leftOut.push({ id, reason: "ownerless" });
    else if (kind !== "forward" || staffIds.length === 0 || staffIds.includes(ownerId)) push(byOwner, ownerId, id);
  }
  return { tasks: tasksOf(byOwner, WECOM_COUNTS.massGroups), leftOut };
}

async function resolveCustomers(db: Database, { corpId, audience }: Asked): Promise<ResolvedAudience> {
  const { ownerIds, staffIds, contactTagIds } = audience;
  const members = [...new Set([...ownerIds, ...staffIds])];
  const chosen = await selectCustomers(db, corpId, { ownerIds: members, tagIds: contactTagIds });
  const byMember = new Map<string, string[]>();
  for (const { contactId, memberId } of chosen) push(byMember, memberId, contactId);
  return { tasks: tasksOf(byMember, WECOM_COUNTS.massCustomers), leftOut: [] };
}

const isEmpty = ({ groupIds, ownerIds, purposes, tags }: Audience) =>
  [groupIds, ownerIds, purposes, tags].every(({ length }) => length === 0);

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function tasksOf(byStaff: ReadonlyMap<string, readonly string[]>, max: number): ResolvedTask[] {
  return [...byStaff]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([staffId, targets]) =>
      Array.from({ length: Math.ceil(targets.length / max) }, (_, at) => ({
        staffId,
        targets: targets.slice(at * max, (at + 1) * max),
      })),
    );
}
