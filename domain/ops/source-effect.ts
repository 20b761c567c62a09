import { z } from "zod";
import { defineOp } from "../op.ts";
import { same } from "../same.ts";
import {
  ascribe,
  changeInvites,
  changeSignups,
  changeWatched,
  countsBySource,
  emptySourceEffect,
  enterOrder,
  enterSignup,
  keepKey,
  FunnelCounts,
  type EffectBook,
  type FunnelRow,
  type SourceEffectState,
} from "../source/effect.ts";
import { sourceOfCode } from "../source/state.ts";
import { instant, type Instant } from "../units.ts";
import { resolved } from "../warmup/people.ts";
import { bookOf, numberOf } from "../warmup/signups.ts";
import { invite } from "./invite.ts";
import { order } from "./order.ts";
import { person } from "./person.ts";
import { signup } from "./signup.ts";
import { source } from "./source.ts";

const TELL_MS = 1_000;
/** The id of a source, or `_invite`, `_push`, `_none`. */
const Key = z.string().regex(/^_?[A-Za-z0-9][A-Za-z0-9_.:@~-]{0,79}$/);

const Told = z.object({
  /** Sources that stand otherwise than told before. */
  rows: z.array(FunnelCounts.extend({ sourceId: Key })),
  /** Orders that are this sign-up's from now on. */
  ascribed: z.array(z.object({ orderId: z.string(), n: z.int().min(1) })),
});

/** Rules SRC4–SRC6 in SPEC.md: the funnel by source. It folds what others report, and tells once a second what it makes. */
export const sourceEffect = defineOp({
  name: "sourceEffect",
  reads: { source, signup, invite, order, person },
  initial: emptySourceEffect,
  events: { "sourceEffect.told.v1": Told },
  quiet: ["sourceEffect.told.v1"],
  commands: {
    tell: {
      by: ["system"],
      risk: "compensable",
      input: z.object({}),
      decide(see) {
        const { book, rows: told } = see.own;
        if (!book || book.dirtyAt === null) return [];
        const ascribed = [...book.openOrders].flatMap(([orderId, { personId, orderedAt }]) => {
          const n = numberOf(see.signup, resolved(see.person, personId));
          // Whoever signed up after they had ordered did not order because of it.
          return n === undefined || (bookOf(see.signup).ats[n - 1] ?? 0) > orderedAt ? [] : [{ orderId, n }];
        });
        const now = countsBySource(book, ascribed, (code) => sourceOfCode(see.source, code)?.sourceId);
        const rows = [...now.values()].filter((row) => !same(told.get(row.sourceId) ?? emptyRow(row.sourceId), row));
        return [{ type: "sourceEffect.told.v1", data: { rows, ascribed } }];
      },
    },
  },
  apply: {
    "sourceEffect.told.v1": ({ rows, book }, told) => {
      if (book) {
        ascribe(book, told.ascribed);
        book.dirtyAt = null;
        book.times += 1;
      }
      return { book, rows: new Map([...rows, ...told.rows.map((row) => [row.sourceId, row] as const)]) };
    },
  },
  on: {
    "signup.recorded.v1": (own, came, { at }) => dirty(own, at, (book) => enterSignup(book, came)),
    "signup.resumed.v1": (own, { n }, { at }) => dirty(own, at, (book) => changeSignups(book, n, 1)),
    "signup.cancelled.v1": (own, { n }, { at }) => dirty(own, at, (book) => changeSignups(book, n, -1)),
    "signup.watched.v1": (own, { people }, { at }) =>
      dirty(own, at, (book) => {
        for (const { n } of people) changeWatched(book, n, 1);
      }),
    "signup.merged.v1": (own, { keep, gone, resumes, lost }, { at }) =>
      dirty(own, at, (book) => {
        changeSignups(book, gone.n, resumes ? -1 : -lost.standing);
        if (resumes) changeSignups(book, keep.n, 1);
        changeWatched(book, gone.n, -lost.watched);
      }),
    "invite.settled.v1": (own, { changes }, { at }) => dirty(own, at, (book) => changeInvites(book, changes)),
    "invite.decided.v1": (own, { changes }, { at }) => dirty(own, at, (book) => changeInvites(book, changes)),
    "invite.decisionTakenBack.v1": (own, { changes }, { at }) => dirty(own, at, (book) => changeInvites(book, changes)),
    "order.recorded.v1": (own, told, { at }) => {
      const { book } = own;
      if (book && enterOrder(book, told, at)) book.dirtyAt ??= at;
      return own;
    },
    // Its code may be one by which people came before.
    "source.planned.v1": (own, { code }, { at }) => dirty(own, at, (book) => keepKey(book, code)),
    "source.edited.v1": (own, { to: { code } }, { at }) =>
      code === undefined ? own : dirty(own, at, (book) => keepKey(book, code)),
    "source.removed.v1": (own, _data, { at }) => dirty(own, at, () => {}),
  },
  slices: {
    sourceFunnel: {
      kind: "keyed",
      rows: ({ own }) => own.rows,
      show: { control: (row: FunnelRow) => row, review: (row: FunnelRow) => row },
    },
  },
  due: ({ book }) =>
    book?.dirtyAt == null
      ? []
      : [
          {
            at: instant(book.dirtyAt + TELL_MS),
            clock: "pace",
            id: `sourceEffect.tell:${book.dirtyAt}:${book.times}`,
            type: "sourceEffect.tell",
            input: {},
          },
        ],
  lean: (own) => ({ ...own, book: null }),
});

function dirty(own: SourceEffectState, at: Instant, change: (book: EffectBook) => void): SourceEffectState {
  if (!own.book) return own;
  change(own.book);
  own.book.dirtyAt ??= at;
  return own;
}

const emptyRow = (sourceId: string): FunnelRow => ({
  sourceId,
  signedUp: 0,
  invited: 0,
  watched: 0,
  orders: 0,
  paidOrders: 0,
  paidFen: 0,
  refundFen: 0,
});
