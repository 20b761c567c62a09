import { z } from "zod";
import { createEngine } from "#domain/engine.ts";
import { defineOp, reject, type AnyEvent, type Json } from "#domain/op.ts";

/**
 * Rules whose every answer, refusal and view names the log that it rests on: each event carries a random link, and what is said of a state carries its
 * seq and its last link. So whatever a writer lets out can be held against the log as it is stored at that moment.
 */
type ChainState = {
  readonly seq: number;
  readonly head: string;
  readonly links: string[];
  /** Changed in place, as hot maps are. */
  readonly taken: Map<string, number>;
  readonly rows: ReadonlyMap<string, { readonly seq: number }>;
};

export type Head = { readonly seq: number; readonly head: string };
export const Head = z.object({ seq: z.int(), head: z.string() });
const headOf = ({ seq, head }: ChainState): Head => ({ seq, head });

const Linked = z.object({ link: z.string(), n: z.int() });
const Taken = Linked.extend({ person: z.string() });
const Note = z.object({ text: z.string() });
type Linking = { randomBytes(count: number): Uint8Array };
const link = (ctx: Linking): string => Buffer.from(ctx.randomBytes(6)).toString("hex");
/** What an event adds to the chain. */
export function linkOf({ data }: AnyEvent): string {
  const read = z.union([Linked, Note]).parse(data);
  return "link" in read ? read.link : read.text;
}
const linksOf = (events: readonly AnyEvent[]): Json => events.map(linkOf);

/** Whether this input is refused on a chain of this length. */
export const refuses = (seq: number, fits: number): boolean => seq % 4 === fits;
/** Whether the rule is broken on a chain of this length. */
export const breaks = (seq: number): boolean => seq % 2 === 0;

const grow = (own: ChainState, head: string, seq: number): ChainState => {
  own.links.push(head);
  return { ...own, seq, head };
};
const by = ["operator"] as const;
const common = { by, risk: "compensable", result: linksOf } as const;

const chain = defineOp({
  name: "chain",
  initial: (): ChainState => ({ seq: 0, head: "", links: [], taken: new Map(), rows: new Map() }),
  events: { "chain.linked.v1": Linked, "chain.taken.v1": Taken, "chain.noted.v1": Note },
  commands: {
    link: {
      ...common,
      input: z.object({ fits: z.int(), count: z.int() }),
      decide: ({ own }, { fits, count }, ctx) =>
        refuses(own.seq, fits)
          ? reject("chain.no", headOf(own))
          : Array.from({ length: count }, (_, n) => ({
              type: "chain.linked.v1" as const,
              data: { link: link(ctx), n },
            })),
    },
    take: {
      ...common,
      input: z.object({ person: z.string() }),
      decide: ({ own }, { person }, ctx) =>
        own.taken.has(person)
          ? reject("chain.taken", headOf(own))
          : [{ type: "chain.taken.v1", data: { link: link(ctx), n: own.seq, person } }],
    },
    nothing: { ...common, input: z.object({}), result: () => null, decide: () => [] },
    /** Throws, or folds an event that its schema refuses: bugs both. */
    bug: {
      ...common,
      input: z.object({ misfit: z.boolean() }),
      decide: ({ own }, { misfit }, ctx) => {
        if (!breaks(own.seq)) return [{ type: "chain.linked.v1", data: { link: link(ctx), n: 0 } }];
        if (misfit) return [{ type: "chain.linked.v1", data: { link: link(ctx), n: 0.5 } }];
        throw new Error("a bug");
      },
    },
    note: {
      ...common,
      input: Note,
      decide: (_see, { text }) => [{ type: "chain.noted.v1", data: { text } }],
    },
  },
  apply: {
    "chain.linked.v1": (own, data, { seq }) => grow(own, data.link, seq),
    "chain.taken.v1": (own, { person, ...data }, { seq }) => {
      own.taken.set(person, seq);
      return { ...grow(own, data.link, seq), rows: new Map(own.rows).set(person, { seq }) };
    },
    "chain.noted.v1": (own, { text }, { seq }) => grow(own, text, seq),
  },
  slices: {
    head: { kind: "value", show: { control: ({ own }) => headOf(own) } },
    rows: { kind: "keyed", rows: ({ own }) => own.rows, show: { control: ({ seq }: { seq: number }) => seq } },
  },
  me: ({ own }) => headOf(own),
});

export const chainRules = createEngine([chain]);
