import { NO_SOURCE, type FunnelRow } from "#domain/source/effect.ts";
import { SOURCE_KINDS, type Source, type SourceKind } from "#domain/source/state.ts";

/** Sources by kind, with what each brought and what a sign-up of it cost. Pure. */

export type Funnel = {
  readonly opened: number;
  readonly signedUp: number;
  readonly invited: number;
  /** `null`: by no code of WeCom, so nobody tells. */
  readonly joinedGroup: number | null;
  /** `null`, as the two below: the show has not begun, and nothing told otherwise. */
  readonly watched: number | null;
  readonly orders: number | null;
  readonly paidFen: number | null;
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

const NOTHING = { signedUp: 0, invited: 0, watched: 0, paidOrders: 0, paidFen: 0 };
const NO_SUM: Funnel = {
  opened: 0,
  signedUp: 0,
  invited: 0,
  joinedGroup: null,
  watched: null,
  orders: null,
  paidFen: null,
};

type Rows = {
  readonly sources: ReadonlyMap<string, Source>;
  /** What the log tells of people by their source. */
  readonly funnels: ReadonlyMap<string, FunnelRow>;
  readonly hasBegun: boolean;
};

/** Before the show nobody can have watched or bought in it: 0 would read as a result. */
export const sinceBegun = (count: number, hasBegun: boolean): number | null => (hasBegun || count > 0 ? count : null);

export function sourceMatrix({ sources, funnels, hasBegun }: Rows, showArchived: boolean): SourceMatrix {
  const lines = [...sources.values()]
    .filter(({ archived }) => showArchived || !archived)
    .map((source) => lineOf(source, funnels.get(source.sourceId), hasBegun));
  const byKind = Map.groupBy(lines, ({ source }) => source.kind);
  const kinds = SOURCE_KINDS.flatMap((kind) => {
    const found = byKind.get(kind);
    return found ? [{ kind, lines: found, total: totalOf(found) }] : [];
  });
  const elsewhere = WAYS.flatMap((way) => {
    const told = funnels.get(NO_SOURCE[way]);
    return told && told.signedUp + told.watched + told.orders > 0 ? [{ way, funnel: funnelOf(told, hasBegun) }] : [];
  });
  return { kinds, elsewhere, total: totalOf(lines), sources: lines.length };
}

function lineOf(source: Source, told: FunnelRow | undefined, hasBegun: boolean): SourceLine {
  const funnel = { ...funnelOf(told, hasBegun), opened: source.opened, joinedGroup: joinsOf(source) };
  return { source, funnel, perSignupFen: perSignup(source.costFen, funnel.signedUp) };
}

export const joinsOf = ({ wecomCodeId, joined }: Pick<Source, "wecomCodeId" | "joined">): number | null =>
  wecomCodeId === null && joined === 0 ? null : joined;

function funnelOf(told: FunnelRow | undefined, hasBegun: boolean): Funnel {
  const { signedUp, invited, watched, paidOrders, paidFen } = told ?? NOTHING;
  const orders = sinceBegun(paidOrders, hasBegun);
  return {
    opened: 0,
    signedUp,
    invited,
    joinedGroup: null,
    watched: sinceBegun(watched, hasBegun),
    orders,
    paidFen: orders === null ? null : paidFen,
  };
}

/** The cost is told source by source: sign-ups of those without one would make the others look cheap. */
function totalOf(lines: readonly SourceLine[]): MatrixTotal {
  const funnel = lines.reduce<Funnel>((sum, line) => added(sum, line.funnel), NO_SUM);
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
  joinedGroup: knownSum(a.joinedGroup, b.joinedGroup),
  watched: knownSum(a.watched, b.watched),
  orders: knownSum(a.orders, b.orders),
  paidFen: knownSum(a.paidFen, b.paidFen),
});

/** Of what is known; of nothing known, nothing is. */
const knownSum = (a: number | null, b: number | null): number | null => (a === null ? b : a + (b ?? 0));

const perSignup = (costFen: number | null, signups: number): number | null =>
  costFen === null || signups === 0 ? null : Math.round(costFen / signups);

/** `null`: a share of nothing. */
export const shareOf = (part: number, whole: number | null): number | null =>
  whole === null || whole === 0 ? null : part / whole;
