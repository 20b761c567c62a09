import { z } from "zod";
import type { EventLogReader } from "#db/event-log-reader.ts";
import { foundProducts } from "#domain/bag/same-products.ts";
import { copiedCues, type CopiedStretch, type Lengths } from "#domain/copied-cues.ts";
import { Act, CueText, type Cue } from "#domain/cue.ts";
import { engine } from "#domain/ops/index.ts";
import type { Json } from "#domain/op.ts";
import { Id, Instant } from "#domain/units.ts";
import { undoSeqOf } from "#domain/wire.ts";
import type { StoredEvent } from "#domain/event.ts";
import type { Ok } from "#domain/engine.ts";
import { idFrom } from "../../auth/ids.ts";
import type { Directory, Sender } from "../../live/directory-contract.ts";
import { productsIn, type PlacedProduct } from "./copy-parts.ts";
import { read } from "./copy-reading.ts";
import type { ShowSlices } from "./copy-reading.ts";
import { slicesOf } from "./copy-show.ts";
import { accepted } from "./show-routes.ts";

/**
 * Puts cues of one show into the rundown of another, in one act. Products that the other lacks come along where that was asked for, each an act of
 * its own before it. A request that comes again under its key finds in the log what it has done already, does what is missing, and answers as if it
 * had come once: so all of it can be undone, whichever of its answers was lost.
 */

export type CueCopying = {
  readonly from: string;
  readonly to: string;
  /** `null`: all of them, in order. */
  readonly cueIds: readonly string[] | null;
  readonly lengths: Lengths;
  /** Behind which cue; `null` is the top, left out the end. */
  readonly afterCueId?: string | null | undefined;
  /** Products of the past show that may come along. */
  readonly takeProducts: readonly string[];
  readonly key: string;
  readonly sender: Sender;
};

export type CopiedCues = {
  readonly cues: number;
  readonly products: number;
  readonly skipped: CopiedStretch["skipped"];
  readonly actsLeftOut: number;
  /** Of what was done, the last act first: undone in this order, all is as before. */
  readonly undo: readonly number[];
};

const Stretch = z.object({ from: Instant, to: Instant.nullable() });
/** A cue as control sees it. */
const SourceCue = CueText.extend({
  acts: z.array(Act),
  cueId: Id,
  originId: Id,
  round: z.int(),
  addedLive: z.boolean(),
  state: z.enum(["waiting", "current", "done", "skipped"]),
  from: Instant.nullable(),
  to: Instant.nullable(),
  pauses: z.array(Stretch),
  gaps: z.array(Stretch),
  version: z.int(),
});
const Order = z.object({ order: z.array(Id) });
/** Of `bag.createProduct`. */
const Created = z.object({ added: z.tuple([z.object({ productId: Id })]) });
const Added = z.object({ cues: z.array(z.unknown()) });
const Made = z.object({ productIds: z.tuple([Id]) });
const Titled = z.object({ carrier: z.string(), title: z.string() });
const TitledCoupon = Titled.extend({ couponId: Id });
const TitledLottery = Titled.extend({ lotteryId: Id });

type CopyDeps = {
  readonly directory: Directory;
  readonly eventLog: Pick<EventLogReader, "read">;
  readonly secret: string;
};
/** An act of an earlier sending. */
type Done = Pick<StoredEvent, "seq" | "data">;

export async function copyCues(copying: CueCopying, { directory, eventLog, secret }: CopyDeps): Promise<CopiedCues> {
  const { from, to, key, sender, takeProducts, lengths, afterCueId } = copying;
  const [source, target] = await Promise.all([slicesOf(directory, from), slicesOf(directory, to)]);
  // Read after the view, so that whatever of an earlier sending stands in that is known to be its.
  const done = await actsUnder(key, { to, by: sender.id, eventLog });
  const cues = chosenCues(source, copying.cueIds);
  const undo = [...done.values()].map(({ seq }) => seq).toReversed();
  let products = 0;
  const send = async (id: string, type: string, input: Json): Promise<Ok> => {
    const parsed = engine.parse({ id, type, input });
    if (!("parsed" in parsed)) throw new Error(`copying made a malformed ${type}: ${JSON.stringify(parsed.issues)}`);
    const answer = accepted(await directory.send(to, parsed.parsed, sender));
    const seq = undoSeqOf(answer);
    if (seq !== null) undo.unshift(seq);
    return answer;
  };

  const past = productsIn(source);
  const newIds = new Map(foundProducts(productsIn(target), past));
  for (const { productId } of past) {
    const made = done.get(productOf(key, productId));
    if (!made) continue;
    newIds.set(productId, createdIn(made.data));
    products += 1;
  }
  const missing = past.filter(
    ({ productId }) => takeProducts.includes(productId) && isNeeded(productId, cues) && !newIds.has(productId),
  );
  const used = new Set(productsIn(target).map(({ linkNo }) => linkNo));
  for (const product of missing) {
    const { result } = await send(productOf(key, product.productId), "bag.createProduct", planOf(product, used));
    newIds.set(product.productId, Made.parse(result).productIds[0]);
  }
  learnParts(newIds, source, missing.length === 0 ? target : await slicesOf(directory, to));

  const stretch = copiedCues(cues, lengths, newIds);
  const added = done.get(`cues:${key}`);
  if (!added && stretch.cues.length > 0) {
    await send(`cues:${key}`, "rundown.addCues", {
      cues: stretch.cues.map(({ sourceId, ...cue }) => ({
        ...cue,
        acts: [...cue.acts],
        cueId: idFrom("s", secret, "cue", key, sourceId),
      })),
      ...(afterCueId === undefined ? {} : { afterCueId }),
    });
  }
  return {
    cues: added ? Added.parse(added.data).cues.length : stretch.cues.length,
    products: products + missing.length,
    skipped: stretch.skipped,
    actsLeftOut: stretch.actsLeftOut,
    undo,
  };
}

const createdIn = (data: unknown): string => Created.parse(data).added[0].productId;
const productOf = (key: string, productId: string) => `cues:${key}:${productId}`;

/** What was done under a key before, by the ids of its commands, in the order of the log. */
async function actsUnder(
  key: string,
  { to, by, eventLog }: { to: string; by: string; eventLog: CopyDeps["eventLog"] },
): Promise<ReadonlyMap<string, Done>> {
  const acts = new Map<string, Done>();
  const prefix = `cues:${key}`;
  await eventLog.read(to, { after: 0 }, (events) => {
    for (const { commandId, by: who, seq, data } of events) {
      if (who === by && (commandId === prefix || commandId.startsWith(`${prefix}:`)))
        acts.set(commandId, { seq, data });
    }
  });
  return acts;
}

function chosenCues(source: ShowSlices, cueIds: readonly string[] | null): Cue[] {
  const cues = new Map((read(source, "cues", z.array(SourceCue)) ?? []).map((cue) => [cue.cueId, cue]));
  const { order } = read(source, "cueOrder", Order) ?? { order: [] };
  const chosen = cueIds === null ? null : new Set(cueIds);
  return order.flatMap((cueId) => (chosen && !chosen.has(cueId) ? [] : (cues.get(cueId) ?? [])));
}

const isNeeded = (productId: string, cues: readonly Cue[]) => cues.some((cue) => cue.productId === productId);

/** As planned, under its link number where that is free; the rules give it another one else. */
function planOf(
  { productId: _id, position: _position, linkNo, skus, ...plan }: PlacedProduct,
  used: Set<number>,
): Json {
  const free = !used.has(linkNo);
  if (free) used.add(linkNo);
  return { ...plan, ...(free ? { linkNo } : {}), skus: skus.map(({ skuId: _skuId, ...sku }) => sku) };
}

/** What acts refer to beside products: SKUs by the platform's id or their name, coupons and lotteries by carrier and title. */
function learnParts(newIds: Map<string, string>, source: ShowSlices, target: ShowSlices): void {
  const there = new Map(productsIn(target).map((product) => [product.productId, product]));
  for (const { productId, skus } of productsIn(source)) {
    const same = there.get(newIds.get(productId) ?? "");
    for (const { skuId, platformId, name } of same ? skus : []) {
      const found =
        same?.skus.find((sku) => platformId !== null && sku.platformId === platformId) ??
        same?.skus.find((sku) => sku.name === name);
      if (found) newIds.set(skuId, found.skuId);
    }
  }
  const byTitle = <T extends z.infer<typeof Titled>>(name: string, schema: z.ZodType<T>, id: (row: T) => string) => {
    const rows = (slices: ShowSlices) => read(slices, name, z.array(schema)) ?? [];
    const known = new Map(rows(target).map((row) => [`${row.carrier} ${row.title}`, id(row)]));
    for (const row of rows(source)) {
      const found = known.get(`${row.carrier} ${row.title}`);
      if (found !== undefined) newIds.set(id(row), found);
    }
  };
  byTitle("coupons", TitledCoupon, ({ couponId }) => couponId);
  byTitle("lotteries", TitledLottery, ({ lotteryId }) => lotteryId);
}
