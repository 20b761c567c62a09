import { z } from "zod";
import { MEASURED_FIGURES } from "./measured-figures.ts";
import { text } from "./units.ts";

/** What tells whether an improvement worked: words, or one of Kaibo's figures with a target (rule IMP4). */
export const Measure = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("words"), text: text(120, 1) }),
  z.object({
    kind: z.literal("figure"),
    figure: z.enum(MEASURED_FIGURES),
    direction: z.enum(["atLeast", "atMost"]),
    target: z.number().min(0).max(10_000_000_000),
  }),
]);
export type Measure = z.infer<typeof Measure>;
