import { bytesToHex } from "@noble/hashes/utils.js";
import { z } from "zod";
import { defineOp, reject, type AnyEvent, type Json, type See } from "../op.ts";
import { defined, difference, refuseStale } from "../partial.ts";
import { TaskCode } from "../push/shapes.ts";
import { same } from "../same.ts";
import { Id, Instant, text } from "../units.ts";
import { inviterCodeOf } from "../warmup/inviter-code.ts";
import { idsOf, resolved, senderOf } from "../warmup/people.ts";
import { crowdRow, signupsRow } from "../warmup/signup-rows.ts";
import {
  foldCancelled,
  foldGreeted,
  foldLeft,
  foldMergedSignups,
  foldMoved,
  foldRecorded,
  foldReminders,
  foldResumed,
  foldWatched,
} from "../warmup/signup-folds.ts";
import {
  bookOf,
  Brought,
  CANCELLED,
  flagsOf,
  GREETED,
  LEFT,
  noSignups,
  numberOf,
  REMINDERS,
  Reminders,
  remindersOf,
  SignupFacts,
  SignupRules,
  SIGNED,
  type SignupState,
  standingNumber,
  standingOne,
  stands,
  WATCHED,
} from "../warmup/signups.ts";
import { broughtBy, isInTime, leftByOther, ownSignup, subjectOf } from "../warmup/signing-up.ts";
import { sourceOfCode } from "../source/state.ts";
import { person } from "./person.ts";
import { session } from "./session.ts";
import { source } from "./source.ts";

const planners = ["owner", "manager", "operator", "community"] as const;
const greeters = ["owner", "manager", "operator", "service", "community", "assistant"] as const;
const PEOPLE_MAX = 500;

const One = z.object({ n: z.int().min(1), personId: Id });
const SourceCode = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
const Came = {
  /** Code of the push's task whose link the person came by. */
  via: TaskCode.optional(),
  /** Code of the source whose link the person came by. */
  sourceCode: SourceCode.optional(),
};
/** `sourceId`: of the source by that code, when there was one. */
const CameBy = { ...Came, sourceId: Id.optional() };
const Recorded = One.extend({
  ...CameBy,
  /** The person's own code, for bringing others. */
  code: z.string(),
  remindBy: Reminders,
  invite: Brought.nullable(),
  /** What was found out of the person's being new, by whatever rule; asked for whoever brought them. */
  newTo: SignupFacts.shape.newTo.optional(),
});
export type SignupRecorded = z.infer<typeof Recorded>;
const Gone = One.extend({ at: Instant });
const Seen = z.object({
  people: z
    .array(z.object({ personId: Id, at: Instant }))
    .min(1)
    .max(PEOPLE_MAX),
});

/** Rules SUP1–SUP12 in SPEC.md: 预约登记. Once a person; who brought them is judged once, from facts that the event keeps. */
export const signup = defineOp({
  name: "signup",
  reads: { session, person, source },
  initial: noSignups,
  events: {
    "signup.configured.v1": z.object({ from: SignupRules.partial(), to: SignupRules.partial() }),
    /** Drawn with the first sign-up. */
    "signup.salted.v1": z.object({ salt: z.string().regex(/^[0-9a-f]{32}$/) }),
    "signup.recorded.v1": Recorded,
    /** Signed up again after a cancel: the same number and code, and whoever brought them the first time. */
    "signup.resumed.v1": One.extend({ ...CameBy, remindBy: Reminders }),
    "signup.cancelled.v1": One.extend({ reason: text(200).optional() }),
    "signup.left.v1": z.object({ people: z.array(Gone) }),
    "signup.returned.v1": z.object({ people: z.array(Gone) }),
    "signup.watched.v1": z.object({ people: z.array(One) }),
    "signup.remindersSet.v1": One.extend({ from: Reminders, to: Reminders }),
    "signup.greeted.v1": One,
    "signup.greetTakenBack.v1": One,
    /** Two sign-ups of one person: `keep` is the earlier. `resumes`, `leftAt`: it stands again, has left by the other; `lost`: from the counts. */
    "signup.merged.v1": z.object({
      keep: One,
      gone: One,
      resumes: z.boolean(),
      leftAt: Instant.optional(),
      lost: z.object({ standing: z.int(), greeted: z.int(), watched: z.int() }),
    }),
  },
  quiet: [
    "signup.salted.v1",
    "signup.recorded.v1",
    "signup.resumed.v1",
    "signup.cancelled.v1",
    "signup.left.v1",
    "signup.returned.v1",
    "signup.watched.v1",
    "signup.remindersSet.v1",
    "signup.merged.v1",
  ],
  secret: { "signup.salted.v1": ["salt"], "signup.recorded.v1": ["code"] },
  expects: { configure: z.object({ from: SignupRules.partial() }) },
  commands: {
    /** For sign-ups from now on; what was judged stays as it was. */
    configure: {
      by: planners,
      risk: "reversible",
      input: SignupRules.partial(),
      decide({ own }, wanted, _ctx, expect) {
        const stale = refuseStale(own.rules, expect?.from ?? {});
        if (stale) return stale;
        const { from, to } = difference(own.rules, wanted);
        if (Object.keys(to).length === 0) return [];
        const data = { from: SignupRules.partial().parse(from), to: SignupRules.partial().parse(to) };
        return [{ type: "signup.configured.v1", data }];
      },
    },
    /** 预约登记. `facts` come from the server alone, `personId` from programs. */
    signUp: {
      by: ["viewer", "program"],
      risk: "compensable",
      input: z.object({
        ...Came,
        personId: Id.optional(),
        remindBy: Reminders.default([]),
        facts: SignupFacts.optional(),
      }),
      decide(see, { personId: named, facts, remindBy, ...came }, ctx) {
        const { own } = see;
        const personId = subjectOf(senderOf(see.person, ctx.by), named && resolved(see.person, named), ctx);
        if (typeof personId !== "string") return personId;
        if (see.session.phase === "ended") return reject("signup.over");
        const known = numberOf(own, personId);
        const sourceId =
          came.sourceCode === undefined ? undefined : sourceOfCode(see.source, came.sourceCode)?.sourceId;
        const how = { ...defined({ ...came, sourceId }), remindBy: [...new Set(remindBy)] };
        if (known !== undefined) {
          if (stands(bookOf(own), known)) return reject("signup.already", ownSignup(own, known));
          return [{ type: "signup.resumed.v1", data: { n: known, personId, ...how } }];
        }
        const salt = own.salt ?? bytesToHex(ctx.randomBytes(16));
        const n = own.total + 1;
        const invite = broughtBy(own, personId, facts, ctx.now);
        const data = {
          n,
          personId,
          ...how,
          code: inviterCodeOf(salt, n),
          invite,
          ...(facts && invite ? { newTo: facts.newTo } : {}),
        };
        const recorded = { type: "signup.recorded.v1" as const, data };
        return own.salt === null ? [{ type: "signup.salted.v1", data: { salt } }, recorded] : [recorded];
      },
      // A first sign-up carries what it is for whoever brought them.
      then: (see, { personId }, ctx) =>
        bookOf(see.own).resumed === 0 ? [] : settleInvites(see, [senderOf(see.person, ctx.by) ?? personId ?? ""]),
      result: signupResult,
    },
    cancel: {
      by: ["viewer", "owner", "manager", "operator", "service", "community"],
      risk: "compensable",
      input: z.object({ personId: Id.optional(), reason: text(200).optional() }),
      decide(see, { personId: named, reason }, ctx) {
        const personId = subjectOf(senderOf(see.person, ctx.by), named && resolved(see.person, named), ctx);
        if (typeof personId !== "string") return personId;
        const n = numberOf(see.own, personId);
        if (n === undefined || !stands(bookOf(see.own), n)) return reject("signup.notSignedUp");
        return [{ type: "signup.cancelled.v1", data: { n, personId, ...defined({ reason }) } }];
      },
      then: (see, { personId }, ctx) => settleInvites(see, [senderOf(see.person, ctx.by) ?? personId ?? ""]),
    },
    /** Which working channels remind the person. */
    remind: {
      by: ["viewer"],
      risk: "compensable",
      input: z.object({ remindBy: Reminders }),
      decide(see, { remindBy }, ctx) {
        const personId = subjectOf(senderOf(see.person, ctx.by), undefined, ctx);
        if (typeof personId !== "string") return personId;
        const n = numberOf(see.own, personId);
        if (n === undefined || !stands(bookOf(see.own), n)) return reject("signup.notSignedUp");
        const from = remindersOf(bookOf(see.own), n);
        const to = REMINDERS.filter((channel) => remindBy.includes(channel));
        return same(from, to) ? [] : [{ type: "signup.remindersSet.v1", data: { n, personId, from, to } }];
      },
    },
    /** Left the group they were to stay in, or came back. Who has not signed up, or left too late for the rule, is passed over. */
    left: {
      by: ["system"],
      risk: "compensable",
      input: Seen,
      decide(see, { people }) {
        const { leaveWithinMs } = see.own.rules;
        const book = bookOf(see.own);
        const found = everSignedUp(see, people).filter(({ n, at }) => {
          const after = at - (book.ats[n - 1] ?? 0);
          return (flagsOf(book, n) & LEFT) === 0 && isInTime(after, leaveWithinMs);
        });
        return found.length === 0 ? [] : [{ type: "signup.left.v1", data: { people: found } }];
      },
      then: (see, { people }) =>
        settleInvites(
          see,
          people.map(({ personId }) => personId),
        ),
    },
    returned: {
      by: ["system"],
      risk: "compensable",
      input: Seen,
      decide(see, { people }) {
        const found = everSignedUp(see, people).filter(({ n }) => (flagsOf(bookOf(see.own), n) & LEFT) !== 0);
        return found.length === 0 ? [] : [{ type: "signup.returned.v1", data: { people: found } }];
      },
      then: (see, { people }) =>
        settleInvites(
          see,
          people.map(({ personId }) => personId),
        ),
    },
    /** Came to the show itself. */
    watched: {
      by: ["system", "program"],
      risk: "compensable",
      input: z.object({ personIds: z.array(Id).min(1).max(PEOPLE_MAX) }),
      decide(see, { personIds }) {
        const book = bookOf(see.own);
        const people = signedUp(
          see,
          personIds.map((personId) => ({ personId })),
        )
          .filter(({ n }) => (flagsOf(book, n) & WATCHED) === 0)
          .map(({ n, personId }) => ({ n, personId }));
        return people.length === 0 ? [] : [{ type: "signup.watched.v1", data: { people } }];
      },
    },
    /** 首联: a member has greeted the person. */
    greet: {
      by: greeters,
      risk: "reversible",
      input: z.object({ personId: Id }),
      decide(see, { personId }) {
        const [found] = signedUp(see, [{ personId }]);
        if (!found) return reject("signup.notSignedUp");
        if ((flagsOf(bookOf(see.own), found.n) & GREETED) !== 0) return [];
        return [{ type: "signup.greeted.v1", data: found }];
      },
    },
    ungreet: {
      by: greeters,
      risk: "reversible",
      input: z.object({ personId: Id }),
      decide(see, { personId }) {
        const [found] = signedUp(see, [{ personId }]);
        if (!found) return reject("signup.notSignedUp");
        if ((flagsOf(bookOf(see.own), found.n) & GREETED) === 0) return [];
        return [{ type: "signup.greetTakenBack.v1", data: found }];
      },
    },
    /** After a merge: of two sign-ups of one person the earlier stands. Sent by `person.merge`; changes nothing when there is nothing to settle. */
    settle: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ personId: Id }),
      decide(see, { personId }) {
        const book = bookOf(see.own);
        const found = idsOf(see.person, personId)
          .flatMap((id): z.infer<typeof One>[] => {
            const n = numberOf(see.own, id);
            return n === undefined ? [] : [{ n, personId: id }];
          })
          .toSorted((a, b) => a.n - b.n);
        const [keep, gone] = found;
        if (!keep || !gone) return [];
        const both = (flag: number) => Number((flagsOf(book, keep.n) & flagsOf(book, gone.n) & flag) !== 0);
        const lost = { standing: both(SIGNED), greeted: both(GREETED), watched: both(WATCHED) };
        const resumes = !stands(book, keep.n) && stands(book, gone.n);
        const leftAt = leftByOther(see.own, keep.n, gone.n);
        const who = { keep: { ...keep, personId: resolved(see.person, personId) }, gone };
        const data = { ...who, resumes, lost, ...defined({ leftAt }) };
        return [{ type: "signup.merged.v1", data }];
      },
      then: (see, { personId }) => {
        const n = numberOf(see.own, resolved(see.person, personId));
        if (n === undefined) return [];
        const gone = bookOf(see.own).absorbed.get(n);
        return gone ? [{ type: "invite.settle", input: { ns: [n, ...gone].slice(-PEOPLE_MAX) } }] : [];
      },
    },
  },
  apply: {
    "signup.configured.v1": (own, { to }) => ({ ...own, rules: { ...own.rules, ...defined(to) } }),
    "signup.salted.v1": (own, { salt }) => ({ ...own, salt }),
    "signup.recorded.v1": foldRecorded,
    "signup.resumed.v1": foldResumed,
    "signup.cancelled.v1": foldCancelled,
    "signup.left.v1": (own, { people }) => foldLeft(own, people, true),
    "signup.returned.v1": (own, { people }) => foldLeft(own, people, false),
    "signup.watched.v1": foldWatched,
    "signup.remindersSet.v1": foldReminders,
    "signup.greeted.v1": (own, { n }) => foldGreeted(own, n, true),
    "signup.greetTakenBack.v1": (own, { n }) => foldGreeted(own, n, false),
    "signup.merged.v1": foldMergedSignups,
  },
  on: { "person.merged.v1": foldMoved },
  undo: {
    "signup.configured.v1": ({ own }, { from, to }) =>
      Object.keys(difference(own.rules, to).to).length > 0
        ? reject("undo.superseded")
        : [{ type: "signup.configured.v1", data: { from: to, to: from } }],
    "signup.greeted.v1": ({ own }, { n }) =>
      (flagsOf(bookOf(own), standingNumber(bookOf(own), n)) & GREETED) === 0
        ? reject("undo.superseded")
        : [{ type: "signup.greetTakenBack.v1", data: standingOne(own, n) }],
    "signup.greetTakenBack.v1": ({ own }, { n }) =>
      (flagsOf(bookOf(own), standingNumber(bookOf(own), n)) & GREETED) !== 0
        ? reject("undo.superseded")
        : [{ type: "signup.greeted.v1", data: standingOne(own, n) }],
  },
  slices: {
    signups: {
      kind: "value",
      show: {
        control: ({ own }) => signupsRow(own),
        review: ({ own }) => signupsRow(own),
        host: ({ own }) => crowdRow(own),
        viewer: ({ own }) => ({ standing: own.standing }),
      },
    },
  },
  me: (see, personId) => {
    const n = numberOf(see.own, resolved(see.person, personId));
    if (n === undefined) return null;
    const book = bookOf(see.own);
    const state = (flagsOf(book, n) & CANCELLED) === 0 ? "standing" : "cancelled";
    return { ...ownSignup(see.own, n), state, remindBy: remindersOf(book, n) };
  },
  lean: (own) => ({ ...own, book: null }),
});

type Seeing = See<SignupState, { session: typeof session; person: typeof person; source: typeof source }>;

type Known<T> = T & { readonly personId: string; readonly n: number };

/** Those of a list who ever signed up, each once, under who they are by now. */
function everSignedUp<T extends { readonly personId: string }>(see: Seeing, people: readonly T[]): Known<T>[] {
  const found = new Map<number, Known<T>>();
  for (const one of people) {
    const personId = resolved(see.person, one.personId);
    const n = numberOf(see.own, personId);
    if (n !== undefined) found.set(n, { ...one, personId, n });
  }
  return [...found.values()];
}

const signedUp = <T extends { readonly personId: string }>(see: Seeing, people: readonly T[]): Known<T>[] =>
  everSignedUp(see, people).filter(({ n }) => stands(bookOf(see.own), n));

/** What follows for who brought them: `invite` settles it in the same batch. */
function settleInvites(see: Seeing, personIds: readonly string[]) {
  const { inviters } = bookOf(see.own);
  const ns = new Set<number>();
  for (const personId of personIds) {
    const n = numberOf(see.own, resolved(see.person, personId));
    if (n !== undefined && inviters[n] !== 0) ns.add(n);
  }
  return ns.size === 0 ? [] : [{ type: "invite.settle", input: { ns: [...ns] } }];
}

function signupResult(events: readonly AnyEvent[]): Json {
  for (const { type, data } of events) {
    if (type === "signup.recorded.v1") {
      const { n, code, invite } = Recorded.parse(data);
      return { n, code, invite: invite?.standing ?? null };
    }
    if (type === "signup.resumed.v1") return { n: One.parse(data).n };
  }
  return null;
}
