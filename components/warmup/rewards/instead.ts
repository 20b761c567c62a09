import * as z from "zod/mini";

/** What the rule offers where a reward was asked for on an H5 page: the same step in forms that WeChat allows. */
const Instead = z.object({
  carrier: z.enum(["miniProgram", "contactGift", "honour"]),
  delivery: z.enum(["staff", "code"]),
  valueFen: z.number(),
});
export type Instead = z.infer<typeof Instead>;

const Refused = z.object({ instead: z.array(Instead) });

export function insteadOf(data: unknown): readonly Instead[] {
  const read = z.safeParse(Refused, data);
  return read.success ? read.data.instead : [];
}
