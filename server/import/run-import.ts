import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Json } from "#domain/op.ts";
import type { ImportedOrder } from "#domain/sheet/imported-order.ts";
import { totalsOfOrders } from "#domain/sheet/order-totals.ts";
import { valueIn } from "#domain/snapshot-parts.ts";
import { BusyError } from "../live/directory-contract.ts";
import type { ApiContext, Entry } from "../http/context.ts";
import { ingestItems, type ItemStatus } from "../http/ingest/ingest-items.ts";
import { isWithin } from "./preview.ts";
import type { ImportResult, Span } from "./preview-shape.ts";
import type { UploadRead } from "./read-upload.ts";
import { orderSent, sampleSent } from "./sent-items.ts";
import { NONE, standingOfOrders, standingOfSamples, type Standing } from "./standing.ts";

/**
 * Takes a file over, in batches that the show's rules decide like any program's report: what the show knows already changes nothing, so the same
 * file may come again, in another order, or go on after it was cut short.
 */

const BATCH = 500;
const REFUSED_MAX = 200;
/** How long a busy writer or an absent database is waited for before the import gives up; it can be tried again then. */
const PATIENCE_MS = 120_000;

export type Running = {
  readonly read: UploadRead;
  readonly entry: Entry;
  readonly context: ApiContext;
  /** Only orders placed within; `null`: all. */
  readonly only: Span | null;
  readonly onMoved: (done: number, total: number) => Promise<void>;
  readonly signal: AbortSignal;
};

/** The process is going down; what was sent is kept, the rest can be sent again. */
export class ImportStoppedError extends Error {
  override readonly name = "ImportStoppedError";
}

type Item = { readonly id: string; readonly sent: Json };

export async function runImport(running: Running): Promise<ImportResult> {
  const { read, entry, context, onMoved, signal } = running;
  const { sessionId } = entry.place;
  const orders = ordersOf(running);
  const items = read.kind === "orders" ? orders.map(orderItem) : samplesOf(read);
  let standing: Standing | null = NONE;
  const refused: ImportResult["refused"] = [];
  let refusedCount = 0;
  await onMoved(0, items.length);
  for (let from = 0; from < items.length; from += BATCH) {
    if (signal.aborted) throw new ImportStoppedError();
    const batch = items.slice(from, from + BATCH);
    const stands = await patiently(signal, () =>
      read.kind === "orders"
        ? standingOfOrders(
            sessionId,
            batch.map(({ sent }) => sent),
            context,
          )
        : standingOfSamples(
            sessionId,
            batch.map(({ id }) => id),
            context,
          ),
    );
    standing = standing && stands && sumOf(standing, stands);
    const statuses = await patiently(signal, () =>
      ingestItems({ kind: read.kind, items: batch.map(({ sent }) => sent), entry, context, watchedWords }),
    );
    for (const [index, status] of statuses.entries()) {
      if (status.status === "ok") continue;
      refusedCount += 1;
      if (refused.length < REFUSED_MAX) refused.push({ id: batch[index]?.id ?? "", ...reasonOf(status) });
    }
    await onMoved(Math.min(from + BATCH, items.length), items.length);
  }
  const totals = read.kind === "orders" ? totalsOfOrders(orders) : null;
  return { items: items.length, standing, refused, refusedCount, totals, show: await figuresOf(sessionId, context) };
}

const watchedWords = () => Promise.resolve({ keywords: [], phrases: [] });

/** In the order in which they were placed, whatever the file's order: so the same file shuffled makes the same batches. */
function ordersOf({ read, only }: Running): ImportedOrder[] {
  if (read.kind !== "orders" || !read.table) return [];
  const kept = read.table.result.orders.filter((order) => only === null || isWithin(order, only));
  return kept.toSorted((a, b) => momentOf(a) - momentOf(b) || (a.orderId < b.orderId ? -1 : 1));
}

const momentOf = ({ placedAt, paidAt, sourceUpdatedAt }: ImportedOrder): number =>
  placedAt ?? paidAt ?? sourceUpdatedAt;
const orderItem = (order: ImportedOrder): Item => ({ id: order.orderId, sent: orderSent(order) });
const SampleId = z.object({ sampleId: z.string() });

function samplesOf(read: UploadRead): Item[] {
  const samples = read.kind === "audience" ? (read.table?.result.samples ?? []) : [];
  return samples.map((sample) => {
    const sent = sampleSent(sample);
    return { id: SampleId.parse(sent).sampleId, sent };
  });
}

function sumOf(a: Standing, b: Standing): Standing {
  return { fresh: a.fresh + b.fresh, changed: a.changed + b.changed, same: a.same + b.same };
}

function reasonOf(status: Exclude<ItemStatus, { status: "ok" }>): { code: string; path?: string } {
  if (status.status === "rejected") return { code: status.code };
  const [first] = status.issues;
  return first ? { code: "input.invalid", path: first.path } : { code: "input.invalid" };
}

async function patiently<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof BusyError) || performance.now() > until) throw error;
      if (signal.aborted) throw new ImportStoppedError("while waiting", { cause: error });
      await sleep(Math.max(200, error.retryAfterMs));
    }
  }
}

const Figures = z.object({
  headline: z.object({ paidFen: z.number().nullable(), orders: z.number().nullable() }),
  refunded: z.object({ fen: z.number() }),
});

async function figuresOf(sessionId: string, { directory }: ApiContext): Promise<ImportResult["show"]> {
  const snapshot = await directory.snapshot(sessionId, "control");
  const { headline, refunded } = Figures.parse(valueIn(snapshot, "figures"));
  return { ...headline, refundedFen: refunded.fen };
}
