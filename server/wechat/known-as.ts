import type { Database } from "#db/client.ts";
import { hasCode } from "#db/error-code.ts";
import { holdIdentities, keysAmong, wasTakenBack, type StoredKey } from "#db/queries/identity-keys.ts";
import { knownPersons } from "#db/queries/known-persons.ts";
import { keepWechatPerson, releaseKeys } from "#db/queries/wechat-persons.ts";
import { newId } from "../auth/ids.ts";
import type { PersonKeys } from "../auth/person-keys.ts";
import { askTogether } from "../lib/ask-together.ts";
import { BusyError } from "../live/directory-contract.ts";
import { joinWithin, retirePerson, type Evidence } from "../wecom/identities/identities.ts";
import { keyOf, wordOf, type IdentityKey } from "../wecom/identities/identity-key.ts";
import { arriveTogether } from "./arrive-together.ts";
import {
  formersIn,
  identitiesByKey,
  identitiesOf,
  keysFrom,
  standingIn,
  type Arriving,
  type Standing,
} from "./arriving.ts";

/**
 * Who of ours somebody is whom WeChat named: by unionid, then by openid, then the visitor of the phone in their hand. Whoever is found further down this line
 * is the same human and becomes the one above; the facts say why. A visitor who belongs to another account of WeChat's already stays who they are.
 */
export type KnownAs = (arriving: Arriving) => Promise<Standing>;

/** Above that the server is busy; at the pace of those who arrive together it is some seconds. */
const WAITING_MAX = 5_000;
/** Who is weighed alone takes some thirty times as long. */
const WEIGHED_MAX = 500;
const UNIQUE_VIOLATION = "23505";
const AGAIN_MS = 1_000;
const AT_ONCE_MAX = 500;
/** A reading of WeCom's customers may hold the identities that long. */
const ANSWER_MS_MAX = 20_000;

export function createKnownAs(db: Database, keys: PersonKeys): KnownAs {
  const options = { atOnceMax: AT_ONCE_MAX, answerMsMax: ANSWER_MS_MAX };
  const look = askTogether<Arriving, Standing | null>(async (people) => {
    const identities = await identitiesByKey(db, people.flatMap(keysFrom));
    return people.map((one) => standingIn(identities, one));
  }, options);
  // Identities are written one at a time (one lock in the database): who waits for it gathers here, and holds no connection that others need.
  const arrive = askTogether<Arriving, Standing | null>((people) => atOnce(db, keys, people), {
    ...options,
    underWayMax: 1,
  });
  const weighed = inTurn(WEIGHED_MAX, (arriving: Arriving) => db.transaction((tx) => resolve(tx, arriving, keys)));

  const find = async (arriving: Arriving): Promise<Standing> => {
    // What PostgreSQL takes for no text must fail nobody else's question.
    if (!isText(arriving)) return weighed(arriving);
    const known = await look(arriving);
    if (known === null) return (await arrive(arriving)) ?? weighed(arriving);
    if (arriving.name !== null) await keepLook(db, known.personId, { arriving, keys });
    return known;
  };
  let waiting = 0;
  return async (arriving) => {
    if (waiting >= WAITING_MAX) throw new BusyError(AGAIN_MS);
    waiting += 1;
    try {
      return await find(arriving);
    } finally {
      waiting -= 1;
    }
  };
}

/** Orders make persons without holding the identities: a key that was free a moment ago may be somebody's by now. */
async function atOnce(
  db: Database,
  keys: PersonKeys,
  people: readonly Arriving[],
): Promise<readonly (Standing | null)[]> {
  try {
    return await arriveTogether(db, keys, people);
  } catch (error) {
    if (!hasCode(error, UNIQUE_VIOLATION)) throw error;
    return arriveTogether(db, keys, people);
  }
}

function inTurn<K, V>(waitingMax: number, work: (key: K) => Promise<V>): (key: K) => Promise<V> {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return async (key) => {
    if (waiting >= waitingMax) throw new BusyError(AGAIN_MS);
    waiting += 1;
    const turn = last.then(() => work(key));
    last = turn.then(
      () => (waiting -= 1),
      () => (waiting -= 1),
    );
    return turn;
  };
}

const isText = ({ appId, openid, unionid, name, pictureUrl }: Arriving) =>
  [appId, openid, unionid ?? "", name ?? "", pictureUrl ?? ""].every(
    (one) => one.isWellFormed() && !one.includes("\u0000"),
  );

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

const personIn = (all: readonly StoredKey[], identityId: string | undefined): string | undefined =>
  all.find((key) => key.kind === "person" && key.identityId === identityId)?.value;

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
