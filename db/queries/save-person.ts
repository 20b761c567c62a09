import { and, count, eq, ne, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { hasCode } from "../error-code.ts";
import { authAccounts, authSessions, authUsers } from "../schema/accounts.ts";
import { people, roomRoles } from "../schema/people.ts";

export type PersonChange = {
  readonly name?: string | undefined;
  readonly owner?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly locale?: string | undefined;
  readonly username?: string | undefined;
  /** Hashed by better-auth. */
  readonly passwordHash?: string | undefined;
  /** Replaces the roles in the rooms named. */
  readonly roles?: Readonly<Record<string, readonly string[]>> | undefined;
};

export type SaveOutcome = "saved" | "usernameTaken" | "lastOwner" | "unknownRoom";

/** Any fixed number that no other advisory lock of ours uses: changes of owners come one after another, so that one always stays. */
const ownersLock = 4_120_002;

/** Inserts or changes a person with account and roles, in one transaction. */
export async function savePerson(
  db: Database,
  id: string,
  change: PersonChange,
  createdAt: number | null,
): Promise<SaveOutcome> {
  try {
    return await db.transaction(async (tx) => {
      if (createdAt !== null) {
        const { name = "", owner = false } = change;
        await tx.insert(people).values({ id, name, owner, createdAt });
      } else {
        if (change.owner === false || change.disabled === true) {
          await tx.execute(sql`select pg_advisory_xact_lock(${ownersLock})`);
          if (!(await hasOtherOwner(tx, id))) throw new Outcome("lastOwner");
        }
        await changePerson(tx, id, change);
      }
      await saveAccount(tx, id, change);
      await saveRoles(tx, id, change.roles ?? {});
      return "saved" as const;
    });
  } catch (error) {
    if (error instanceof Outcome) return error.outcome;
    if (hasCode(error, "23505")) return "usernameTaken";
    if (hasCode(error, "23503")) return "unknownRoom";
    throw error;
  }
}

type Tx = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** Thrown to roll the transaction back; carries the answer that the caller gets. */
class Outcome extends Error {
  readonly outcome: SaveOutcome;
  constructor(outcome: SaveOutcome) {
    super(outcome);
    this.outcome = outcome;
  }
}

async function hasOtherOwner(tx: Tx, id: string): Promise<boolean> {
  const [self] = await tx.select({ owner: people.owner }).from(people).where(eq(people.id, id));
  if (self?.owner !== true) return true;
  const [row] = await tx
    .select({ owners: count() })
    .from(people)
    .innerJoin(authUsers, eq(authUsers.id, people.id))
    .where(and(eq(people.owner, true), eq(people.disabled, false), ne(people.id, id)));
  return (row?.owners ?? 0) > 0;
}

async function changePerson(tx: Tx, id: string, change: PersonChange): Promise<void> {
  const { name, owner, disabled, locale } = change;
  const set = {
    ...(name === undefined ? {} : { name }),
    ...(owner === undefined ? {} : { owner }),
    ...(disabled === undefined ? {} : { disabled }),
    ...(locale === undefined ? {} : { locale }),
  };
  if (Object.keys(set).length > 0) await tx.update(people).set(set).where(eq(people.id, id));
  // Whoever may not come in any more is out at once, and a new password ends what the old one opened.
  if (disabled === true || change.passwordHash !== undefined) {
    await tx.delete(authSessions).where(eq(authSessions.userId, id));
  }
}

async function saveAccount(tx: Tx, id: string, change: PersonChange): Promise<void> {
  const { username, passwordHash, name } = change;
  const [user] = await tx.select({ id: authUsers.id }).from(authUsers).where(eq(authUsers.id, id));
  if (user === undefined && username !== undefined) {
    await tx.insert(authUsers).values({ id, name: name ?? username, username, email: `${id}@kaibo.invalid` });
  } else if (user !== undefined && (username !== undefined || name !== undefined)) {
    const set = { ...(username === undefined ? {} : { username }), ...(name === undefined ? {} : { name }) };
    await tx.update(authUsers).set(set).where(eq(authUsers.id, id));
  }
  if (passwordHash === undefined) return;
  const account = { id: `${id}.password`, accountId: id, providerId: "credential", userId: id, password: passwordHash };
  await tx
    .insert(authAccounts)
    .values(account)
    .onConflictDoUpdate({ target: authAccounts.id, set: { password: passwordHash, updatedAt: sql`now()` } });
}

async function saveRoles(tx: Tx, personId: string, roles: Readonly<Record<string, readonly string[]>>): Promise<void> {
  for (const [roomId, held] of Object.entries(roles)) {
    await tx.delete(roomRoles).where(and(eq(roomRoles.personId, personId), eq(roomRoles.roomId, roomId)));
    const rows = [...new Set(held)].map((role) => ({ personId, roomId, role }));
    if (rows.length > 0) await tx.insert(roomRoles).values(rows);
  }
}
