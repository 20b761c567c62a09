import * as z from "zod/mini";

export const PARTS = ["tags", "members", "groups", "details", "customers"] as const;

const Part = z.object({
  part: z.enum(PARTS),
  state: z.enum(["waiting", "running", "done", "failed"]),
  done: z.number(),
  /** Null: not known yet. */
  total: z.nullable(z.number()),
  startedAt: z.number(),
  movedAt: z.number(),
  endedAt: z.nullable(z.number()),
  failure: z.nullable(z.object({ code: z.string(), errcode: z.nullable(z.number()), until: z.nullable(z.number()) })),
});
export type Part = z.infer<typeof Part>;

export const Sync = z.object({
  state: z.enum(["never", "running", "done", "failed"]),
  parts: z.array(Part),
  groups: z.object({ all: z.number(), left: z.number() }),
});
export type Sync = z.infer<typeof Sync>;
