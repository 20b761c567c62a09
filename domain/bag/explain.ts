import { z } from "zod";
import { Evidence, handEvidence } from "../evidence.ts";
import { reject, type Ctx } from "../op.ts";
import { Id, Instant, instant } from "../units.ts";
import type { Product } from "./product.ts";
import { withProduct, type BagState } from "./state.ts";

/** Explaining (rules BAG5, BAG6): at most one product at a time; explaining another ends the former in the same act. */

export const Explained = z.object({ productId: Id, round: z.int().min(1), since: Instant, evidence: Evidence });
export type Explained = z.infer<typeof Explained>;

/** `from` ended when `to` began. */
export const ExplainedEvent = z.object({ from: Explained.nullable(), to: Explained });
export const ExplainEndedEvent = z.object({ from: Explained, endedAt: Instant, evidence: Evidence });
/** An undo: `from` never was, `to` goes on. */
export const ExplainRestoredEvent = z.object({ from: Explained.nullable(), to: Explained.nullable() });

export function currentExplained(bag: BagState): Explained | null {
  const product = bag.explained && bag.products.get(bag.explained.productId);
  return product?.explained ? { productId: product.productId, ...product.explained } : null;
}

/** Refuses what was pressed on a screen that showed another product as explained. */
export function staleExplained(bag: BagState, seen: { readonly explained: string | null } | undefined) {
  const explained = bag.explained?.productId ?? null;
  return seen && seen.explained !== explained ? reject("state.changed", { explained }) : undefined;
}

export function decideExplain(bag: BagState, productId: string, ago: number, ctx: Ctx) {
  const product = bag.products.get(productId);
  if (!product) return reject("bag.notFound", { productId });
  const from = currentExplained(bag);
  if (from?.productId === productId) return reject("bag.alreadyExplained", { productId, since: from.since });
  const evidence = handEvidence(ctx, ago);
  const since = instant(Math.max(evidence.happenedAt, from?.since ?? 0, product.rounds.at(-1)?.to ?? 0));
  const to = { productId, round: (product.rounds.at(-1)?.round ?? 0) + 1, since, evidence };
  // Who explains it has it in the bag; the hand that forgot to say so is not stopped.
  const added = product.inBag.value
    ? []
    : [{ type: "bag.added.v1" as const, data: { productId, from: product.inBag, evidence } }];
  return [...added, { type: "bag.explained.v1" as const, data: { from, to } }];
}

/** `showEnd`: the show is over, and the explanation with it, at that second. */
export function decideEndExplain(bag: BagState, ago: number, ctx: Ctx, showEnd: Instant | null) {
  const from = currentExplained(bag);
  if (!from) return reject("bag.nothingExplained");
  const { type, data } = endOf(from, ago, ctx);
  const endedAt = showEnd === null ? data.endedAt : instant(Math.max(showEnd, from.since));
  return [{ type, data: { ...data, endedAt } }];
}

export function endOf(from: Explained, ago: number, ctx: Ctx) {
  const evidence = handEvidence(ctx, ago);
  const endedAt = instant(Math.max(evidence.happenedAt, from.since));
  return { type: "bag.explainEnded.v1" as const, data: { from, endedAt, evidence } };
}

export function foldExplained(bag: BagState, { from, to }: z.infer<typeof ExplainedEvent>): BagState {
  const ended = from ? endRound(bag, from, to.since) : bag;
  const { productId, round, since, evidence } = to;
  const begun = withProduct(ended, productId, (product) => ({
    ...product,
    explained: { round, since, evidence },
    rounds: [...product.rounds, { round, from: since, to: null }],
  }));
  return { ...begun, explained: { productId, round, since } };
}

export function foldExplainEnded(bag: BagState, { from, endedAt }: z.infer<typeof ExplainEndedEvent>): BagState {
  return { ...endRound(bag, from, endedAt), explained: null };
}

/** BAG18: the round that ran when the show ended, ends with it, also when the end is set right. */
export function moveCutRound(bag: BagState, endedAt: Instant | null): BagState {
  const { cutByEnd } = bag;
  if (!cutByEnd || endedAt === null) return bag;
  return withProduct(bag, cutByEnd.productId, (product) => ({
    ...product,
    rounds: product.rounds.map((each) =>
      each.round === cutByEnd.round ? { ...each, to: endedAt > each.from ? endedAt : each.from } : each,
    ),
  }));
}

function endRound(bag: BagState, { productId, round }: Explained, to: Instant): BagState {
  return withProduct(bag, productId, (product) => ({
    ...product,
    explained: null,
    rounds: product.rounds.map((each) => (each.round === round ? { ...each, to } : each)),
  }));
}

export function foldExplainRestored(bag: BagState, { from, to }: z.infer<typeof ExplainRestoredEvent>): BagState {
  let state = bag;
  if (from) {
    state = withProduct(state, from.productId, (product) => ({
      ...product,
      explained: null,
      rounds: product.rounds.filter(({ round }) => round !== from.round),
    }));
  }
  if (!to) return { ...state, explained: null };
  const { productId, round, since, evidence } = to;
  state = withProduct(state, productId, (product) => ({
    ...product,
    explained: { round, since, evidence },
    rounds: product.rounds.map((each) => (each.round === round ? { ...each, to: null } : each)),
  }));
  return { ...state, explained: { productId, round, since } };
}

export function undoExplained(bag: BagState, { from, to }: z.infer<typeof ExplainedEvent>) {
  const now = currentExplained(bag);
  if (!now || now.productId !== to.productId || now.round !== to.round) return supersededBy(now);
  if (from && !isInBag(bag, from)) return reject("undo.hasConsequences", { productId: from.productId });
  return [{ type: "bag.explainRestored.v1" as const, data: { from: now, to: from } }];
}

export function undoExplainEnded(bag: BagState, { from }: z.infer<typeof ExplainEndedEvent>) {
  const now = currentExplained(bag);
  const last: Product["rounds"][number] | undefined = bag.products.get(from.productId)?.rounds.at(-1);
  if (now || last?.round !== from.round) return supersededBy(now);
  if (!isInBag(bag, from)) return reject("undo.hasConsequences", { productId: from.productId });
  return [{ type: "bag.explainRestored.v1" as const, data: { from: null, to: from } }];
}

const isInBag = (bag: BagState, { productId }: Explained): boolean => bag.products.get(productId)?.inBag.value === true;

function supersededBy(now: Explained | null) {
  return reject("undo.superseded", now && { productId: now.productId });
}
