import { NO_SOURCE, type FunnelRow } from "#domain/source/effect.ts";
import { SOURCE_KINDS, type Source, type SourceKind } from "#domain/source/state.ts";

/** Sources by kind, with what each brought and what a sign-up of it cost. Pure. */

export type Funnel = {
  readonly opened: number;
  readonly signedUp: number;
  readonly invited: number;
  /** `null`: by no code of WeCom, so nobody tells. */
  readonly joinedGroup: number | null;
  readonly watched: number;
  readonly orders: number;
  readonly paidFen: number;
};

export type SourceLine = { readonly source: Source; readonly funnel: Funnel; readonly perSignupFen: number | null };

export type MatrixTotal = {
  readonly funnel: Funnel;
  /** `null`: nobody has said what any of them costs. */
  readonly costFen: number | null;
  readonly targetSignups: number | null;
  readonly perSignupFen: number | null;
};

export type SourceMatrix = {
  readonly kinds: readonly {
    readonly kind: SourceKind;
    readonly lines: readonly SourceLine[];
    readonly total: MatrixTotal;
  }[];
  /** People who came by no source's link, by the way they came; ways that nobody came are left out. */
  readonly elsewhere: readonly { readonly way: Elsewhere; readonly funnel: Funnel }[];
  readonly total: MatrixTotal;
  readonly sources: number;
};

export const WAYS = ["invite", "push", "none"] as const;
export type Elsewhere = (typeof WAYS)[number];

const NOTHING: Funnel = { opened: 0, signedUp: 0, invited: 0, joinedGroup: null, watched: 0, orders: 0, paidFen: 0 };

type Rows = {
  readonly sources: ReadonlyMap<string, Source>;
  /** What the log tells of people by their source. */
  readonly funnels: ReadonlyMap<string, FunnelRow>;
};

export function sourceMatrix({ sources, funnels }: Rows, showArchived: boolean): SourceMatrix {
  const lines = [...sources.values()]
    .filter(({ archived }) => showArchived || !archived)
    .map((source) => lineOf(source, funnels.get(source.sourceId)));
  const byKind = Map.groupBy(lines, ({ source }) => source.kind);
  const kinds = SOURCE_KINDS.flatMap((kind) => {
    const found = byKind.get(kind);
    return found ? [{ kind, lines: found, total: totalOf(found) }] : [];
  });
  const elsewhere = WAYS.flatMap((way) => {
    const told = funnels.get(NO_SOURCE[way]);
    return told && told.signedUp + told.watched + told.orders > 0 ? [{ way, funnel: funnelOf(told) }] : [];
  });
  return { kinds, elsewhere, total: totalOf(lines), sources: lines.length };
}

function lineOf(source: Source, told: FunnelRow | undefined): SourceLine {
  const funnel = { ...funnelOf(told), opened: source.opened, joinedGroup: joinsOf(source) };
  return { source, funnel, perSignupFen: perSignup(source.costFen, funnel.signedUp) };
}

export const joinsOf = ({ wecomCodeId, joined }: Pick<Source, "wecomCodeId" | "joined">): number | null =>
  wecomCodeId === null && joined === 0 ? null : joined;

function funnelOf(told: FunnelRow | undefined): Funnel {
  if (!told) return NOTHING;
  const { signedUp, invited, watched, paidOrders, paidFen } = told;
  return { ...NOTHING, signedUp, invited, watched, orders: paidOrders, paidFen };
}

/** The cost is told source by source: sign-ups of those without one would make the others look cheap. */
function totalOf(lines: readonly SourceLine[]): MatrixTotal {
  const funnel = lines.reduce<Funnel>((sum, line) => added(sum, line.funnel), NOTHING);
  const priced = lines.filter(({ source }) => source.costFen !== null);
  const aimed = lines.filter(({ source }) => source.targetSignups !== null);
  const costFen = priced.length === 0 ? null : priced.reduce((sum, { source }) => sum + (source.costFen ?? 0), 0);
  const signups = priced.reduce((sum, line) => sum + line.funnel.signedUp, 0);
  return {
    funnel,
    costFen,
    targetSignups: aimed.length === 0 ? null : aimed.reduce((sum, { source }) => sum + (source.targetSignups ?? 0), 0),
    perSignupFen: perSignup(costFen, signups),
  };
}

const added = (a: Funnel, b: Funnel): Funnel => ({
  opened: a.opened + b.opened,
  signedUp: a.signedUp + b.signedUp,
  invited: a.invited + b.invited,
  joinedGroup: a.joinedGroup === null ? b.joinedGroup : a.joinedGroup + (b.joinedGroup ?? 0),
  watched: a.watched + b.watched,
  orders: a.orders + b.orders,
  paidFen: a.paidFen + b.paidFen,
});

const perSignup = (costFen: number | null, signups: number): number | null =>
  costFen === null || signups === 0 ? null : Math.round(costFen / signups);

/** `null`: a share of nothing. */
export const shareOf = (part: number, whole: number | null): number | null =>
  whole === null || whole === 0 ? null : part / whole;
