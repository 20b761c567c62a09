import * as z from "zod/mini";

const PushNamed = {
  pushId: z.string(),
  sessionId: z.string(),
  title: z.nullable(z.string()),
  showTitle: z.nullable(z.string()),
  mayOpen: z.boolean(),
};
const Row = z.object({
  id: z.string(),
  name: z.nullable(z.string()),
  ownerName: z.nullable(z.string()),
  used: z.number(),
  own: z.number(),
  known: z.enum(["exact", "atLeast", "unknown"]),
  reserved: z.number(),
  left: z.number(),
  readTo: z.nullable(z.string()),
  pushes: z.array(z.object(PushNamed)),
});
export type QuotaRow = z.infer<typeof Row>;

export const Standing = z.object({
  rule: z.enum(["daysOfMonth", "sevenAWeek", "oneADay"]),
  span: z.object({ from: z.string(), to: z.string(), limit: z.number() }),
  sum: z.object({
    targets: z.number(),
    exact: z.number(),
    atLeast: z.number(),
    unknown: z.number(),
    empty: z.number(),
  }),
  rows: z.array(Row),
  total: z.number(),
  reading: z.object({
    state: z.enum(["never", "waiting", "running", "done", "failed"]),
    done: z.number(),
    endedAt: z.nullable(z.number()),
    failure: z.nullable(z.object({ code: z.string(), errcode: z.nullable(z.number()) })),
  }),
});
export type Standing = z.infer<typeof Standing>;

export const Forecast = z.object({
  spans: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      plans: z.array(z.object({ ...PushNamed, day: z.string(), targets: z.number(), unreached: z.number() })),
      /** Groups and customers by how many sends are left when all have gone out. */
      left: z.array(z.number()),
      unsure: z.number(),
    }),
  ),
  unreached: z.array(
    z.object({
      pushId: z.string(),
      count: z.number(),
      targets: z.array(z.object({ id: z.string(), name: z.nullable(z.string()) })),
    }),
  ),
});
export type Forecast = z.infer<typeof Forecast>;

const FEW = 3;
type LeftPart = { readonly key: "leftNone" | "leftFew" | "leftMore"; readonly count: number; readonly over: number };

/** How many are left with nothing, with little, with more; what nobody is in is not said. */
export function leftParts(left: readonly number[]): LeftPart[] {
  const sum = (from: number, to: number) => left.slice(from, to).reduce((all, each) => all + each, 0);
  const parts: LeftPart[] = [
    { key: "leftNone", count: sum(0, 1), over: 0 },
    { key: "leftFew", count: sum(1, FEW + 1), over: 0 },
    { key: "leftMore", count: sum(FEW + 1, left.length), over: FEW + 1 },
  ];
  return parts.filter(({ count }) => count > 0);
}

/** By name, the same name once with how often: every show has its 开播提醒. */
export function pushNames({ pushes }: Pick<QuotaRow, "pushes">, unnamed: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const { title } of pushes) counts.set(title ?? unnamed, (counts.get(title ?? unnamed) ?? 0) + 1);
  return [...counts].map(([name, times]) => (times > 1 ? `${name} ×${times}` : name));
}
