import * as z from "zod/mini";
import { durationMs, instant } from "#domain/units.ts";
import { request, type Reply } from "../http/request.ts";
import { loadShows, NO_FILTER, type Show } from "../shows/show-list.ts";

/** Rundown and products of another show, as its control view tells them. */

const At = z.pipe(z.number(), z.transform(instant));
const Length = z.pipe(z.number(), z.transform(durationMs));
const Stretch = z.object({ from: At, to: z.nullable(At) });
const Cue = z.object({
  cueId: z.string(),
  originId: z.string(),
  title: z.string(),
  productId: z.nullable(z.string()),
  plannedMs: Length,
  state: z.enum(["waiting", "current", "done", "skipped"]),
  from: z.nullable(At),
  to: z.nullable(At),
  pauses: z.array(Stretch),
  gaps: z.array(Stretch),
});
const Product = z.object({
  productId: z.string(),
  linkNo: z.number(),
  name: z.string(),
  platformId: z.nullable(z.string()),
});
const rowsOf = <T extends z.ZodMiniType>(row: T) => z.object({ rows: z.array(z.tuple([z.string(), row])) });
const View = z.object({
  slices: z.object({
    cues: rowsOf(Cue),
    products: rowsOf(Product),
    cueOrder: z.object({ value: z.object({ order: z.array(z.string()) }) }),
  }),
});

export type MeasuredShow = {
  readonly sessionId: string;
  readonly cues: readonly z.infer<typeof Cue>[];
  readonly products: readonly z.infer<typeof Product>[];
};

export async function loadMeasured(sessionId: string, signal: AbortSignal): Promise<Reply<MeasuredShow>> {
  const reply = await request(`/api/v1/sessions/${sessionId}/view?audience=control`, { shape: View, signal });
  if (!reply.ok) return reply;
  const { cues, products, cueOrder } = reply.value.slices;
  const byId = new Map(cues.rows);
  return {
    ok: true,
    value: {
      sessionId,
      cues: cueOrder.value.order.flatMap((cueId) => byId.get(cueId) ?? []),
      products: products.rows.map(([, product]) => product),
    },
  };
}

/** Shows of the room that ran or run, newest first: where lengths were measured. */
export async function loadRunShows(roomId: string, signal: AbortSignal): Promise<Reply<readonly Show[]>> {
  const phases = ["live", "interrupted", "ended"] as const;
  const replies = await Promise.all(
    phases.map((phase) => loadShows({ ...NO_FILTER, room: roomId, phase }, null, signal)),
  );
  const shows: Show[] = [];
  for (const reply of replies) {
    if (!reply.ok) return reply;
    shows.push(...reply.value.sessions);
  }
  return { ok: true, value: shows.toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0)) };
}
