import { z } from "zod";
import type { BagState } from "../bag/state.ts";
import { cuesNoted } from "../lesson-checks.ts";
import { AdoptedLesson, LessonRule } from "../lesson-rule.ts";
import { defineOp, reject, type Grant } from "../op.ts";
import { inOrder, type RundownState } from "../rundown-state.ts";
import { same } from "../same.ts";
import { toldAnew } from "../told-anew.ts";
import { Id, Instant, text } from "../units.ts";
import { bag } from "./bag.ts";
import { rundown } from "./rundown.ts";
import { session } from "./session.ts";

const Lesson = z.object({ lessonId: Id, text: text(200, 1), rule: LessonRule });
const Retired = z.object({ by: z.string(), at: Instant });
/** A lesson that this show wrote. */
export type Lesson = z.infer<typeof Lesson> & {
  readonly by: string;
  readonly at: Instant;
  readonly retired: z.infer<typeof Retired> | null;
  /** Of a rehearsal: whether it runs in real shows too (LES9). */
  readonly forReal: boolean;
};

/** A note on cues, as a lesson of an earlier show wants it. */
export type CueNote = {
  readonly lessonId: string;
  readonly note: string;
  readonly text: string;
  readonly cueIds: readonly string[];
};

export type LessonState = {
  /** Written in this show; they run in later ones. */
  readonly written: ReadonlyMap<string, Lesson>;
  /** Of earlier shows of the room; they run in this one. */
  readonly adopted: ReadonlyMap<string, AdoptedLesson>;
};

/** Far more than a meeting finds. */
const WRITTEN_MAX = 50;
/** What a room can watch over in one show. */
export const ADOPTED_MAX = 80;

const by: readonly Grant[] = ["owner", "manager", "operator", "reviewer"];

/** Rules LES1–LES9 in SPEC.md: what went wrong once becomes a rule that runs in the room's next shows. */
export const lesson = defineOp({
  name: "lesson",
  reads: { session, bag, rundown },
  initial: (): LessonState => ({ written: new Map(), adopted: new Map() }),
  events: {
    "lesson.added.v1": Lesson,
    /** Only ever by an undo: no show has to know that it was there. */
    "lesson.withdrawn.v1": z.object({ lessonId: Id }),
    "lesson.retiredSet.v1": z.object({ lessonId: Id, from: Retired.nullable(), to: Retired.nullable() }),
    "lesson.forRealSet.v1": z.object({ lessonId: Id, from: z.boolean(), to: z.boolean() }),
    "lesson.adopted.v1": z.object({ lessons: z.array(AdoptedLesson) }),
    "lesson.left.v1": z.object({ lessonIds: z.array(Id) }),
  },
  commands: {
    add: {
      by,
      risk: "reversible",
      input: Lesson.omit({ lessonId: true }),
      decide({ own }, { text: words, rule }, ctx) {
        if (own.written.size >= WRITTEN_MAX) return reject("lesson.tooMany", { max: WRITTEN_MAX });
        if (rule.kind === "cueNote" && rule.cueKind === null && rule.product === null) return reject("lesson.noCue");
        return [{ type: "lesson.added.v1", data: { lessonId: ctx.newId(), text: words, rule } }];
      },
      result: (events) => ({ lessonId: Lesson.parse(events[0]?.data).lessonId }),
    },
    retire: {
      by,
      risk: "reversible",
      input: z.object({ lessonId: Id }),
      decide({ own }, { lessonId }, ctx) {
        const row = own.written.get(lessonId);
        if (!row) return reject("lesson.notFound", { lessonId });
        if (row.retired) return [];
        return [{ type: "lesson.retiredSet.v1", data: { lessonId, from: null, to: { by: ctx.by, at: ctx.now } } }];
      },
    },
    reinstate: {
      by,
      risk: "reversible",
      input: z.object({ lessonId: Id }),
      decide({ own }, { lessonId }) {
        const row = own.written.get(lessonId);
        if (!row) return reject("lesson.notFound", { lessonId });
        return row.retired ? [{ type: "lesson.retiredSet.v1", data: { lessonId, from: row.retired, to: null } }] : [];
      },
    },
    /** Takes a rehearsal's lesson over into real shows, or leaves it to rehearsals again. */
    setForReal: {
      by,
      risk: "reversible",
      input: z.object({ lessonId: Id, forReal: z.boolean() }),
      decide({ own, session: show }, { lessonId, forReal }) {
        const row = own.written.get(lessonId);
        if (!row) return reject("lesson.notFound", { lessonId });
        if (!show.rehearsal) return reject("lesson.ofRealShow");
        if (row.forReal === forReal) return [];
        return [{ type: "lesson.forRealSet.v1", data: { lessonId, from: row.forReal, to: forReal } }];
      },
    },
    /** The room's active lessons, all of them; told by the server until the show begins (LES2). */
    adopt: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ lessons: z.array(AdoptedLesson).max(ADOPTED_MAX) }),
      decide({ own, session: show }, { lessons }) {
        if (show.startedAt !== null) return [];
        const have = { ids: () => own.adopted.keys(), row: (id: string) => own.adopted.get(id) };
        const { news, gone } = toldAnew(have, lessons, ({ lessonId }) => lessonId);
        return [
          ...(gone.length > 0 ? [{ type: "lesson.left.v1" as const, data: { lessonIds: gone } }] : []),
          ...(news.length > 0 ? [{ type: "lesson.adopted.v1" as const, data: { lessons: news } }] : []),
        ];
      },
    },
  },
  apply: {
    "lesson.added.v1": (own, added, { by: writer, at }) =>
      write(own, added.lessonId, { ...added, by: writer, at, retired: null, forReal: false }),
    "lesson.withdrawn.v1": (own, { lessonId }) => {
      const written = new Map(own.written);
      written.delete(lessonId);
      return { ...own, written };
    },
    "lesson.retiredSet.v1": (own, { lessonId, to }) => {
      const row = own.written.get(lessonId);
      return row ? write(own, lessonId, { ...row, retired: to }) : own;
    },
    "lesson.forRealSet.v1": (own, { lessonId, to }) => {
      const row = own.written.get(lessonId);
      return row ? write(own, lessonId, { ...row, forReal: to }) : own;
    },
    "lesson.adopted.v1": (own, { lessons }) => ({
      ...own,
      adopted: new Map([...own.adopted, ...lessons.map((row): [string, AdoptedLesson] => [row.lessonId, row])]),
    }),
    "lesson.left.v1": (own, { lessonIds }) => {
      const adopted = new Map(own.adopted);
      for (const lessonId of lessonIds) adopted.delete(lessonId);
      return { ...own, adopted };
    },
  },
  undo: {
    "lesson.added.v1": ({ own }, { lessonId }) => {
      const row = own.written.get(lessonId);
      return row && !row.retired
        ? [{ type: "lesson.withdrawn.v1", data: { lessonId } }]
        : reject("undo.superseded", { lessonId });
    },
    "lesson.retiredSet.v1": ({ own }, { lessonId, from, to }) =>
      own.written.has(lessonId) && same(own.written.get(lessonId)?.retired, to)
        ? [{ type: "lesson.retiredSet.v1", data: { lessonId, from: to, to: from } }]
        : reject("undo.superseded", { lessonId }),
    "lesson.forRealSet.v1": ({ own }, { lessonId, from, to }) =>
      own.written.get(lessonId)?.forReal === to
        ? [{ type: "lesson.forRealSet.v1", data: { lessonId, from: to, to: from } }]
        : reject("undo.superseded", { lessonId }),
  },
  slices: {
    lessons: {
      kind: "keyed",
      rows: (see) => see.own.written,
      show: { control: (row: Lesson) => row, review: (row: Lesson) => row },
    },
    adoptedLessons: {
      kind: "keyed",
      rows: (see) => see.own.adopted,
      show: { control: (row: AdoptedLesson) => row, review: (row: AdoptedLesson) => row },
    },
    /** By lesson: a note and the cues that it stands at. */
    cueNotes: {
      kind: "keyed",
      rows: (see) => cueNotes(see),
      show: { control: (row: CueNote) => row, review: (row: CueNote) => row, host: (row: CueNote) => row },
    },
  },
});

function write(own: LessonState, lessonId: string, row: Lesson): LessonState {
  return { ...own, written: new Map(own.written).set(lessonId, row) };
}

type Seen = {
  readonly own: LessonState;
  readonly bag: Pick<BagState, "products">;
  readonly rundown: RundownState;
};

/** The row last made for a lesson: kept while it says the same, as rows are compared by reference. */
const noteOf = new WeakMap<AdoptedLesson, CueNote>();

function cueNotes({ own, bag: { products }, rundown: course }: Seen): ReadonlyMap<string, CueNote> {
  const rows = new Map<string, CueNote>();
  for (const adopted of own.adopted.values()) {
    const { lessonId, rule, text: words } = adopted;
    if (rule.kind !== "cueNote") continue;
    const cueIds = cuesNoted(rule, inOrder(course), [...products.values()]).map(({ cueId }) => cueId);
    const before = noteOf.get(adopted);
    const row = before && same(before.cueIds, cueIds) ? before : { lessonId, note: rule.note, text: words, cueIds };
    noteOf.set(adopted, row);
    rows.set(lessonId, row);
  }
  return rows;
}
