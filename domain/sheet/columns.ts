import { type Cell, cellText, isBlank, type Row } from "./cells.ts";

/** One thing that a table can tell, and the names that the trade gives its column, the usual one first. */
export type FieldSpec<F extends string> = {
  readonly field: F;
  readonly names: readonly string[];
  /** Names that others use for other things too: they need the cells below on their side. */
  readonly weakNames?: readonly string[];
  /** Several columns may carry it (卖点1, 卖点2; 商品优惠, 跨店优惠). */
  readonly many?: true;
  /** Whether a cell below can be such a value. A column of which most cells can't is trusted less. */
  readonly plausible?: (cell: Cell) => boolean;
};

/** Field to column numbers, from 0. */
export type Mapping<F extends string> = Readonly<Partial<Record<F, readonly number[]>>>;

export type RecognisedColumn<F extends string> = {
  readonly col: number;
  readonly header: string;
  readonly field: F | null;
  /** 1 mapped by hand before, 0.95 the usual name, below 0.7 worth a look by a person. */
  readonly confidence: number;
};

export type Recognised<F extends string> = {
  readonly mapping: Mapping<F>;
  readonly columns: readonly RecognisedColumn<F>[];
};

/** What a room remembers: the header's plain form to its field, "" for a column to leave out. */
export type RememberedColumns = Readonly<Record<string, string>>;

/** The plain form of a header: what two people would call the same words. */
export function headerKey(header: Cell | undefined): string {
  return cellText(header)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s*:_"'【】[\]「」★☆※]+/g, "")
    .slice(0, 80);
}

const UNIT =
  /\((?:单位)?[:：]?(?:元|rmb|¥|人民币|件|个|分钟|分|秒|s|min|人|次|单|必填|选填|可选|含税|%|万元?|h|小时)(?:[/,、](?:元|件|个|分钟|人|次|选填|必填))?\)|\/元$|-元$/g;

const withoutUnit = (key: string): string => key.replace(UNIT, "");

/** Plain forms of the names of a field, made once. */
const KEYS = new WeakMap<readonly string[], readonly string[]>();

function keysOf(names: readonly string[]): readonly string[] {
  const known = KEYS.get(names) ?? names.map(headerKey);
  KEYS.set(names, known);
  return known;
}

function nameConfidence(key: string, names: readonly string[]): number {
  const bare = withoutUnit(key);
  let best = 0;
  for (const [rank, wanted] of keysOf(names).entries()) {
    const order = Math.min(rank, 20) / 1000; // among equals the more usual name
    if (key === wanted) best = Math.max(best, 0.95 - order);
    else if (bare === wanted || bare === withoutUnit(wanted)) best = Math.max(best, 0.9 - order);
    else if (bare.replace(/\d{1,2}$/, "") === wanted) best = Math.max(best, 0.85 - order);
    else if (wanted.length >= 2 && bare.length <= 24 && bare.includes(wanted))
      best = Math.max(best, 0.4 + (0.35 * wanted.length) / bare.length - order);
  }
  return best;
}

/** The cells below may belie a name. A certain name stands even so: its bad cells are then errors to be shown. */
function believed<F extends string>(spec: FieldSpec<F>, named: number, cells: readonly Cell[]): number {
  const filled = cells.filter((cell) => !isBlank(cell));
  if (!spec.plausible || filled.length === 0) return named;
  const plausible = filled.filter(spec.plausible).length / filled.length;
  if (plausible >= 0.5) return named;
  return named > 0.8 ? named * 0.75 : named * 0.4;
}

const WORTH = 0.45;

/**
 * Says which column is what. What was mapped by hand before wins; else the closest name, each column and each
 * single field at most once. Samples are a few rows from below the header.
 */
export function recognise<F extends string>(
  header: Row,
  specs: readonly FieldSpec<F>[],
  options: { readonly samples: readonly Row[]; readonly remembered: RememberedColumns },
): Recognised<F> {
  const keys = header.map(headerKey);
  const chosen = new Map<number, { field: F | null; confidence: number }>();
  const taken = new Set<F>();
  const claims: { col: number; spec: FieldSpec<F>; confidence: number }[] = [];
  for (const [col, key] of keys.entries()) {
    const before = key === "" ? undefined : options.remembered[key];
    if (before === "") chosen.set(col, { field: null, confidence: 1 });
    for (const spec of key === "" || before === "" ? [] : specs) {
      const weak = spec.weakNames && keysOf(spec.weakNames).includes(key) ? 0.65 : 0;
      const named = Math.max(weak, nameConfidence(key, spec.names));
      const cells = options.samples.map((row) => row[col] ?? "");
      const confidence = before === spec.field ? 1 : believed(spec, named, cells);
      if (confidence >= WORTH) claims.push({ col, spec, confidence });
    }
  }
  claims.sort((a, b) => b.confidence - a.confidence || a.col - b.col);
  for (const { col, spec, confidence } of claims) {
    if (chosen.has(col) || (taken.has(spec.field) && !spec.many)) continue;
    chosen.set(col, { field: spec.field, confidence });
    taken.add(spec.field);
  }
  const columns = header.map((cell, col) => {
    const choice = chosen.get(col);
    return { col, header: cellText(cell), field: choice?.field ?? null, confidence: choice?.confidence ?? 0 };
  });
  return { mapping: mappingOf(columns), columns };
}

/** The mapping that a person confirmed, from column choices. */
export function mappingOf<F extends string>(
  columns: readonly { readonly col: number; readonly field: F | null }[],
): Mapping<F> {
  const mapping: Partial<Record<F, number[]>> = {};
  for (const { col, field } of columns) {
    if (field === null) continue;
    const list: number[] = mapping[field] ?? [];
    mapping[field] = [...list, col];
  }
  return mapping;
}

/** What to keep for the room, so that the next sheet with these headers needs no hand. */
export function rememberColumns<F extends string>(
  columns: readonly { readonly header: string; readonly field: F | null }[],
): RememberedColumns {
  const remembered: Record<string, string> = {};
  for (const { header, field } of columns) {
    const key = headerKey(header);
    if (key !== "") remembered[key] = field ?? "";
  }
  return remembered;
}
