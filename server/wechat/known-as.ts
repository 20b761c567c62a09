import type { Database } from "#db/client.ts";
import { holdIdentities, keysAmong, keysOfIdentities, type StoredKey } from "#db/queries/identity-keys.ts";
import { knownPersons } from "#db/queries/known-persons.ts";
import { keepWechatPerson, releaseKeys } from "#db/queries/wechat-persons.ts";
import { newId } from "../auth/ids.ts";
import type { PersonKeys } from "../auth/person-keys.ts";
import { BusyError } from "../live/directory-contract.ts";
import { joinWithin, retirePerson } from "../wecom/identities/identities.ts";
import { keyOf, type IdentityKey } from "../wecom/identities/identity-key.ts";

/**
 * Who of ours somebody is whom WeChat named: by unionid, then by openid, then the visitor of the phone in their hand. Whoever is found further down this line
 * is the same human and becomes the one above; the facts say why. A visitor who belongs to another account of WeChat's already stays who they are.
 */
export type KnownAs = (arriving: Arriving) => Promise<Standing>;

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

/** Identities are written one at a time (one lock in the database): who waits for it must not hold the connections that others need. */
const WAITING_MAX = 500;
const AGAIN_MS = 1_000;

export function createKnownAs(db: Database, keys: PersonKeys): KnownAs {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return async (arriving) => {
    const known = await readKnown(db, arriving);
    if (known && arriving.name === null && arriving.pictureUrl === null) return known;
    if (waiting >= WAITING_MAX) throw new BusyError(AGAIN_MS);
    waiting += 1;
    const turn = last.then(() => db.transaction((tx) => resolve(tx, arriving, keys)));
    last = turn.then(
      () => (waiting -= 1),
      () => (waiting -= 1),
    );
    return turn;
  };
}

/** Without writing: all their keys are one human's already, and the visitor is nobody new. */
async function readKnown(db: Database, arriving: Arriving): Promise<Standing | null> {
  const { visitorId } = arriving;
  const { rows, all } = await identitiesOf(db, keysFrom(arriving));
  const personId = all.find(({ kind }) => kind === "person")?.value;
  const isWhole = rows.length === keysFrom(arriving).length && new Set(all.map((key) => key.identityId)).size === 1;
  if (personId === undefined || !isWhole) return null;
  const formerIds = formersIn(all);
  if (visitorId === null || visitorId === personId) return { personId, formerIds };
  const isTheirs = all.some(({ kind, value }) => kind === "visitor" && value === visitorId);
  return isTheirs ? { personId, formerIds: [...formerIds, visitorId] } : null;
}

async function resolve(tx: Database, arriving: Arriving, keys: PersonKeys): Promise<Standing> {
  const now = Date.now();
  await holdIdentities(tx);
  const named = keysFrom(arriving);
  const { rows, all } = await identitiesOf(tx, named);
  const ownIdentities = new Set(all.map(({ identityId }) => identityId));
  const hashes = named.map(({ value }) => keys.hashOf(value));
  const reported = await knownPersons(tx, hashes);
  const visitorId = await usableVisitor(tx, arriving.visitorId, ownIdentities);

  const found = named.flatMap((key, at) => [
    personIn(all, rows.find((row) => row.kind === key.kind && row.value === key.value)?.identityId),
    reported.get(hashes[at] ?? ""),
  ]);
  const [first, ...others] = [...new Set(found.filter((id) => id !== undefined))];
  const personId = first ?? visitorId ?? newId("v");

  for (const former of others) await retirePerson(tx, former, now);
  const [main = keyOf.openid(arriving.appId, arriving.openid), ...rest] = named;
  const tie = (a: IdentityKey, b: IdentityKey, evidence: "oauth" | "merged" | "samePhone") =>
    joinWithin(tx, { a, b, evidence }, now);
  for (const key of rest) await tie(main, key, "oauth");
  await tie(main, keyOf.person(personId), "oauth");
  for (const former of others) await tie(keyOf.formerPerson(former), keyOf.person(personId), "merged");
  const isNew = visitorId !== null && visitorId !== personId && !others.includes(visitorId);
  const visited = isNew ? [visitorId] : [];
  for (const visitor of visited) await tie(keyOf.visitor(visitor), keyOf.person(personId), "samePhone");

  await releaseKeys(tx, others);
  const { name, pictureUrl } = arriving;
  await keepWechatPerson(tx, { personId, keyHash: hashes[0] ?? "", name, pictureUrl }, now);
  return { personId, formerIds: [...new Set([...formersIn(all), ...others, ...visited])] };
}

/** The surest first. */
function keysFrom({ appId, openid, unionid }: Arriving): IdentityKey[] {
  return [...(unionid === null ? [] : [keyOf.unionid(unionid)]), keyOf.openid(appId, openid)];
}

async function identitiesOf(db: Database, keys: readonly IdentityKey[]) {
  const rows = await keysAmong(db, keys);
  const all = await keysOfIdentities(db, [...new Set(rows.map(({ identityId }) => identityId))]);
  return { rows, all };
}

const personIn = (all: readonly StoredKey[], identityId: string | undefined): string | undefined =>
  all.find((key) => key.kind === "person" && key.identityId === identityId)?.value;

const formersIn = (all: readonly StoredKey[]): string[] =>
  all.flatMap(({ kind, value }) => (kind === "formerPerson" ? [value] : []));

/** Null: there is none, or it is somebody else by what WeChat said before. */
async function usableVisitor(
  tx: Database,
  visitorId: string | null,
  ownIdentities: ReadonlySet<string>,
): Promise<string | null> {
  if (visitorId === null) return null;
  const [known] = await keysAmong(tx, [
    keyOf.person(visitorId),
    keyOf.visitor(visitorId),
    keyOf.formerPerson(visitorId),
  ]);
  return known === undefined || ownIdentities.has(known.identityId) ? visitorId : null;
}
