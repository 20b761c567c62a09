import { showTotals, type ShowTotals } from "#domain/metrics/show-totals.ts";
import type { Failure, Reply } from "../http/request.ts";
import { loadView } from "../review/load-review.ts";
import { slicesOf } from "../session/session-provider.tsx";
import type { ViewState } from "../session/view-state.ts";
import { courseOf, type Course } from "./course.ts";
import { SHOWS_MAX } from "./line-looks.ts";

/** A show as it is compared: from its review view, as known now. */
export type ComparedShow = {
  readonly id: string;
  readonly title: string;
  readonly rehearsal: boolean;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly view: ViewState;
  readonly totals: ShowTotals;
  readonly course: Course;
};

export type LeftOut = {
  readonly id: string;
  readonly title: string | null;
  /** `failure`: it could not be loaded. */
  readonly why: "notStarted" | "failure";
  readonly failure: Failure | null;
};

export type Compared = { readonly shows: readonly ComparedShow[]; readonly leftOut: readonly LeftOut[] };

/** A server that folds ten long shows at once answers nobody else. */
const AT_ONCE = 3;

/** One request a show; a show that can't be had leaves the others to be compared. */
export async function loadCompared(
  ids: readonly string[],
  progress: (done: number) => void,
  signal: AbortSignal,
): Promise<Reply<Compared>> {
  const waiting = [...new Set(ids)].slice(0, SHOWS_MAX);
  const found = new Map<string, ComparedShow | LeftOut>();
  const order = [...waiting];
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const reply = await loadView(id, null, signal);
      found.set(id, reply.ok ? compared(id, reply.value) : { id, title: null, why: "failure", failure: reply.failure });
      progress(found.size);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const all = order.flatMap((id) => found.get(id) ?? []);
  const shows = all.flatMap((one) => ("view" in one ? [one] : []));
  const failed = all.flatMap((one) => ("why" in one ? [one] : []));
  // When nothing can be had, the reason is the same for all: away, or signed out.
  const first = failed[0]?.failure;
  if (shows.length === 0 && first) return { ok: false, failure: first };
  return { ok: true, value: { shows, leftOut: failed } };
}

function compared(id: string, view: ViewState): ComparedShow | LeftOut {
  const slices = slicesOf(view);
  const { session, figures, series, audience, reservations } = slices;
  const { title, rehearsal, startedAt, endedAt } = session;
  if (startedAt === null) return { id, title, why: "notStarted", failure: null };
  const totals = showTotals({
    session,
    figures,
    minutes: [...series.values()],
    viewers: audience.viewers?.value ?? null,
    reserved: reservations?.total?.count ?? null,
    until: view.at,
  });
  return { id, title, rehearsal, startedAt, endedAt, view, totals, course: courseOf(slices, view.at) };
}
