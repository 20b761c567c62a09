import { RecentMap } from "../lib/recent-map.ts";

/**
 * Finds what looks like somebody inviting themself: many people behind one address or on one phone, bursts of accounts that were never anything else, people
 * who bring each other on the same phone. It holds nobody up and forbids nothing: an invite it has a word about waits for a person to decide. Addresses and
 * phones stay in here, in memory, and are swept out within a day; what leaves are counts. Each node counts by itself.
 */
export type Suspicions = {
  /** Counts this sign-up and says what is odd about it; again for the same person counts once. */
  look(seen: SignUpSeen): Looked;
  /** They signed up and may bring others from now on. */
  signedUp(seen: SignUpSeen, code: string): void;
  /** Forgets what is due before the next sweep; call it every `SWEEP_MS`. */
  sweep(now: number): void;
  /** Forgets where these people signed up, in all shows: their address and phone too, unless others share them. */
  forget(personIds: readonly string[]): void;
  /** How many addresses, phones and people are remembered. */
  readonly size: number;
};

export const SUSPICION_KINDS = ["addressVelocity", "deviceVelocity", "emptyBurst", "ring"] as const;
export type Suspicion = {
  readonly kind: (typeof SUSPICION_KINDS)[number];
  readonly evidence: Readonly<Record<string, number>>;
};

export type Looked = {
  readonly suspicions: readonly Suspicion[];
  /** Who signed up before and looks odd only now, with the one that makes too many. */
  readonly earlier: readonly { readonly personId: string; readonly suspicions: readonly Suspicion[] }[];
};

export type SignUpSeen = {
  readonly sessionId: string;
  readonly personId: string;
  /** Whose link they came by; `null`: nobody's, so there is nothing to be had by it. */
  readonly inviterCode: string | null;
  /** As `address-group.ts` has it; `null`: of this machine. */
  readonly address: string | null;
  readonly device: { readonly id: string; readonly since: number } | null;
  /** Known by WeChat, not only by a phone's memory. */
  readonly known: boolean;
  readonly at: number;
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** People of one inviter behind one address: a family or an office stays below. */
export const OF_INVITER_AT_ADDRESS = { people: 8, withinMs: 10 * MINUTE_MS } as const;
/** People behind one address whoever brought them: a carrier's gateway holds more phones, but not this many who sign up at once. */
export const AT_ADDRESS = { people: 300, withinMs: 10 * MINUTE_MS } as const;
/** People on one phone: two of a family share one, the third is odd. */
export const ON_DEVICE = { people: 3, withinMs: DAY_MS } as const;
/** Of one inviter, without a past: their phone was first seen moments ago, or remembers nothing. */
export const EMPTY_OF_INVITER = { people: 10, withinMs: MINUTE_MS } as const;
/** Nobody reads a page and signs up quicker. */
const YOUNG_MS = 4_000;
/** How far up who brought whom is looked for the same phone. */
const RING_LEVELS = 3;
const KEYS_MAX = 100_000;
/** How often it is swept. */
export const SWEEP_MS = 10 * MINUTE_MS;
/** What is not due now but before the next sweep would stay longer than a day. */
const KEPT_MS = DAY_MS - SWEEP_MS;
/** Places of one person; whoever has more changes them on purpose. */
const PLACES_MAX = 50;

type Came = { readonly device: string | null; readonly inviterCode: string | null; readonly at: number };
/** Where somebody is counted, or (`null`) what they came with, to be found again when they ask to be forgotten. */
type Place = { readonly people: RecentPeople | null; readonly key: string; readonly at: number };

export function createSuspicions(): Suspicions {
  const onDevice = new RecentPeople(ON_DEVICE);
  const atAddress = new RecentPeople(AT_ADDRESS);
  const ofInviter = new RecentPeople(OF_INVITER_AT_ADDRESS);
  const empties = new RecentPeople(EMPTY_OF_INVITER);
  const came = new RecentMap<Came>(KEYS_MAX);
  const places = new RecentMap<Place[]>(KEYS_MAX);

  /** The newest last, the oldest let go. Most people are in one place, once. */
  const notePlaces = (personId: string, fresh: readonly Place[]): void => {
    const known = places.get(personId);
    if (known === undefined) {
      places.set(personId, [...fresh]);
      return;
    }
    const isAgain = (place: Place) => fresh.some(({ people, key }) => people === place.people && key === place.key);
    places.set(personId, [...known.filter((place) => !isAgain(place)), ...fresh].slice(-PLACES_MAX));
  };

  /** How many steps up the same phone is found; 0: nowhere. */
  const ringLevel = ({ sessionId, device, inviterCode }: SignUpSeen): number => {
    let code = inviterCode;
    for (let level = 1; level <= RING_LEVELS && code !== null && device; level += 1) {
      const above = came.get(`${sessionId} ${code}`);
      if (above?.device === device.id) return level;
      code = above?.inviterCode ?? null;
    }
    return 0;
  };

  return {
    look(seen) {
      const { sessionId, personId, inviterCode, address, device, at } = seen;
      const suspicions: Suspicion[] = [];
      const earlier: Looked["earlier"][number][] = [];
      const fresh: Place[] = [];
      const count = (people: RecentPeople, place: string) => {
        const key = `${sessionId} ${place}`;
        fresh.push({ people, key, at });
        return people.add(key, personId, at);
      };
      const judge = (kind: Suspicion["kind"], among: Among | null, rule: Rule) => {
        if (among === null || among.people.length < rule.people) return;
        const suspicion = { kind, evidence: { people: among.people.length, withinMs: rule.withinMs } };
        suspicions.push(suspicion);
        // The one that makes too many: those before it were let pass.
        if (!among.isNew || among.people.length > rule.people) return;
        for (const other of among.people) {
          if (other !== personId) earlier.push({ personId: other, suspicions: [suspicion] });
        }
      };
      const onSame = device && count(onDevice, device.id);
      const neighbours = address === null ? null : count(atAddress, address);
      if (inviterCode === null) {
        notePlaces(personId, fresh);
        return { suspicions, earlier };
      }
      const brought = address === null ? null : count(ofInviter, `${inviterCode} ${address}`);
      const isEmpty = !seen.known && (device === null || at - device.since < YOUNG_MS);

      judge("deviceVelocity", onSame, ON_DEVICE);
      judge("addressVelocity", brought, OF_INVITER_AT_ADDRESS);
      // Of a gateway that many share, who came before it was too busy is let be.
      const isCrowded = (neighbours?.people.length ?? 0) >= AT_ADDRESS.people;
      if (isCrowded && suspicions.every(({ kind }) => kind !== "addressVelocity")) {
        const { people, withinMs } = AT_ADDRESS;
        suspicions.push({ kind: "addressVelocity", evidence: { people, withinMs } });
      }
      if (isEmpty) judge("emptyBurst", count(empties, inviterCode), EMPTY_OF_INVITER);
      notePlaces(personId, fresh);
      const levels = ringLevel(seen);
      if (levels > 0) suspicions.push({ kind: "ring", evidence: { levels } });
      return { suspicions, earlier };
    },
    signedUp({ sessionId, personId, device, inviterCode, at }, code) {
      const key = `${sessionId} ${code}`;
      came.set(key, { device: device?.id ?? null, inviterCode, at });
      notePlaces(personId, [{ people: null, key, at }]);
    },
    sweep(now) {
      for (const people of [onDevice, atAddress, ofInviter, empties]) people.sweep(now);
      const isDue = ({ at }: { readonly at: number }) => at <= now - KEPT_MS;
      came.deleteWhere(isDue);
      places.deleteWhere((ofOne) => {
        const left = ofOne.filter((place) => !isDue(place));
        ofOne.splice(0, ofOne.length, ...left);
        return left.length === 0;
      });
    },
    forget(personIds) {
      for (const personId of personIds) {
        for (const { people, key } of places.get(personId) ?? []) {
          if (people === null) came.delete(key);
          else people.drop(key, personId);
        }
        places.delete(personId);
      }
    },
    get size() {
      return [onDevice, atAddress, ofInviter, empties, came, places].reduce((sum, { size }) => sum + size, 0);
    },
  };
}

type Rule = { readonly people: number; readonly withinMs: number };
/** The people of a key within its window, the one who was just added last. */
type Among = { readonly people: readonly string[]; readonly isNew: boolean };

/** Most keys hold one person for ever, and a Map for each would be most of what is remembered. */
type Alone = { person: string; at: number };
type People = Alone | Map<string, number>;

/** Different people by key, within a window that ends now. */
class RecentPeople {
  readonly #peopleMax: number;
  readonly #windowMs: number;
  readonly #byKey = new RecentMap<People>(KEYS_MAX);

  constructor({ people, withinMs }: Rule) {
    // Beyond several times of what is odd, more is no more telling.
    this.#peopleMax = people * 4;
    this.#windowMs = withinMs;
  }

  add(key: string, person: string, at: number): Among {
    const known = this.#byKey.get(key);
    if (known instanceof Map) return this.#addTo(known, person, at);
    if (known === undefined || known.person === person || known.at <= at - this.#windowMs) {
      this.#byKey.set(key, { person, at });
      return { people: [person], isNew: known?.person !== person };
    }
    const people = new Map([
      [known.person, known.at],
      [person, at],
    ]);
    this.#byKey.set(key, people);
    return { people: [...people.keys()], isNew: true };
  }

  #addTo(people: Map<string, number>, person: string, at: number): Among {
    const isNew = !people.delete(person);
    for (const [oldest, since] of people) {
      if (since > at - this.#windowMs && people.size < this.#peopleMax) break;
      people.delete(oldest);
    }
    people.set(person, at);
    return { people: [...people.keys()], isNew };
  }

  get size(): number {
    return this.#byKey.size;
  }

  sweep(now: number): void {
    const due = now - Math.min(this.#windowMs, KEPT_MS);
    this.#byKey.deleteWhere((people) => {
      if (!(people instanceof Map)) return people.at <= due;
      for (const [person, since] of people) if (since <= due) people.delete(person);
      return people.size === 0;
    });
  }

  drop(key: string, person: string): void {
    const people = this.#byKey.get(key);
    if (people instanceof Map) people.delete(person);
    const isEmpty = people instanceof Map ? people.size === 0 : people?.person === person;
    if (isEmpty) this.#byKey.delete(key);
  }
}
