import { z } from "zod";
import { defineOp } from "../op.ts";
import { Id, text } from "../units.ts";
import { foldMerged, nobodyMerged, resolved } from "../warmup/people.ts";

/** Rules PER1–PER4 in SPEC.md: one person is one person. Whatever keeps something by person folds `person.merged.v1`. */
export const person = defineOp({
  name: "person",
  initial: nobodyMerged,
  events: {
    /** Both as they stood: neither was merged before. */
    "person.merged.v1": z.object({ from: Id, into: Id, why: text(80) }),
  },
  quiet: ["person.merged.v1"],
  commands: {
    /** The server learnt that two ids are one person (a visitor signed in; a unionid joined two openids). */
    merge: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ from: Id, into: Id, why: text(80) }),
      decide({ own }, { why, ...asked }) {
        const from = resolved(own, asked.from);
        const into = resolved(own, asked.into);
        return from === into ? [] : [{ type: "person.merged.v1", data: { from, into, why } }];
      },
      then: (_see, { into }) => [
        { type: "signup.settle", input: { personId: into } },
        { type: "lottery.settle", input: {} },
      ],
    },
  },
  apply: { "person.merged.v1": (own, { from, into }) => foldMerged(own, from, into) },
  lean: nobodyMerged,
});
