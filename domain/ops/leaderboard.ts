import { z } from "zod";
import { defineOp, reject } from "../op.ts";
import { Id, Instant, instant } from "../units.ts";
import {
  bookOf,
  deed,
  emptyBoard,
  enterPerson,
  mergeIds,
  mergeNumbers,
  METRICS,
  NOTE_MS,
  OVERTAKES_KEPT,
  recount,
  setCounts,
  setOff,
  TOP,
  watch,
  type BoardRow,
  type BoardState,
} from "../warmup/board.ts";
import { boardRow, standingOf, tellBoard, viewerBoard } from "../warmup/board-telling.ts";
import { resolved } from "../warmup/people.ts";
import { numberOf, personOfNumber } from "../warmup/signups.ts";
import { coupon } from "./coupon.ts";
import { invite } from "./invite.ts";
import { order } from "./order.ts";
import { person } from "./person.ts";
import { signup } from "./signup.ts";

const planners = ["owner", "manager", "operator", "community"] as const;
const N = z.int().min(1);
const MetricName = z.enum(METRICS);
const Place = z.object({ rank: z.int().min(1).max(TOP), n: N, personId: Id, count: z.int().min(1) });
const Told = z.object({
  metric: MetricName,
  /** Places that stand otherwise than told before. */
  rows: z.array(Place),
  shown: z.int().min(0).max(TOP),
  inviters: z.int(),
  total: z.int(),
});
const Overtake = z.object({ n: N, personId: Id, from: z.int().nullable(), rank: z.int(), passed: z.array(N) });
const Flag = z.object({ from: z.boolean(), to: z.boolean() });
/** `since`: when it was frozen, of a board that thaws; and of one that is frozen again as it was, because thawing is taken back. */
const Frozen = Flag.extend({ since: z.object({ seq: z.int(), at: Instant, by: z.string() }).optional() });

/** Rules LDB1–LDB9 in SPEC.md: 邀请榜, exact after every change; screens are told at most once a second. */
export const leaderboard = defineOp({
  name: "leaderboard",
  reads: { signup, invite, coupon, order, person },
  initial: emptyBoard,
  events: {
    "leaderboard.metricSet.v1": z.object({ from: MetricName, to: MetricName }),
    "leaderboard.frozenSet.v1": Frozen,
    "leaderboard.publishedSet.v1": Flag,
    "leaderboard.told.v1": Told,
    "leaderboard.overtaken.v1": z.object({ overtakes: z.array(Overtake).min(1).max(TOP) }),
  },
  quiet: ["leaderboard.told.v1", "leaderboard.overtaken.v1"],
  expects: { setMetric: z.object({ metric: MetricName }) },
  commands: {
    setMetric: {
      by: planners,
      risk: "reversible",
      input: z.object({ metric: MetricName }),
      decide: ({ own }, { metric }, _ctx, expect) => {
        if (expect && expect.metric !== own.metric) return reject("state.changed", { metric: own.metric });
        return metric === own.metric
          ? []
          : [{ type: "leaderboard.metricSet.v1", data: { from: own.metric, to: metric } }];
      },
      then: () => [{ type: "leaderboard.tell", input: {} }],
    },
    /** What is done from now on adds nothing; what is decided or taken back of before still tells. */
    freeze: {
      by: planners,
      risk: "reversible",
      input: z.object({}),
      decide: ({ own }) => (own.frozen ? [] : [{ type: "leaderboard.frozenSet.v1", data: { from: false, to: true } }]),
    },
    unfreeze: {
      by: planners,
      risk: "reversible",
      input: z.object({}),
      decide: ({ own: { frozen } }) => (frozen ? [thawed(frozen)] : []),
    },
    publish: {
      by: planners,
      risk: "reversible",
      input: z.object({}),
      decide: ({ own }) =>
        own.published ? [] : [{ type: "leaderboard.publishedSet.v1", data: { from: false, to: true } }],
    },
    hide: {
      by: planners,
      risk: "reversible",
      input: z.object({}),
      decide: ({ own }) =>
        own.published ? [{ type: "leaderboard.publishedSet.v1", data: { from: true, to: false } }] : [],
    },
    /** Falls due when the board has changed, at most once a second: so a sign-up stays cheap, and replays need no ranks. */
    tell: {
      by: ["system"],
      risk: "compensable",
      input: z.object({}),
      decide(see) {
        if (bookOf(see.own).dirtyAt === null) return [];
        const { told, overtakes } = tellBoard(see.own, (n) => personOfNumber(see.signup, n) ?? "");
        const noted = { type: "leaderboard.told.v1" as const, data: told };
        return overtakes.length === 0
          ? [noted]
          : [noted, { type: "leaderboard.overtaken.v1" as const, data: { overtakes } }];
      },
    },
  },
  apply: {
    "leaderboard.metricSet.v1": (own, { to }, { at }) => recounted({ ...own, metric: to }, at),
    "leaderboard.frozenSet.v1": (own, { to, since }, { seq, at, by }) =>
      to && !since
        ? { ...own, frozen: { seq, at, by } }
        : recounted({ ...own, frozen: to && since ? since : null }, at),
    "leaderboard.publishedSet.v1": (own, { to }) => ({ ...own, published: to }),
    "leaderboard.told.v1": (own, told, { at }) => {
      if (own.book) own.book.dirtyAt = null;
      const rows: BoardRow[] = own.told.rows.slice(0, told.shown);
      for (const { rank, ...row } of told.rows) rows[rank - 1] = row;
      const { metric, inviters, total } = told;
      return { ...own, told: { metric, at, rows, inviters, total, times: own.told.times + 1 } };
    },
    "leaderboard.overtaken.v1": (own, { overtakes }, { at }) => ({
      ...own,
      overtakes: [...overtakes.map(({ personId: _id, ...rest }) => ({ at, ...rest })), ...own.overtakes].slice(
        0,
        OVERTAKES_KEPT,
      ),
    }),
  },
  on: {
    "signup.recorded.v1": (own, { n, personId, invite: brought }, { seq, at }) => {
      const inviterN = brought?.inviterN ?? 0;
      if (own.book) enterPerson(own, { n, personId, inviterN, counts: brought?.standing === "counts" }, seq, at);
      return own;
    },
    "signup.resumed.v1": (own, { n }, { at }) => {
      if (own.book) setOff(own, n, { gone: false }, at);
      return own;
    },
    "signup.cancelled.v1": (own, { n }, { at }) => {
      if (own.book) setOff(own, n, { gone: true }, at);
      return own;
    },
    "signup.watched.v1": (own, { people }, { seq, at }) => {
      if (own.book) for (const { n } of people) watch(own, n, seq, at);
      return own;
    },
    "signup.merged.v1": (own, { keep, gone, resumes }, { at }) => {
      if (!own.book) return own;
      if (resumes) setOff(own, keep.n, { gone: false }, at);
      mergeNumbers(own, keep, gone, at);
      return own;
    },
    "invite.settled.v1": (own, { changes }, { at }) => foldStandings(own, changes, at),
    "invite.decided.v1": (own, { changes }, { at }) => foldStandings(own, changes, at),
    "invite.decisionTakenBack.v1": (own, { changes }, { at }) => foldStandings(own, changes, at),
    "invite.disqualified.v1": (own, { n }, { at }) => {
      if (own.book) setOff(own, n, { out: true }, at);
      return own;
    },
    "invite.reinstated.v1": (own, { n }, { at }) => {
      if (own.book) setOff(own, n, { out: false }, at);
      return own;
    },
    "person.merged.v1": (own, { from, into }, { at }) => {
      if (own.book) mergeIds(own, from, into, at);
      return own;
    },
    "coupon.claimed.v1": (own, { personId }, { seq, at }) => {
      if (own.book) deed(own, { kind: "claims", personId, more: 1 }, seq, at);
      return own;
    },
    "coupon.claimVoided.v1": (own, { personId }, { seq, at }) => {
      if (own.book) deed(own, { kind: "claims", personId, more: -1 }, seq, at);
      return own;
    },
    "order.recorded.v1": (own, { payers }, { seq, at }) => {
      if (own.book)
        for (const { personId, orders } of payers ?? []) deed(own, { kind: "orders", personId, more: orders }, seq, at);
      return own;
    },
  },
  undo: {
    "leaderboard.metricSet.v1": ({ own }, { from, to }) =>
      own.metric === to
        ? [{ type: "leaderboard.metricSet.v1", data: { from: to, to: from } }]
        : reject("undo.superseded"),
    "leaderboard.frozenSet.v1": ({ own: { frozen } }, { to, since }) => {
      if ((frozen !== null) !== to) return reject("undo.superseded");
      return [frozen ? thawed(frozen) : { type: "leaderboard.frozenSet.v1", data: { from: false, to: true, since } }];
    },
    "leaderboard.publishedSet.v1": ({ own }, { from, to }) =>
      own.published === to
        ? [{ type: "leaderboard.publishedSet.v1", data: { from: to, to: from } }]
        : reject("undo.superseded"),
  },
  slices: {
    leaderboard: {
      kind: "value",
      show: {
        control: ({ own }) => boardRow(own),
        review: ({ own }) => boardRow(own),
        host: ({ own }) => boardRow(own),
        viewer: ({ own }) => viewerBoard(own),
      },
    },
  },
  me: (see, personId) => {
    const n = numberOf(see.signup, resolved(see.person, personId));
    const { metric, frozen, published } = see.own;
    if (n === undefined) return null;
    return { metric, frozen: frozen !== null, published, ...standingOf(bookOf(see.own), n) };
  },
  due: ({ book, told }) =>
    book?.dirtyAt == null
      ? []
      : [
          {
            at: instant(Math.max(book.dirtyAt, (told.at ?? 0) + NOTE_MS)),
            clock: "pace",
            id: `leaderboard.tell:${told.times}`,
            type: "leaderboard.tell",
            input: {},
          },
        ],
  lean: (own) => ({ ...own, book: null }),
});

const thawed = (frozen: NonNullable<BoardState["frozen"]>) => ({
  type: "leaderboard.frozenSet.v1" as const,
  data: { from: true, to: false, since: { ...frozen } },
});

function recounted(own: BoardState, at: Parameters<typeof recount>[1]): BoardState {
  if (own.book) recount(own, at);
  return own;
}

type Standings = readonly { readonly n: number; readonly from: string; readonly to: string }[];

function foldStandings(own: BoardState, changes: Standings, at: Parameters<typeof recount>[1]): BoardState {
  if (own.book)
    for (const { n, from, to } of changes)
      if (from === "counts" || to === "counts") setCounts(own, n, to === "counts", at);
  return own;
}
