import { z } from "zod";
import { listInPlace } from "../in-place.ts";
import { defineOp, reject, type Ctx, type Rejection } from "../op.ts";
import { same } from "../same.ts";
import { isAhead, ToldAt } from "../told-time.ts";
import { Id, Instant, instant, PlatformId, text } from "../units.ts";

/** A word that is counted, or a phrase that a draw asks for. */
const Word = text(24, 1);

const Noted = z.object({
  commentId: PlatformId,
  personId: Id.nullable(),
  happenedAt: Instant,
  /** Counted words that the text contains. */
  keywords: z.array(Word).max(40),
  /** Phrases of draws that the text contains. */
  phrases: z.array(Word).max(40),
  question: z.boolean(),
});

const CommentItem = z.object({
  commentId: PlatformId,
  personId: Id.nullable().default(null),
  at: ToldAt,
  keywords: Noted.shape.keywords.default([]),
  phrases: Noted.shape.phrases.default([]),
  question: z.boolean().default(false),
});
export type CommentItem = z.infer<typeof CommentItem>;

export type CommentRow = Pick<z.infer<typeof Noted>, "commentId" | "personId" | "keywords" | "question"> & {
  readonly at: Instant;
};

export type Keyword = { readonly word: string; readonly count: number; readonly since: Instant | null };

/** What only `decide` and draws need; left out of replays. Changed in place. */
type CommentBook = {
  readonly seen: Set<string>;
  /** Phrases that a person has commented. */
  readonly phrases: Map<string, Set<string>>;
};

export type CommentState = {
  /** In order of arrival; changed in place. */
  readonly comments: readonly CommentRow[];
  readonly questions: number;
  readonly keywords: readonly Keyword[];
  readonly hidden: ReadonlyMap<string, { readonly by: string; readonly at: Instant }>;
  /** When a source last showed itself; when it last named a person. Log time. */
  readonly lastSeenAt: Instant | null;
  readonly lastNamedAt: Instant | null;
  readonly book: CommentBook | null;
};

/** A source that was silent for longer counts as gone (COM5). */
export const COMMENT_SOURCE_SILENT_MS = 5 * 60_000;
/** A source's sign of life is written at most this often. */
const SIGN_OF_LIFE_MS = 60_000;

const staff = ["owner", "manager", "operator", "assistant", "service"] as const;

/** Rules COM1–COM6 in SPEC.md: who commented when, and on what; the text lives outside the log. */
export const comment = defineOp({
  name: "comment",
  initial: (): CommentState => ({
    comments: [],
    questions: 0,
    keywords: ["尺码", "发货", "质量"].map((word) => ({ word, count: 0, since: null })),
    hidden: new Map(),
    lastSeenAt: null,
    lastNamedAt: null,
    book: { seen: new Set(), phrases: new Map() },
  }),
  events: {
    "comment.noted.v1": Noted,
    "comment.sourceSeen.v1": z.object({ namesPersons: z.boolean() }),
    "comment.keywordsSet.v1": z.object({ from: z.array(Word), to: z.array(Word) }),
    "comment.hidden.v1": z.object({ commentId: PlatformId }),
    "comment.shown.v1": z.object({ commentId: PlatformId }),
  },
  quiet: ["comment.noted.v1", "comment.sourceSeen.v1"],
  commands: {
    note: {
      by: ["program"],
      risk: "compensable",
      input: CommentItem,
      decide: (see, item, ctx) => noteAll(see.own, [item], ctx),
    },
    noteMany: {
      by: ["program"],
      risk: "compensable",
      input: z.object({ items: z.array(CommentItem).min(1).max(500) }),
      decide: (see, { items }, ctx) => noteAll(see.own, items, ctx),
      result: (events) => ({ noted: events.length }),
    },
    /** A source says that it is there, though nobody comments. */
    sourceSeen: {
      by: ["program"],
      risk: "compensable",
      input: z.object({ namesPersons: z.boolean() }),
      decide(see, { namesPersons }, ctx) {
        const last = namesPersons ? see.own.lastNamedAt : see.own.lastSeenAt;
        if (last !== null && ctx.now - last < SIGN_OF_LIFE_MS) return [];
        return [{ type: "comment.sourceSeen.v1", data: { namesPersons } }];
      },
    },
    setKeywords: {
      by: ["owner", "manager", "operator", "service"],
      risk: "reversible",
      input: z.object({ keywords: z.array(Word).max(40) }),
      decide(see, { keywords }) {
        const to = [...new Set(keywords)];
        const from = see.own.keywords.map(({ word }) => word);
        if (same(from, to)) return [];
        return [{ type: "comment.keywordsSet.v1", data: { from, to } }];
      },
    },
    hide: {
      by: staff,
      risk: "reversible",
      input: z.object({ commentId: PlatformId }),
      decide(see, { commentId }) {
        if (!isNoted(see.own, commentId)) return reject("comment.notFound");
        if (see.own.hidden.has(commentId)) return [];
        return [{ type: "comment.hidden.v1", data: { commentId } }];
      },
    },
    show: {
      by: staff,
      risk: "reversible",
      input: z.object({ commentId: PlatformId }),
      decide: (see, { commentId }) =>
        see.own.hidden.has(commentId) ? [{ type: "comment.shown.v1", data: { commentId } }] : [],
    },
  },
  apply: {
    "comment.noted.v1": (own, noted, { at }) => {
      const { commentId, personId, happenedAt, keywords, question } = noted;
      // The list may hold hundreds of thousands.
      listInPlace(own.comments).push({ commentId, personId, at: happenedAt, keywords, question });
      if (own.book) enter(own.book, noted);
      return {
        ...own,
        questions: own.questions + (question ? 1 : 0),
        keywords: keywords.length === 0 ? own.keywords : counted(own.keywords, keywords),
        lastSeenAt: at,
        lastNamedAt: personId === null ? own.lastNamedAt : at,
      };
    },
    "comment.sourceSeen.v1": (own, { namesPersons }, { at }) => ({
      ...own,
      lastSeenAt: at,
      lastNamedAt: namesPersons ? at : own.lastNamedAt,
    }),
    "comment.keywordsSet.v1": (own, { to }, { at }) => ({
      ...own,
      keywords: to.map(
        (word) => own.keywords.find((keyword) => keyword.word === word) ?? { word, count: 0, since: at },
      ),
    }),
    "comment.hidden.v1": (own, { commentId }, { by, at }) => ({
      ...own,
      hidden: new Map(own.hidden).set(commentId, { by, at }),
    }),
    "comment.shown.v1": (own, { commentId }) => {
      const hidden = new Map(own.hidden);
      hidden.delete(commentId);
      return { ...own, hidden };
    },
  },
  undo: {
    "comment.keywordsSet.v1": (see, { from, to }) =>
      same(
        see.own.keywords.map(({ word }) => word),
        to,
      )
        ? [{ type: "comment.keywordsSet.v1", data: { from: to, to: from } }]
        : reject("undo.superseded", { field: "keywords" }),
    "comment.hidden.v1": (see, { commentId }) =>
      see.own.hidden.has(commentId)
        ? [{ type: "comment.shown.v1", data: { commentId } }]
        : reject("undo.superseded", { field: "hidden" }),
    "comment.shown.v1": (see, { commentId }) =>
      see.own.hidden.has(commentId)
        ? reject("undo.superseded", { field: "hidden" })
        : [{ type: "comment.hidden.v1", data: { commentId } }],
  },
  slices: {
    comments: {
      kind: "appended",
      cap: 200,
      items: (see) => see.own.comments,
      show: { control: shown, review: shown },
    },
    hiddenComments: {
      kind: "keyed",
      rows: (see) => see.own.hidden,
      show: { control: shownHidden, review: shownHidden },
    },
    commentSource: {
      kind: "value",
      show: { control: sourceOf, review: sourceOf },
    },
    keywords: {
      kind: "value",
      show: {
        control: (see) => see.own.keywords,
        review: (see) => see.own.keywords,
        host: (see) => see.own.keywords,
      },
    },
  },
  lean: (own) => ({ ...own, book: null }),
});

/** COM5: whether a source is there that says who comments. Draws may ask for a phrase only then. */
export function commentsNamePersons(own: CommentState, now: number): boolean {
  return own.lastNamedAt !== null && now - own.lastNamedAt <= COMMENT_SOURCE_SILENT_MS;
}

/** COM6. The phrase must be watched where comments come in before it is said: what was not matched then is not known. */
export function hasCommented(own: CommentState, personId: string, phrase: string): boolean {
  return bookOf(own).phrases.get(personId)?.has(phrase) ?? false;
}

/** Asked by rules alone: a state for views keeps no book of them. */
export const isNoted = (own: CommentState, commentId: string): boolean => bookOf(own).seen.has(commentId);

function bookOf(own: CommentState): CommentBook {
  if (!own.book) throw new Error("comments are asked of a state that was made for views only");
  return own.book;
}

type NotedEvent = { readonly type: "comment.noted.v1"; readonly data: z.infer<typeof Noted> };

function noteAll(own: CommentState, items: readonly CommentItem[], ctx: Ctx): NotedEvent[] | Rejection {
  const ahead = items.find(({ at }) => isAhead(at, ctx.now));
  if (ahead) return reject("comment.timeAhead", { commentId: ahead.commentId, at: ahead.at, now: ctx.now });
  const { seen } = bookOf(own);
  const counts = new Set(own.keywords.map(({ word }) => word));
  const now = new Set<string>();
  return items.flatMap(({ commentId, personId, at, keywords, phrases, question }): NotedEvent[] => {
    if (seen.has(commentId) || now.has(commentId)) return [];
    now.add(commentId);
    const data = {
      commentId,
      personId,
      happenedAt: instant(at),
      keywords: [...new Set(keywords)].filter((word) => counts.has(word)),
      phrases: [...new Set(phrases)],
      question,
    };
    return [{ type: "comment.noted.v1", data }];
  });
}

function enter(book: CommentBook, { commentId, personId, phrases }: z.infer<typeof Noted>): void {
  book.seen.add(commentId);
  if (personId === null || phrases.length === 0) return;
  const said = book.phrases.get(personId) ?? new Set();
  for (const phrase of phrases) said.add(phrase);
  book.phrases.set(personId, said);
}

function counted(keywords: readonly Keyword[], found: readonly string[]): readonly Keyword[] {
  return keywords.map((keyword) => (found.includes(keyword.word) ? { ...keyword, count: keyword.count + 1 } : keyword));
}

function shown({ commentId, personId, at, keywords, question }: CommentRow) {
  return { commentId, personId, at, keywords, question };
}

function shownHidden({ by, at }: { readonly by: string; readonly at: Instant }) {
  return { by, at };
}

/** The slice `commentSource`. */
export type CommentSource = ReturnType<typeof sourceOf>;

function sourceOf({ own }: { readonly own: CommentState }) {
  const { lastSeenAt, lastNamedAt, questions, comments } = own;
  return { lastSeenAt, lastNamedAt, comments: comments.length, questions };
}
