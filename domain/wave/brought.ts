import type { PushEffects } from "../metrics/push-effect.ts";
import type { SourceEffectState } from "../source/effect.ts";
import { same } from "../same.ts";
import type { Beat, Cell } from "./shapes.ts";
import type { WaveState } from "./state.ts";

/** What cells and beats brought (WAV8): by the links of their push, else by those of their source. */

export type Brought = {
  readonly opens: number;
  readonly signups: number;
  readonly claims: number;
  readonly paidOrders: number;
  readonly paidFen: number;
};
export type CellEffect = Brought & { readonly cellId: string; readonly by: "push" | "source" };

const NOTHING: Brought = { opens: 0, signups: 0, claims: 0, paidOrders: 0, paidFen: 0 };

export type BroughtSee = {
  readonly pushEffect: Pick<PushEffects, "effects">;
  readonly sourceEffect: Pick<SourceEffectState, "rows">;
  readonly source: { readonly sources: ReadonlyMap<string, { readonly opened: number }> };
};

/** `null`: nothing that it brings can be told from what came anyway. */
export function broughtBy({ cellId, pushId, sourceId }: Cell, see: BroughtSee): CellEffect | null {
  if (pushId !== null) {
    const { opens, signups, claims, paidOrders, paidFen } = see.pushEffect.effects.get(pushId) ?? NOTHING;
    return { cellId, by: "push", opens, signups, claims, paidOrders, paidFen };
  }
  if (sourceId === null) return null;
  const row = see.sourceEffect.rows.get(sourceId);
  const opens = see.source.sources.get(sourceId)?.opened ?? 0;
  const { signedUp: signups = 0, paidOrders = 0, paidFen = 0 } = row ?? {};
  return { cellId, by: "source", opens, signups, claims: 0, paidOrders, paidFen };
}

/** A source that several cells of a beat name is counted once. */
function broughtByBeat(cells: readonly Cell[], see: BroughtSee): Brought {
  const seen = new Set<string>();
  let sum = NOTHING;
  for (const cell of cells) {
    const of = cell.pushId ?? cell.sourceId;
    const effect = of === null || seen.has(of) ? null : broughtBy(cell, see);
    if (of === null || !effect) continue;
    seen.add(of);
    sum = {
      opens: sum.opens + effect.opens,
      signups: sum.signups + effect.signups,
      claims: sum.claims + effect.claims,
      paidOrders: sum.paidOrders + effect.paidOrders,
      paidFen: sum.paidFen + effect.paidFen,
    };
  }
  return sum;
}

export type BeatEffect = Brought & { readonly beatId: string };

const cellsKnown = new WeakMap<Cell, CellEffect>();
const beatsKnown = new WeakMap<Beat, BeatEffect>();

/** The same rows as long as nothing came. */
export function cellEffects(cells: ReadonlyMap<string, Cell>, see: BroughtSee): ReadonlyMap<string, CellEffect> {
  return new Map(
    [...cells].flatMap(([cellId, cell]) => {
      const now = broughtBy(cell, see);
      return now ? [[cellId, unchanged(cellsKnown, cell, now)] as const] : [];
    }),
  );
}

/** Beats stand beside each other and are not added up: a source that two of them name stands in both. */
export function beatEffects({ beats, cells }: WaveState, see: BroughtSee): ReadonlyMap<string, BeatEffect> {
  return new Map(
    beats.map((beat) => {
      const inBeat = [...cells.values()].filter(({ beatId }) => beatId === beat.beatId);
      return [beat.beatId, unchanged(beatsKnown, beat, { beatId: beat.beatId, ...broughtByBeat(inBeat, see) })];
    }),
  );
}

function unchanged<K extends object, E extends object>(known: WeakMap<K, E>, of: K, now: E): E {
  const before = known.get(of);
  if (before && same(before, now)) return before;
  known.set(of, now);
  return now;
}
