import { and, desc, eq, isNull } from "drizzle-orm";
import type { Database } from "../client.ts";
import { authUsers } from "../schema/accounts.ts";
import { people } from "../schema/people.ts";
import { wecomMembers } from "../schema/wecom-people.ts";
import { wecomMemberPeople } from "../schema/wecom-sign-in.ts";

/** Who a member of WeCom is here; `null`: nobody said yet. */
export async function personOfMember(
  db: Database,
  memberId: string,
): Promise<{ readonly personId: string; readonly disabled: boolean; readonly hasAccount: boolean } | null> {
  const [row] = await db
    .select({ personId: people.id, disabled: people.disabled, account: authUsers.id })
    .from(wecomMemberPeople)
    .innerJoin(people, eq(people.id, wecomMemberPeople.personId))
    .leftJoin(authUsers, eq(authUsers.id, people.id))
    .where(eq(wecomMemberPeople.memberId, memberId));
  return row ? { personId: row.personId, disabled: row.disabled, hasAccount: row.account !== null } : null;
}

/** Somebody came whom nobody knows: the managers are shown them. */
export async function noteUnmapped(db: Database, memberId: string, now: number): Promise<void> {
  await db
    .insert(wecomMemberPeople)
    .values({ memberId, askedAt: now })
    .onConflictDoUpdate({ target: wecomMemberPeople.memberId, set: { askedAt: now } });
}

export type MemberOfPerson = {
  readonly memberId: string;
  readonly corpId: string;
  /** The userid where WeCom tells no names. */
  readonly name: string;
  readonly personId: string | null;
  readonly askedAt: number | null;
};

const columns = {
  memberId: wecomMemberPeople.memberId,
  corpId: wecomMembers.corpId,
  name: wecomMembers.name,
  userid: wecomMembers.userid,
  personId: wecomMemberPeople.personId,
  askedAt: wecomMemberPeople.askedAt,
};

/** Those who are somebody here, and those who asked to be. */
export async function membersWithPeople(db: Database): Promise<MemberOfPerson[]> {
  const rows = await db
    .select(columns)
    .from(wecomMemberPeople)
    .innerJoin(wecomMembers, eq(wecomMembers.id, wecomMemberPeople.memberId))
    .orderBy(desc(wecomMemberPeople.askedAt), wecomMemberPeople.memberId);
  return rows.map(({ name, userid, ...row }) => ({ ...row, name: name ?? userid }));
}

/** `taken`: the member is another person already. `unknown`: there is no such member. */
export async function mapMember(
  db: Database,
  { memberId, personId, by, now }: { memberId: string; personId: string; by: string; now: number },
): Promise<"mapped" | "taken" | "unknown"> {
  const [known] = await db.select({ id: wecomMembers.id }).from(wecomMembers).where(eq(wecomMembers.id, memberId));
  if (!known) return "unknown";
  await db.insert(wecomMemberPeople).values({ memberId }).onConflictDoNothing();
  // Only where nobody is named yet: two managers at once don't hand one member to two people.
  const changed = await db
    .update(wecomMemberPeople)
    .set({ personId, mappedBy: by, mappedAt: now, askedAt: null })
    .where(and(eq(wecomMemberPeople.memberId, memberId), isNull(wecomMemberPeople.personId)))
    .returning({ memberId: wecomMemberPeople.memberId });
  if (changed.length > 0) return "mapped";
  const [row] = await db
    .select({ personId: wecomMemberPeople.personId })
    .from(wecomMemberPeople)
    .where(eq(wecomMemberPeople.memberId, memberId));
  return row?.personId === personId ? "mapped" : "taken";
}

/** False: they were not this person. */
export async function unmapMember(db: Database, memberId: string, personId: string): Promise<boolean> {
  const gone = await db
    .delete(wecomMemberPeople)
    .where(and(eq(wecomMemberPeople.memberId, memberId), eq(wecomMemberPeople.personId, personId)))
    .returning({ memberId: wecomMemberPeople.memberId });
  return gone.length > 0;
}
