import { z } from "zod";
import { defineOp, reject, type See } from "../op.ts";
import { Id, text } from "../units.ts";
import { bag } from "./bag.ts";

const Said = z.object({
  productId: Id,
  round: z.int().min(1),
  /** The selling point in its words: where the plan is edited on air, its tick stays with it. */
  point: text(200, 1),
  from: z.boolean(),
  to: z.boolean(),
});

export type PromptState = {
  /** What was said, in order, by `roundKey`. */
  readonly said: ReadonlyMap<string, readonly string[]>;
};

const reads = { bag };
type Seen = See<PromptState, typeof reads>;

/** Rules PRM1–PRM4 in SPEC.md: which selling points of the product explained now have been said. */
export const prompt = defineOp({
  name: "prompt",
  reads,
  initial: (): PromptState => ({ said: new Map() }),
  events: { "prompt.said.v1": Said },
  // A tick is taken back by the next press; twenty of them a product would bury the tape.
  quiet: ["prompt.said.v1"],
  commands: {
    say: {
      by: ["owner", "manager", "operator", "floor", "assistant"],
      risk: "compensable",
      input: z.object({ productId: Id, index: z.int().min(0).max(19), said: z.boolean() }),
      decide(see, { productId, index, said: to }) {
        const { explained } = see.bag;
        if (explained?.productId !== productId)
          return reject("prompt.notExplained", { explained: explained?.productId ?? null });
        const point = pointsOf(see, productId)[index];
        if (point === undefined) return reject("prompt.noSuchPoint", { index });
        const { round } = explained;
        const from = saidIn(see.own, productId, round).includes(point);
        return from === to ? [] : [{ type: "prompt.said.v1", data: { productId, round, point, from, to } }];
      },
    },
  },
  apply: {
    "prompt.said.v1": (own, { productId, round, point, to }) => {
      const others = saidIn(own, productId, round).filter((each) => each !== point);
      return { said: new Map(own.said).set(roundKey(productId, round), to ? [...others, point] : others) };
    },
  },
  slices: {
    said: {
      kind: "value",
      show: { control: shown, host: shown, review: shown },
    },
  },
});

/** The slice `said`. */
export type ShownSaid = ReturnType<typeof shown>;

/** Of the product explained now, which of its selling points were said in this round, as indexes; `null`: nothing is explained. */
function shown(see: Seen) {
  const { explained } = see.bag;
  if (!explained) return null;
  const { productId, round } = explained;
  const said = saidIn(see.own, productId, round);
  const indexes = pointsOf(see, productId).flatMap((point, index) => (said.includes(point) ? [index] : []));
  return { productId, round, indexes };
}

const pointsOf = (see: Seen, productId: string): readonly string[] =>
  see.bag.products.get(productId)?.sellingPoints ?? [];

const roundKey = (productId: string, round: number): string => `${productId}:${round}`;

const saidIn = (own: PromptState, productId: string, round: number): readonly string[] =>
  own.said.get(roundKey(productId, round)) ?? [];
