import { z } from "zod";
import { defineOp, reject, type Grant } from "../op.ts";
import { same } from "../same.ts";
import { DurationMs, Id, Instant, text } from "../units.ts";

/** Where the pictures are: a file that stays on the reviewer's machine and is known again by name, size and length, or a public address. */
const Source = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("file"), name: text(200, 1), bytes: z.int().positive() }),
  z.object({
    kind: z.literal("url"),
    url: z
      .string()
      .max(1_000)
      .regex(/^https:\/\/[^\s"'<>]+$/),
  }),
]);

const Recording = z.object({
  recordingId: Id,
  source: Source,
  /** Length of the pictures; `null`: a stream that does not say. */
  durationMs: DurationMs.nullable(),
  /** The second of the show that its first picture shows. */
  startsAt: Instant,
});

export type Recording = z.infer<typeof Recording> & { readonly by: string };
export type RecordingState = { readonly recordings: ReadonlyMap<string, Recording> };

/** A stream that broke off leaves a part each time. */
const RECORDINGS_MAX = 40;

const by: readonly Grant[] = ["owner", "manager", "operator", "reviewer"];

/** Rules REC1–REC3 in SPEC.md: recordings of the stream laid on the show's time, so that colleagues find them aligned. */
export const recording = defineOp({
  name: "recording",
  initial: (): RecordingState => ({ recordings: new Map() }),
  events: {
    "recording.laid.v1": Recording,
    "recording.aligned.v1": z.object({ recordingId: Id, from: Instant, to: Instant }),
    "recording.removed.v1": Recording,
  },
  expects: { align: z.object({ startsAt: Instant }) },
  commands: {
    lay: {
      by,
      risk: "reversible",
      input: Recording.omit({ recordingId: true }),
      decide(see, input, ctx) {
        const rows = [...see.own.recordings.values()];
        if (rows.some(({ source }) => same(source, input.source))) return reject("recording.exists");
        if (rows.length >= RECORDINGS_MAX) return reject("recording.tooMany", { max: RECORDINGS_MAX });
        return [{ type: "recording.laid.v1", data: { ...input, recordingId: ctx.newId() } }];
      },
      result: (events) => ({ recordingId: Recording.parse(events[0]?.data).recordingId }),
    },
    align: {
      by,
      risk: "reversible",
      input: z.object({ recordingId: Id, startsAt: Instant }),
      decide(see, { recordingId, startsAt }, _ctx, expect) {
        const row = see.own.recordings.get(recordingId);
        if (!row) return reject("recording.notFound", { recordingId });
        if (expect && expect.startsAt !== row.startsAt) return reject("state.changed", { startsAt: row.startsAt });
        if (startsAt === row.startsAt) return [];
        return [{ type: "recording.aligned.v1", data: { recordingId, from: row.startsAt, to: startsAt } }];
      },
    },
    remove: {
      by,
      risk: "reversible",
      input: z.object({ recordingId: Id }),
      decide(see, { recordingId }) {
        const row = see.own.recordings.get(recordingId);
        if (!row) return reject("recording.notFound", { recordingId });
        return [{ type: "recording.removed.v1", data: bare(row) }];
      },
    },
  },
  apply: {
    "recording.laid.v1": (own, laid, meta) => put(own, { ...laid, by: meta.by }),
    "recording.aligned.v1": (own, { recordingId, to }) => {
      const row = own.recordings.get(recordingId);
      return row ? put(own, { ...row, startsAt: to }) : own;
    },
    "recording.removed.v1": (own, { recordingId }) => {
      const recordings = new Map(own.recordings);
      recordings.delete(recordingId);
      return { ...own, recordings };
    },
  },
  undo: {
    "recording.laid.v1": (see, laid) => {
      const row = see.own.recordings.get(laid.recordingId);
      if (!row || row.startsAt !== laid.startsAt) {
        return reject("undo.superseded", { recordingId: laid.recordingId });
      }
      return [{ type: "recording.removed.v1", data: bare(row) }];
    },
    "recording.aligned.v1": (see, { recordingId, from, to }) =>
      see.own.recordings.get(recordingId)?.startsAt === to
        ? [{ type: "recording.aligned.v1", data: { recordingId, from: to, to: from } }]
        : reject("undo.superseded", { recordingId }),
    "recording.removed.v1": (see, removed) =>
      see.own.recordings.has(removed.recordingId) ||
      [...see.own.recordings.values()].some(({ source }) => same(source, removed.source))
        ? reject("undo.superseded", { recordingId: removed.recordingId })
        : [{ type: "recording.laid.v1", data: removed }],
  },
  slices: {
    recordings: {
      kind: "keyed",
      rows: (see) => see.own.recordings,
      show: { review: (row: Recording) => row },
    },
  },
});

function put(own: RecordingState, row: Recording): RecordingState {
  return { ...own, recordings: new Map(own.recordings).set(row.recordingId, row) };
}

function bare({ recordingId, source, durationMs, startsAt }: Recording): z.infer<typeof Recording> {
  return { recordingId, source, durationMs, startsAt };
}
