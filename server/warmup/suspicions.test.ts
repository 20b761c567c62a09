import { describe, expect, it } from "vitest";
import {
  AT_ADDRESS,
  createSuspicions,
  EMPTY_OF_INVITER,
  OF_INVITER_AT_ADDRESS,
  SWEEP_MS,
  type SignUpSeen,
  type Suspicions,
} from "./suspicions.ts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
let people = 0;
const seen = (over: Partial<SignUpSeen> = {}): SignUpSeen => ({
  sessionId: "s1",
  personId: `v_${(people += 1)}`,
  inviterCode: "ABC",
  address: null,
  device: { id: `d_${people}`, since: 0 },
  known: false,
  at: MINUTE,
  ...over,
});
const kinds = (found: readonly { readonly kind: string }[]) => found.map(({ kind }) => kind);

const look = (detector: Suspicions, one: SignUpSeen) => detector.look(one).suspicions;

describe("suspicions", () => {
  it("holds the people of one inviter behind one address, from the count on that is odd, and nobody of another inviter", () => {
    const detector = createSuspicions();
    const answers = Array.from({ length: OF_INVITER_AT_ADDRESS.people + 1 }, () =>
      look(detector, seen({ address: "192.0.2.1" })),
    );
    expect(answers.slice(0, -2).flat()).toEqual([]);
    expect(answers.at(-1)).toEqual([
      { kind: "addressVelocity", evidence: { people: OF_INVITER_AT_ADDRESS.people + 1, withinMs: 10 * MINUTE } },
    ]);
    expect(look(detector, seen({ address: "192.0.2.1", inviterCode: "OTHER" }))).toEqual([]);
    expect(look(detector, seen({ address: "192.0.2.1", at: 12 * MINUTE }))).toEqual([]);
  });

  it("takes a carrier's gateway for one until too many sign up behind it at once", () => {
    const detector = createSuspicions();
    const at = (n: number) => look(detector, seen({ address: "192.0.2.9", inviterCode: `I${n}` }));
    const answers = Array.from({ length: AT_ADDRESS.people }, (_, n) => at(n));
    expect(answers.slice(0, -1).flat()).toEqual([]);
    expect(kinds(answers.at(-1) ?? [])).toEqual(["addressVelocity"]);
  });

  it("holds the third on one phone; the same person again is no other", () => {
    const detector = createSuspicions();
    const device = { id: "d_shared", since: 0 };
    const one = seen({ device });
    expect([one, one, one, seen({ device })].flatMap((each) => look(detector, each))).toEqual([]);
    expect(look(detector, seen({ device }))).toEqual([
      { kind: "deviceVelocity", evidence: { people: 3, withinMs: 1440 * MINUTE } },
    ]);
  });

  it("holds a burst of accounts without a past, not of people who read the page first or whom WeChat knows", () => {
    const detector = createSuspicions();
    const empty = () => look(detector, seen({ device: null }));
    for (let n = 1; n < EMPTY_OF_INVITER.people; n += 1) expect(empty()).toEqual([]);
    expect(kinds(empty())).toEqual(["emptyBurst"]);
    expect(look(detector, seen({ device: null, known: true }))).toEqual([]);
    expect(look(detector, seen({ device: { id: "d_reader", since: MINUTE - 20_000 } }))).toEqual([]);
    expect(look(detector, seen({ device: null, at: 3 * MINUTE }))).toEqual([]);
  });

  it("sees who is brought on the phone of their inviter, also over another one", () => {
    const detector = createSuspicions();
    const device = { id: "d_mine", since: 0 };
    detector.signedUp(seen({ device, inviterCode: null }), "FIRST");
    detector.signedUp(seen({ inviterCode: "FIRST" }), "SECOND");
    expect(look(detector, seen({ device, inviterCode: "FIRST" }))).toEqual([{ kind: "ring", evidence: { levels: 1 } }]);
    expect(look(detector, seen({ device, inviterCode: "SECOND" }))).toMatchObject([
      { kind: "ring", evidence: { levels: 2 } },
    ]);
    expect(look(detector, seen({ inviterCode: "SECOND" }))).toEqual([]);
    expect(look(detector, seen({ device: { id: "d_mine", since: 0 }, sessionId: "s2", inviterCode: "FIRST" }))).toEqual(
      [],
    );
  });

  it("has no word about who came by nobody's link, and never names an address or a phone", () => {
    const detector = createSuspicions();
    const device = { id: "d_secret", since: 0 };
    const answers = Array.from({ length: 40 }, () =>
      look(detector, seen({ device, address: "192.0.2.77", inviterCode: null })),
    );
    expect(answers.flat()).toEqual([]);
    const brought = Array.from({ length: 20 }, () => look(detector, seen({ device, address: "192.0.2.77" })));
    expect(JSON.stringify(brought)).not.toMatch(/192|d_secret/);
  });

  it("names once those who came before the one that made too many", () => {
    const detector = createSuspicions();
    const ones = Array.from({ length: OF_INVITER_AT_ADDRESS.people + 2 }, () => seen({ address: "192.0.2.5" }));
    const earlier = ones.map((one) => detector.look(one).earlier.map(({ personId }) => personId));
    const limit = OF_INVITER_AT_ADDRESS.people - 1;
    expect(earlier.map((people) => people.length)).toEqual(ones.map((_, at) => (at === limit ? limit : 0)));
    expect(earlier[limit]).toEqual(ones.slice(0, limit).map(({ personId }) => personId));
    expect(detector.look(ones[limit] ?? seen()).earlier).toEqual([]);
  });

  it("has forgotten every address and phone a day after, though nobody else comes", () => {
    const detector = createSuspicions();
    const device = { id: "d_mine", since: 0 };
    const came = 5 * MINUTE + 1;
    const first = seen({ device, address: "192.0.2.8", at: came });
    detector.look(first);
    detector.signedUp(first, "FIRST");
    let now = 0;
    const sweepUntil = (end: number) => {
      for (; now + SWEEP_MS <= end; now += SWEEP_MS) detector.sweep(now + SWEEP_MS);
    };
    sweepUntil(came + DAY - 2 * SWEEP_MS);
    expect(look(detector, seen({ device, inviterCode: "FIRST", at: now }))).toMatchObject([{ kind: "ring" }]);
    const last = now;
    sweepUntil(came + DAY);
    expect(look(detector, seen({ device, inviterCode: "FIRST", at: now }))).toEqual([]);
    sweepUntil(last + 3 * DAY);
    expect(detector.size).toBe(0);
  });

  it("forgets where a person signed up when they ask for it, and nobody else", () => {
    const detector = createSuspicions();
    const [one, other] = [seen({ address: "192.0.2.8", at: 1 }), seen({ address: "192.0.2.8", at: 1 })];
    for (const each of [one, other]) {
      detector.look(each);
      detector.signedUp(each, `C${each.personId}`);
    }
    const { size } = detector;
    detector.forget([one.personId, "v_former"]);
    expect(detector.size).toBeLessThan(size);
    const onPhoneOf = ({ personId, device }: SignUpSeen) =>
      kinds(look(detector, seen({ device, inviterCode: `C${personId}` })));
    expect([onPhoneOf(one), onPhoneOf(other)]).toEqual([[], ["ring"]]);
    expect(look(detector, seen({ device: one.device }))).toEqual([]);
  });

  it("forgets the last trace with the last person", () => {
    const detector = createSuspicions();
    const ones = Array.from({ length: 5 }, () => seen({ address: "192.0.2.8", device: null, at: 1 }));
    for (const one of ones) {
      detector.look(one);
      detector.signedUp(one, `C${one.personId}`);
    }
    detector.forget(ones.map(({ personId }) => personId));
    expect(detector.size).toBe(0);
  });
});
