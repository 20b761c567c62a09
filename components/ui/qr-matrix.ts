/**
 * QR codes (ISO/IEC 18004) of short texts, for links that a phone opens: byte mode, error correction M, versions 1 to 10. Pure; checked
 * against a code of the standard's own kind and against another encoder in qr-matrix.test.ts.
 */

/** By version: codewords of correction in a block, then data codewords of each block. */
const BLOCKS: readonly (readonly [correction: number, data: readonly number[]])[] = [
  [10, [16]],
  [16, [28]],
  [26, [44]],
  [18, [32, 32]],
  [24, [43, 43]],
  [16, [27, 27, 27, 27]],
  [18, [31, 31, 31, 31]],
  [22, [38, 38, 39, 39]],
  [22, [36, 36, 36, 37, 37]],
  [26, [43, 43, 43, 43, 44]],
];
/** Centres of the alignment patterns from version 2 on. */
const ALIGNED: readonly (readonly number[])[] = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];

const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

export type QrMatrix = readonly (readonly boolean[])[];

/** Dark modules by row, without the quiet zone; `null`: the text is too long. */
export function qrMatrix(text: string): QrMatrix | null {
  const bytes = new TextEncoder().encode(text);
  const version = 1 + BLOCKS.findIndex(([, data], index) => bytes.length <= sum(data) - (index < 9 ? 2 : 3));
  const blocks = BLOCKS[version - 1];
  if (!blocks) return null;
  const bits = interleaved(dataCodewords(bytes, version, sum(blocks[1])), blocks).flatMap((byte) => bitsOf(byte, 8));
  const candidates = MASKS.map((_isTurned, mask) => drawn(version, bits, mask));
  return candidates.reduce((best, next) => (penalty(next) < penalty(best) ? next : best));
}

function dataCodewords(bytes: Uint8Array, version: number, capacity: number): number[] {
  const bits = [...bitsOf(0b0100, 4), ...bitsOf(bytes.length, version < 10 ? 8 : 16)];
  for (const byte of bytes) bits.push(...bitsOf(byte, 8));
  bits.push(...bitsOf(0, Math.min(4, capacity * 8 - bits.length)));
  while (bits.length % 8 !== 0) bits.push(0);
  const words: number[] = [];
  for (let at = 0; at < bits.length; at += 8)
    words.push(bits.slice(at, at + 8).reduce((word, bit) => word * 2 + bit, 0));
  for (let pad = 0; words.length < capacity; pad += 1) words.push(pad % 2 === 0 ? 0xec : 0x11);
  return words;
}

/** The blocks' codewords one from each in turn, data first, then correction. */
function interleaved(words: readonly number[], [correction, sizes]: (typeof BLOCKS)[number]): number[] {
  let from = 0;
  const data = sizes.map((size) => words.slice(from, (from += size)));
  const inTurn = (blocks: readonly (readonly number[])[], length: number) =>
    Array.from({ length }, (_none, at) => blocks.flatMap((block) => block[at] ?? [])).flat();
  const corrections = data.map((block) => remainder(block, correction));
  return [...inTurn(data, Math.max(...sizes)), ...inTurn(corrections, correction)];
}

/** Reed-Solomon over GF(256) with the polynomial x⁸ + x⁴ + x³ + x² + 1. */
function remainder(data: readonly number[], count: number): number[] {
  let generator = [1];
  let root = 1;
  for (let at = 0; at < count; at += 1) {
    generator = [...generator, 0].map((term, index) => term ^ times(generator[index - 1] ?? 0, root));
    root = times(root, 2);
  }
  const rest = Array.from({ length: count }, () => 0);
  for (const word of data) {
    const factor = word ^ (rest.shift() ?? 0);
    rest.push(0);
    for (let at = 0; at < count; at += 1) rest[at] = (rest[at] ?? 0) ^ times(generator[at + 1] ?? 0, factor);
  }
  return rest;
}

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> bit) & 1) * a);
  return product;
}

function drawn(version: number, bits: readonly number[], mask: number): boolean[][] {
  const size = 17 + 4 * version;
  const dark = Array.from({ length: size }, () => Array.from({ length: size }, (): boolean | null => null));
  const set = (row: number, column: number, isDark: boolean) => {
    const line = dark[row];
    if (line && column >= 0 && column < size) line[column] = isDark;
  };
  drawPatterns(version, size, set, (row, column) => dark[row]?.[column] != null);
  drawFormat(size, mask, set);
  if (version >= 7) drawVersion(version, size, set);
  let next = 0;
  for (const [row, column] of dataPath(size)) {
    if (dark[row]?.[column] != null) continue;
    set(row, column, (bits[next] === 1) !== (MASKS[mask]?.(row, column) ?? false));
    next += 1;
  }
  return dark.map((line) => line.map((isDark) => isDark === true));
}

type SetModule = (row: number, column: number, isDark: boolean) => void;

function drawPatterns(
  version: number,
  size: number,
  set: SetModule,
  isSet: (row: number, column: number) => boolean,
): void {
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const) {
    for (const [down, right] of square(4)) {
      const ring = Math.max(Math.abs(down), Math.abs(right));
      set(row + down, column + right, ring !== 2 && ring !== 4);
    }
  }
  const centres = ALIGNED[version - 1] ?? [];
  for (const row of centres) {
    for (const column of centres) {
      if (isSet(row, column)) continue;
      for (const [down, right] of square(2))
        set(row + down, column + right, Math.max(Math.abs(down), Math.abs(right)) !== 1);
    }
  }
  for (let at = 8; at < size - 8; at += 1) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
}

/** Level M and the mask, twice, with their correction. */
function drawFormat(size: number, mask: number, set: SetModule): void {
  const format = withBch(mask, 10, 0x537) ^ 0x5412;
  const isDark = (bit: number) => ((format >> bit) & 1) === 1;
  for (let bit = 0; bit < 15; bit += 1) {
    const beside = bit < 6 ? bit : bit < 8 ? bit + 1 : bit - 15 + size;
    set(beside, 8, isDark(bit));
    const along = bit < 8 ? size - 1 - bit : bit === 8 ? 7 : 14 - bit;
    set(8, along, isDark(bit));
  }
  set(size - 8, 8, true);
}

function drawVersion(version: number, size: number, set: SetModule): void {
  const written = withBch(version, 12, 0x1f25);
  for (let bit = 0; bit < 18; bit += 1) {
    const isDark = ((written >> bit) & 1) === 1;
    set(Math.floor(bit / 3), size - 11 + (bit % 3), isDark);
    set(size - 11 + (bit % 3), Math.floor(bit / 3), isDark);
  }
}

/** The value followed by the `count` bits of its remainder. */
function withBch(value: number, count: number, polynomial: number): number {
  let rest = value << count;
  for (let bit = 31 - Math.clz32(rest); bit >= count; bit = 31 - Math.clz32(rest)) rest ^= polynomial << (bit - count);
  return (value << count) | rest;
}

/** Up and down in pairs of columns from the right; the column of the timing pattern is left out. */
function* dataPath(size: number): Generator<readonly [row: number, column: number]> {
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1;
    for (let step = 0; step < size; step += 1) {
      const row = up ? size - 1 - step : step;
      yield [row, right];
      yield [row, right - 1];
    }
    up = !up;
  }
}

/** How hard to read: runs of one colour, blocks, what looks like a finder, too much of one colour. */
function penalty(matrix: QrMatrix): number {
  const size = matrix.length;
  const turned = matrix.map((_line, column) => matrix.map((row) => row[column] ?? false));
  const lines = [...matrix, ...turned].map((line) => line.map((isDark) => (isDark ? "1" : "0")).join(""));
  let points = 0;
  for (const line of lines) {
    for (const [run] of line.matchAll(/1{5,}|0{5,}/g)) points += run.length - 2;
    points += 40 * (line.match(/(?=10111010000|00001011101)/g)?.length ?? 0);
  }
  for (let row = 1; row < size; row += 1) {
    for (let column = 1; column < size; column += 1) {
      const here = matrix[row]?.[column];
      const isBlock = [matrix[row]?.[column - 1], matrix[row - 1]?.[column], matrix[row - 1]?.[column - 1]];
      if (isBlock.every((other) => other === here)) points += 3;
    }
  }
  const share = matrix.flat().filter(Boolean).length / (size * size);
  return points + 10 * Math.floor(Math.abs(share - 0.5) * 20);
}

function square(reach: number): (readonly [down: number, right: number])[] {
  const steps = Array.from({ length: 2 * reach + 1 }, (_none, at) => at - reach);
  return steps.flatMap((down) => steps.map((right) => [down, right] as const));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const bitsOf = (value: number, count: number): number[] =>
  Array.from({ length: count }, (_none, at) => (value >> (count - 1 - at)) & 1);
