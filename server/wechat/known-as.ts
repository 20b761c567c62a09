import type { Database } from "#db/client.ts";
import {
  holdIdentities,
  keysAmong,
  keysOfIdentities,
  wasTakenBack,
  type StoredKey,
} from "#db/queries/identity-keys.ts";
import { knownPersons } from "#db/queries/known-persons.ts";
import { keepWechatPerson, releaseKeys } from "#db/queries/wechat-persons.ts";
import { newId } from "../auth/ids.ts";
import type { PersonKeys } from "../auth/person-keys.ts";
import { BusyError } from "../live/directory-contract.ts";
import { joinWithin, retirePerson, type Evidence } from "../wecom/identities/identities.ts";
import { keyOf, wordOf, type IdentityKey } from "../wecom/identities/identity-key.ts";

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
    if (known) {
      if (arriving.name !== null) await keepLook(db, known.personId, { arriving, keys });
      return known;
    }
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

/** Ties what WeChat named, and says who that is. */
async function resolve(tx: Database, arriving: Arriving, keys: PersonKeys): Promise<Standing> {
  const now = Date.now();
  await holdIdentities(tx);
  const named = keysFrom(arriving);
  const [main = keyOf.openid(arriving.appId, arriving.openid), ...rest] = named;
  const tie: Tie = (a, b, evidence) => joinWithin(tx, { a, b, evidence }, now);
  const { rows, all } = await identitiesOf(tx, named);
  const known = named.map((key) => personIn(all, rows.find(({ kind }) => kind === key.kind)?.identityId));
  const [first, ...others] = [...new Set(known.filter((id) => id !== undefined))];
  for (const other of others) await retirePerson(tx, other, now);
  for (const key of rest) await tie(main, key, "oauth");

  const isOurs = usableIn(tx, named, new Set(all.map(({ identityId }) => identityId)));
  const formers = [...others];
  let personId = first;
  for (const reported of await reportedAs(tx, named, keys)) {
    if (reported === first || others.includes(reported)) continue;
    const isFree = await isOurs(reported);
    if (isFree && personId !== undefined) formers.push(reported);
    else if (isFree && (await tie(main, keyOf.person(reported), "oauth")) === "joined") personId = reported;
    // Somebody else, by what WeChat said or a person took back: what is reported by the key from now on is not theirs.
    else await releaseKeys(tx, [reported]);
  }
  const { visitorId } = arriving;
  const held = visitorId !== null && !formers.includes(visitorId) && (await isOurs(visitorId)) ? visitorId : null;
  if (personId === undefined && held !== null && (await tie(main, keyOf.person(held), "oauth")) === "joined") {
    personId = held;
  }
  personId ??= newId("v");
  await tie(main, keyOf.person(personId), "oauth");
  if (held !== null && held !== personId) await tie(keyOf.visitor(held), keyOf.person(personId), "samePhone");
  for (const former of formers) await tie(keyOf.formerPerson(former), keyOf.person(personId), "merged");

  await releaseKeys(tx, formers);
  await keepLook(tx, personId, { arriving, keys });
  const before = [...formersIn(all), ...formers, ...(held === null ? [] : [held])];
  return { personId, formerIds: [...new Set(before)].filter((id) => id !== personId) };
}

type Tie = (a: IdentityKey, b: IdentityKey, evidence: Evidence) => ReturnType<typeof joinWithin>;

/** Who orders and comments were reported of by these very keys. */
async function reportedAs(tx: Database, named: readonly IdentityKey[], keys: PersonKeys): Promise<string[]> {
  const hashes = named.map(({ value }) => keys.hashOf(value));
  const found = await knownPersons(tx, hashes);
  return [...new Set(hashes.flatMap((hash) => found.get(hash) ?? []))];
}

async function keepLook(
  db: Database,
  personId: string,
  { arriving, keys }: { readonly arriving: Arriving; readonly keys: PersonKeys },
): Promise<void> {
  const { name, pictureUrl, unionid, openid } = arriving;
  const keyHash = keys.hashOf(unionid ?? openid);
  await keepWechatPerson(db, { personId, keyHash, name, pictureUrl }, Date.now());
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

/** Whether somebody may become this human: they are nobody's yet, or theirs already, and no person said that they are not. */
function usableIn(
  tx: Database,
  named: readonly IdentityKey[],
  ownIdentities: ReadonlySet<string>,
): (personId: string) => Promise<boolean> {
  return async (personId) => {
    const keys = [keyOf.person(personId), keyOf.visitor(personId), keyOf.formerPerson(personId)];
    const [known] = await keysAmong(tx, keys);
    if (known !== undefined && !ownIdentities.has(known.identityId)) return false;
    return !(await wasTakenBack(tx, named.map(wordOf), wordOf(keyOf.person(personId))));
  };
}
