import type { Database } from "#db/client.ts";
import { keysAmong, keysOfIdentities, type StoredKey } from "#db/queries/identity-keys.ts";
import { keyOf, wordOf, type IdentityKey } from "../wecom/identities/identity-key.ts";

export type Arriving = {
  /** The app by which they came; in a rehearsal what stands for one. */
  readonly appId: string;
  readonly openid: string;
  readonly unionid: string | null;
  readonly name: string | null;
  readonly pictureUrl: string | null;
  /** Of the token that the phone held, which is why it may be trusted. */
  readonly visitorId: string | null;
};

export type Standing = {
  readonly personId: string;
  /** Who they were: what these have in a show is the person's. */
  readonly formerIds: readonly string[];
};

/** The surest first. */
export function keysFrom({ appId, openid, unionid }: Arriving): IdentityKey[] {
  return [...(unionid === null ? [] : [keyOf.unionid(unionid)]), keyOf.openid(appId, openid)];
}

export async function identitiesOf(db: Database, keys: readonly IdentityKey[]) {
  const rows = await keysAmong(db, keys);
  const all = await keysOfIdentities(db, [...new Set(rows.map(({ identityId }) => identityId))]);
  return { rows, all };
}

export const formersIn = (all: readonly StoredKey[]): string[] =>
  all.flatMap(({ kind, value }) => (kind === "formerPerson" ? [value] : []));

/** What the tables say of many at once: which identity holds a key, and what else it holds. */
export type Identities = {
  readonly byKey: ReadonlyMap<string, string>;
  readonly keysIn: ReadonlyMap<string, readonly StoredKey[]>;
};

export async function identitiesByKey(db: Database, keys: readonly IdentityKey[]): Promise<Identities> {
  const { rows, all } = await identitiesOf(db, keys);
  return {
    byKey: new Map(rows.map((row) => [`${row.kind}|${row.scope}|${row.value}`, row.identityId])),
    keysIn: Map.groupBy(all, ({ identityId }) => identityId),
  };
}

/** Without writing: all their keys are one human's already, and the visitor is nobody new. */
export function standingIn({ byKey, keysIn }: Identities, arriving: Arriving): Standing | null {
  const { visitorId } = arriving;
  const [identityId, ...others] = keysFrom(arriving).map((key) => byKey.get(wordOf(key)));
  if (identityId === undefined || others.some((other) => other !== identityId)) return null;
  const all = keysIn.get(identityId) ?? [];
  const personId = all.find(({ kind }) => kind === "person")?.value;
  if (personId === undefined) return null;
  const formerIds = formersIn(all);
  if (visitorId === null || visitorId === personId) return { personId, formerIds };
  const isTheirs = all.some(({ kind, value }) => kind === "visitor" && value === visitorId);
  return isTheirs ? { personId, formerIds: [...formerIds, visitorId] } : null;
}
