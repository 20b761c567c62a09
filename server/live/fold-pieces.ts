/**
 * Cuts a tree of plain data (objects, arrays, Maps, Sets, Uint32Arrays) into pieces of about the same weight, and puts it together again. What is too
 * heavy to go with its parent goes as an empty shell, and is filled by later pieces, in order. Two references to one object may become two objects:
 * the tree must not rely on being the same one where it changes in place.
 */
export type Piece = {
  /** Number of the container to fill; the root is 0, the others are numbered as their shells come. */
  readonly into: number;
  /** Keys of a Map or object, members of a Set, an offset in a Uint32Array; unused for arrays. */
  readonly keys: unknown[];
  readonly values: unknown[];
  /** Which of `values` are shells. Those of a Uint32Array come as `null` with their length. */
  readonly shells: { readonly at: number; readonly words: number | null }[];
};

/** Values that a piece holds, more or less: about 3 ms to bring back. A piece can weigh twice as much. */
export const WEIGHT_MAX = 15_000;
/** Text and numbers of typed arrays weigh less than values of their own. */
const BYTES_A_WEIGHT = 32;

export function* piecesOf(root: object, weightMax: number): Generator<Piece> {
  const containers = [root];
  for (let into = 0; into < containers.length; into += 1) {
    const container = containers[into] ?? {};
    // Words come cut already.
    const mayCut = !(container instanceof Uint32Array);
    let piece = emptyPiece(into);
    let weight = 0;
    for (const [key, value] of partsOf(container, weightMax)) {
      const weighs = weigh(value, weightMax) + 1;
      if (mayCut && weighs > weightMax && isContainer(value)) {
        piece.shells.push({ at: piece.values.length, words: value instanceof Uint32Array ? value.length : null });
        piece.values.push(value instanceof Uint32Array ? null : shellOf(value));
        containers.push(value);
      } else {
        piece.values.push(value);
      }
      piece.keys.push(key);
      weight += Math.min(weighs, weightMax);
      if (weight < weightMax) continue;
      yield piece;
      piece = emptyPiece(into);
      weight = 0;
    }
    if (piece.values.length > 0) yield piece;
  }
}

export type Assembly = { add(piece: Piece): void; readonly root: object };

/** Takes the pieces in their order. */
export function assembly(): Assembly {
  const root = {};
  const containers: object[] = [root];
  return {
    root,
    add({ into, keys, values, shells }) {
      for (const { at, words } of shells) {
        if (words !== null) values[at] = new Uint32Array(words);
        const shell = values[at];
        if (typeof shell === "object" && shell !== null) containers.push(shell);
      }
      const container = containers[into];
      if (!container) throw new Error(`a piece fills ${into}, of which there is no shell`);
      fill(container, keys, values);
    },
  };
}

const emptyPiece = (into: number): Piece => ({ into, keys: [], values: [], shells: [] });

function isContainer(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof Uint32Array || !ArrayBuffer.isView(value);
}

function shellOf(container: object): object {
  if (container instanceof Map) return new Map();
  if (container instanceof Set) return new Set();
  return Array.isArray(container) ? [] : {};
}

function* partsOf(container: object, weightMax: number): Iterable<readonly [unknown, unknown]> {
  if (container instanceof Map) yield* container;
  else if (container instanceof Set) for (const member of container) yield [member, null];
  else if (Array.isArray(container)) for (const item of container) yield [null, item];
  else if (container instanceof Uint32Array) {
    const words = (weightMax * BYTES_A_WEIGHT) / Uint32Array.BYTES_PER_ELEMENT;
    // A copy: what is serialised of a view is all of its buffer.
    for (let at = 0; at < container.length; at += words) yield [at, container.slice(at, at + words)];
  } else yield* Object.entries(container);
}

/** By index: a big show has millions of entries. */
function fill(container: object, keys: readonly unknown[], values: readonly unknown[]): void {
  if (container instanceof Map) {
    for (let at = 0; at < keys.length; at += 1) container.set(keys[at], values[at]);
  } else if (container instanceof Set) {
    for (const member of keys) container.add(member);
  } else if (Array.isArray(container)) {
    for (const item of values) container.push(item);
  } else if (container instanceof Uint32Array) {
    for (const [at, words] of values.entries())
      if (words instanceof Uint32Array) container.set(words, Number(keys[at]));
  } else {
    for (const [at, key] of keys.entries()) Object.assign(container, { [String(key)]: values[at] });
  }
}

/** Stops counting once it is more than `most`. */
function weigh(value: unknown, most: number): number {
  if (typeof value === "string") return 1 + Math.floor(value.length / BYTES_A_WEIGHT);
  if (typeof value !== "object" || value === null) return 1;
  if (ArrayBuffer.isView(value)) return 1 + Math.floor(value.byteLength / BYTES_A_WEIGHT);
  let weight = 2;
  const add = (child: unknown): boolean => {
    weight += weigh(child, most - weight);
    return weight > most;
  };
  if (value instanceof Map) {
    for (const [key, child] of value) if (add(key) || add(child)) break;
  } else if (value instanceof Set || Array.isArray(value)) {
    for (const child of value) if (add(child)) break;
  } else {
    for (const child of Object.values(value)) if (add(child)) break;
  }
  return weight;
}
