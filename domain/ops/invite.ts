import { z } from "zod";
import { defineOp, reject, type Rejection, type See } from "../op.ts";
import { Id, Instant, instant, text } from "../units.ts";
import {
  afterOf,
  apart,
  Changes,
  Decided,
  decidedBy,
  latestRows,
  Filter,
  piecesOf,
  TakenBack,
  takenBackBy,
  verdictOfDecision,
} from "../warmup/decisions.ts";
import {
  foldBrought,
  foldChanges,
  foldDecided,
  foldDecisionTakenBack,
  foldDisqualified,
  foldMergedInviters,
  foldRenamed,
  foldSuspected,
  withDisqualified,
} from "../warmup/invite-folds.ts";
import type { Change } from "../warmup/invites.ts";
import {
  bookOf,
  broughtOf,
  heldOf,
  inviterOf,
  isDecided,
  isHeldFor,
  noInvites,
  standingOf,
  validOf,
  waitingFor,
  wantedStanding,
  type InviteState,
  VERDICTS,
} from "../warmup/invites.ts";
import { invitesRow } from "../warmup/invite-rows.ts";
import { resolved } from "../warmup/people.ts";
import { bookOf as signupBookOf, numberOf, Suspicion } from "../warmup/signups.ts";
import { person } from "./person.ts";
import { signup } from "./signup.ts";

const deciders = ["owner", "manager", "operator", "community"] as const;
const judges = ["owner", "manager"] as const;
const AT_ONCE = 500;
const FRIENDS_SHOWN = 50;

/** Of a filter, decided with one press; what is left over takes another one. */
const FILTERED_MAX = 5_000;

const Inviter = z.object({ n: z.int().min(1), personId: Id });
const Note = text(300, 1);
const Found = Inviter.extend({
  inviterN: z.int().min(1),
  inviterId: Id,
  /** Of the sign-up. */
  at: Instant,
  suspicions: z.array(Suspicion),
});

/** Rules INV1–INV10 in SPEC.md: who brought whom, and whether that counts. What is suspicious waits for a person's decision. */
export const invite = defineOp({
  name: "invite",
  reads: { signup, person },
  initial: noInvites,
  events: {
    /** Taken back or restored, as sign-ups are cancelled, groups left, persons merged. */
    "invite.settled.v1": Changes,
    /** Held for what was found out after the sign-up; `invite.settled.v1` follows. */
    "invite.suspected.v1": z.object({ found: z.array(Found) }),
    "invite.decided.v1": Decided,
    "invite.decisionTakenBack.v1": TakenBack,
    /** Stored while rows of held invites were kept here: it named them. */
    "invite.renamed.v1": Inviter,
    "invite.disqualified.v1": Inviter.extend({ reason: Note }),
    "invite.reinstated.v1": Inviter.extend({ note: text(300) }),
    "invite.appealNoted.v1": Inviter.extend({ note: Note }),
  },
  quiet: ["invite.settled.v1", "invite.suspected.v1", "invite.renamed.v1"],
  commands: {
    /** Sent by the commands of `signup`; changes nothing when everything stands as it should. */
    settle: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ ns: z.array(z.int().min(1)).min(1).max(AT_ONCE) }),
      decide(see, { ns }) {
        const book = bookOf(see.own);
        const changes = [...new Set(ns)].flatMap((n): Change[] => {
          const from = standingOf(book, n);
          const to = wantedStanding(book, see.signup, n);
          return from === null || to === null || from === to ? [] : [changeOf(see, n, from, to)];
        });
        return changes.length === 0 ? [] : [{ type: "invite.settled.v1", data: { changes } }];
      },
    },
    /** Bursts and rings show only when some of them are through: what counts already is held too, but what a person decided stays. */
    suspect: {
      by: ["system"],
      risk: "compensable",
      input: z.object({
        people: z
          .array(z.object({ personId: Id, suspicions: z.array(Suspicion).min(1).max(8) }))
          .min(1)
          .max(AT_ONCE),
      }),
      decide(see, { people }) {
        const book = bookOf(see.own);
        const { ats, persons } = signupBookOf(see.signup);
        const found = new Map<number, z.infer<typeof Found>>();
        for (const { personId: asked, suspicions } of people) {
          const personId = resolved(see.person, asked);
          const n = numberOf(see.signup, personId);
          if (n === undefined || standingOf(book, n) !== "counts" || isDecided(book, n)) continue;
          const inviterN = inviterOf(book, n);
          const inviterId = persons[inviterN - 1] ?? "";
          found.set(n, { n, personId, inviterN, inviterId, at: instant(ats[n - 1] ?? 0), suspicions });
        }
        if (found.size === 0) return [];
        const changes = [...found.keys()].map((n) => changeOf(see, n, "counts", "held"));
        return [
          { type: "invite.suspected.v1", data: { found: [...found.values()] } },
          { type: "invite.settled.v1", data: { changes } },
        ];
      },
    },
    /** On held invites, and again on what was decided or counted before: cheats are found later, and so are mistakes. */
    decide: {
      by: deciders,
      risk: "reversible",
      input: z.object({
        personIds: z.array(Id).min(1).max(AT_ONCE),
        as: z.enum(VERDICTS),
        note: text(300).default(""),
        /** Picked from a list that follows by a second: who waits no more is left as they are. */
        heldOnly: z.literal(true).optional(),
      }),
      decide(see, { personIds, as, note, heldOnly }, { commandId: decision }) {
        const to = as === "count" ? ("counts" as const) : ("rejected" as const);
        const book = bookOf(see.own);
        const changes: Change[] = [];
        for (const personId of new Set(personIds.map((id) => resolved(see.person, id)))) {
          const n = numberOf(see.signup, personId);
          const from = n === undefined ? null : standingOf(book, n);
          if (heldOnly && from !== "held") continue;
          if (n === undefined || from === null) return reject("invite.notFound", { personId });
          if (from === "not" || from === "takenBack") return reject("invite.notOpen", { personId, standing: from });
          if (from !== to) changes.push({ ...changeOf(see, n, from, to), ...afterOf(book, n) });
        }
        return changes.length === 0 ? [] : [{ type: "invite.decided.v1", data: { changes, as, note, decision } }];
      },
      result: decidedBy,
    },
    /**
     * All that are held for one thing, or brought by one person, or both: the oldest of them first, in events of a few hundred. `goesOn`: with a
     * decision that more fitted than one command decides; who signed up since it began is none of it.
     */
    decideHeld: {
      by: deciders,
      risk: "reversible",
      input: z.object({
        filter: Filter,
        as: z.enum(VERDICTS),
        note: text(300).default(""),
        goesOn: z.object({ decision: Id, upToN: z.int().min(0) }).optional(),
      }),
      decide(see, { filter, as, note, goesOn }, { commandId }) {
        if (goesOn && verdictOfDecision(see.own, goesOn.decision) !== as) return reject("invite.noSuchDecision");
        const upToN = goesOn?.upToN ?? signupBookOf(see.signup).persons.length;
        const fits = heldBy(see, filter);
        if ("status" in fits) return fits;
        const found = fits.filter((n) => n <= upToN);
        const to = as === "count" ? ("counts" as const) : ("rejected" as const);
        const ns = found.slice(0, FILTERED_MAX);
        const said = { as, note, decision: goesOn?.decision ?? commandId, filter, upToN };
        const book = bookOf(see.own);
        const events = [];
        for (let at = 0; at < ns.length; at += AT_ONCE) {
          const changes = ns
            .slice(at, at + AT_ONCE)
            .map((n) => ({ ...changeOf(see, n, "held", to), ...afterOf(book, n) }));
          const left = found.length - Math.min(ns.length, at + AT_ONCE);
          events.push({ type: "invite.decided.v1" as const, data: { changes, ...said, left } });
        }
        return events;
      },
      result: decidedBy,
    },
    /** A whole decision, however many events and commands it took: a few thousand people at once, the latest first; repeated while some are left. */
    takeBack: {
      by: deciders,
      risk: "compensable",
      input: z.object({ decision: Id }),
      decide(see, { decision }) {
        return piecesOf(see.own, decision).length === 0 ? reject("invite.nothingToTakeBack") : [];
      },
      then: (see, { decision }) =>
        piecesOf(see.own, decision)
          .slice(0, FILTERED_MAX / AT_ONCE)
          .map(({ seq }) => ({ type: "tape.undo", input: { seq } })),
      result: takenBackBy,
    },
    /** Off the board, with a reason that the person is told. Nothing is forgotten: friends and counts stay as they are. */
    disqualify: {
      by: judges,
      risk: "compensable",
      input: z.object({ inviterId: Id, reason: Note }),
      decide(see, { inviterId, reason }) {
        const found = inviterAsked(see, inviterId);
        if ("status" in found) return found;
        if (isDisqualified(see.own, found.n)) return reject("invite.alreadyDisqualified", { inviterId });
        return [{ type: "invite.disqualified.v1", data: { ...found, reason } }];
      },
    },
    reinstate: {
      by: judges,
      risk: "compensable",
      input: z.object({ inviterId: Id, note: text(300).default("") }),
      decide(see, { inviterId, note }) {
        const found = inviterAsked(see, inviterId);
        if ("status" in found) return found;
        if (!isDisqualified(see.own, found.n)) return reject("invite.notDisqualified", { inviterId });
        return [{ type: "invite.reinstated.v1", data: { ...found, note } }];
      },
    },
    /** What the person said to it, as a member heard it. */
    noteAppeal: {
      by: [...deciders, "service"],
      risk: "compensable",
      input: z.object({ inviterId: Id, note: Note }),
      decide(see, { inviterId, note }) {
        const found = inviterAsked(see, inviterId);
        if ("status" in found) return found;
        if (!see.own.disqualified.has(String(found.n))) return reject("invite.notDisqualified", { inviterId });
        return [{ type: "invite.appealNoted.v1", data: { ...found, note } }];
      },
    },
  },
  apply: {
    "invite.settled.v1": (own, { changes }) => foldChanges(own, changes, false),
    "invite.suspected.v1": foldSuspected,
    "invite.decided.v1": foldDecided,
    "invite.decisionTakenBack.v1": foldDecisionTakenBack,
    "invite.renamed.v1": (own) => own,
    "invite.disqualified.v1": foldDisqualified,
    "invite.reinstated.v1": (own, { n }, { at }) => withDisqualified(own, n, (row) => ({ ...row, reinstatedAt: at })),
    "invite.appealNoted.v1": (own, { n, note }, { at, by }) =>
      withDisqualified(own, n, (row) => ({ ...row, appeals: [...row.appeals, { at, by, note }] })),
  },
  on: {
    "signup.recorded.v1": foldBrought,
    "signup.merged.v1": foldMergedInviters,
    "person.merged.v1": foldRenamed,
  },
  undo: {
    "invite.decided.v1": (see, { changes, decision }, { seq }) => {
      const { stands, gone, kept } = apart(see.own, seq, changes);
      if (stands.length + gone.length === 0) return reject("undo.superseded", { n: changes[0]?.n ?? 0 });
      // Who brought them may be known as somebody else by now.
      const back = (from: Change["from"], { n, from: to, after }: Change): Change => ({
        ...changeOf(see, n, from, to),
        ...(after === undefined ? {} : { after }),
      });
      const open = stands.map((change) => back(change.to, change));
      const closed = gone.map((change) => back("takenBack", change));
      const left =
        piecesOf(see.own, decision ?? "").reduce((sum, piece) => sum + piece.stands, 0) - open.length - closed.length;
      const of = decision === undefined ? {} : { decision, left };
      const data = { changes: open, seq, gone: closed, kept, ...of };
      return [{ type: "invite.decisionTakenBack.v1", data }];
    },
  },
  slices: {
    invites: {
      kind: "value",
      show: {
        control: ({ own }) => ({ ...invitesRow(own), latest: latestRows(own) }),
        review: ({ own }) => invitesRow(own),
      },
    },
    disqualified: {
      kind: "keyed",
      rows: ({ own }) => own.disqualified,
      show: { control: (row: object) => ({ ...row }), review: (row: object) => ({ ...row }) },
    },
  },
  me: (see, personId) => {
    const n = numberOf(see.signup, resolved(see.person, personId));
    if (n === undefined) return null;
    const book = bookOf(see.own);
    const { ats } = signupBookOf(see.signup);
    const friends = [];
    for (const friend of broughtOf(book, n)) {
      friends.push({ n: friend, standing: standingOf(book, friend), at: ats[friend - 1] ?? 0 });
      if (friends.length === FRIENDS_SHOWN) break;
    }
    const row = see.own.disqualified.get(String(n));
    const disqualified = row?.reinstatedAt === null ? { at: row.at, reason: row.reason } : null;
    return { valid: validOf(see.own, n), held: heldOf(see.own, n), friends, disqualified };
  },
  lean: (own) => ({ ...own, book: null }),
});

type Seeing = See<InviteState, { signup: typeof signup; person: typeof person }>;

function changeOf(see: Seeing, n: number, from: Change["from"], to: Change["to"]): Change {
  const inviterN = inviterOf(bookOf(see.own), n);
  const personId = signupBookOf(see.signup).persons[n - 1] ?? "";
  return { n, personId, inviterN, from, to };
}

/** Who waits and fits a filter, the oldest first. */
function heldBy(see: Seeing, { kind, inviterId }: z.infer<typeof Filter>): readonly number[] | Rejection {
  if (inviterId === undefined) return kind === undefined ? [] : waitingFor(see.own, kind);
  const inviter = inviterAsked(see, inviterId);
  if ("status" in inviter) return inviter;
  const book = bookOf(see.own);
  const fits = (n: number) => standingOf(book, n) === "held" && (kind === undefined || isHeldFor(see.own, n, kind));
  return [...broughtOf(book, inviter.n)].filter(fits).toReversed();
}

function inviterAsked(see: Seeing, inviterId: string): z.infer<typeof Inviter> | Rejection {
  const personId = resolved(see.person, inviterId);
  const n = numberOf(see.signup, personId);
  return n === undefined ? reject("invite.noSuchInviter", { inviterId }) : { n, personId };
}

const isDisqualified = (own: InviteState, n: number): boolean => own.disqualified.get(String(n))?.reinstatedAt === null;
