import type { FunnelRow } from "#domain/source/effect.ts";
import type { Source } from "#domain/source/state.ts";
import { joinsOf, sinceBegun } from "../sources/source-matrix.shape.ts";

/** From opening to paying, and where those who signed up came from. Pure. */

export const STEPS = ["opened", "reserved", "signedUp", "invited", "joined", "watched", "paid"] as const;
export type Step = (typeof STEPS)[number];

export type FunnelStep = {
  readonly step: Step;
  /** `null`: nobody told. */
  readonly count: number | null;
  /** Of the widest step. */
  readonly width: number;
  /** Of those whom it is a part of, where both are known: of openings, or of everybody who signed up. */
  readonly share: number | null;
};

export type FunnelKnown = {
  readonly sources: ReadonlyMap<string, Source>;
  readonly funnel: ReadonlyMap<string, FunnelRow>;
  readonly reserved: number | null;
  readonly signedUp: number;
  readonly invited: number;
  readonly watched: number;
  readonly hasBegun: boolean;
};

/** Openings are known of sources alone, joins of those with a code of WeCom; where there is none nobody knows. */
export function funnelSteps({ sources, funnel, hasBegun, ...known }: FunnelKnown): FunnelStep[] {
  const { reserved, signedUp, invited, watched } = known;
  const sum = (of: (source: Source) => number | null) =>
    [...sources.values()].reduce<number | null>((all, source) => {
      const count = of(source);
      return count === null ? all : (all ?? 0) + count;
    }, null);
  const orders = [...funnel.values()].reduce((all, row) => all + row.paidOrders, 0);
  const counts: Record<Step, number | null> = {
    opened: sum((source) => source.opened),
    reserved,
    signedUp,
    invited,
    joined: sum(joinsOf),
    watched: sinceBegun(watched, hasBegun),
    paid: sinceBegun(orders, hasBegun),
  };
  const share = (part: number | null, of: number | null) => (part === null || !of ? null : part / of);
  // Openings are counted of links with a source's code: only who came by those is measured against them.
  const bySource = [...sources.keys()].reduce((all, id) => all + (funnel.get(id)?.signedUp ?? 0), 0);
  // Who joins by a code need not have signed up, and an order is no person: neither is a share of anything here.
  const shares: { readonly [S in Step]?: number | null } = {
    signedUp: share(bySource, counts.opened),
    invited: share(invited, signedUp),
    watched: share(counts.watched, signedUp),
  };
  const widest = Math.max(1, ...STEPS.map((step) => counts[step] ?? 0));
  return STEPS.map((step) => {
    const count = counts[step];
    return { step, count, width: (count ?? 0) / widest, share: shares[step] ?? null };
  });
}

export type SourceLine = {
  readonly sourceId: string;
  /** `null`: none of the show's sources; its id says which way people came. */
  readonly name: string | null;
  readonly kind: Source["kind"] | null;
  readonly target: number | null;
  readonly signedUp: number;
  readonly invited: number;
  readonly joined: number | null;
  /** `null`: the show has not begun. */
  readonly paidOrders: number | null;
};

/** Those that brought most stand first; a source that brought nobody is listed where it was to bring somebody. */
export function sourceLines(
  sources: ReadonlyMap<string, Source>,
  funnel: ReadonlyMap<string, FunnelRow>,
  hasBegun: boolean,
): SourceLine[] {
  const brought = (row: FunnelRow | undefined) => ({
    signedUp: row?.signedUp ?? 0,
    invited: row?.invited ?? 0,
    paidOrders: sinceBegun(row?.paidOrders ?? 0, hasBegun),
  });
  const named = [...sources.values()]
    .filter(({ archived, sourceId }) => !archived || (funnel.get(sourceId)?.signedUp ?? 0) > 0)
    .map(({ sourceId, name, kind, targetSignups, joined }) => ({
      ...brought(funnel.get(sourceId)),
      sourceId,
      name,
      kind,
      target: targetSignups,
      joined,
    }));
  const others = [...funnel.values()]
    .filter(({ sourceId, signedUp }) => !sources.has(sourceId) && signedUp > 0)
    .map((row) => ({ ...brought(row), sourceId: row.sourceId, name: null, kind: null, target: null, joined: null }));
  return [...named, ...others].toSorted((a, b) => b.signedUp - a.signedUp || (b.target ?? 0) - (a.target ?? 0));
}
