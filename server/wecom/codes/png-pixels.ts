import { inflateSync } from "node:zlib";

/** Grey values of a PNG's pixels, so that a code can be drawn anew with sharp edges. Reads what codes are made of: not interlaced, up to 8 bits a sample. */
export type Pixels = {
  readonly width: number;
  readonly height: number;
  /** 0 black … 255 white, row by row. What is transparent is white: codes are printed on paper. */
  readonly grey: Uint8Array;
};

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const SIDE_MAX = 4_096;

/** null: no PNG, or one of a kind that is not read. */
export function readPng(bytes: Buffer): Pixels | null {
  const parts = partsOf(bytes);
  const header = parts.get("IHDR")?.[0];
  if (!header || header.length < 13) return null;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth = 0, colour = 0, , , interlaced] = header.subarray(8, 13);
  const samples = SAMPLES[colour];
  const readable = samples !== undefined && depth <= 8 && interlaced === 0;
  if (!readable || width === 0 || height === 0 || width > SIDE_MAX || height > SIDE_MAX) return null;
  const rowBytes = Math.ceil((width * samples * depth) / 8);
  const size = (rowBytes + 1) * height;
  const packed = inflated(Buffer.concat(parts.get("IDAT") ?? []), size);
  if (!packed || packed.length < size) return null;
  const rows = unfilter(packed, { height, rowBytes, pixelBytes: Math.max(1, (samples * depth) / 8) });
  const palette = colour === 3 ? greyPalette(parts.get("PLTE")?.[0], parts.get("tRNS")?.[0]) : null;
  const grey = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const sample = (at: number) => sampleAt(rows, y * rowBytes, { index: x * samples + at, depth });
      grey[y * width + x] = greyOf({ colour, depth, palette, sample });
    }
  }
  return { width, height, grey };
}

function partsOf(bytes: Buffer): Map<string, Buffer[]> {
  const parts = new Map<string, Buffer[]>();
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) return parts;
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString("latin1", at + 4, at + 8);
    parts.set(name, [...(parts.get(name) ?? []), bytes.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  return parts;
}

function inflated(bytes: Buffer, size: number): Buffer | null {
  try {
    return inflateSync(bytes, { maxOutputLength: size + 1 });
  } catch (error) {
    // A broken picture is no bug of ours.
    if (error instanceof Error) return null;
    throw error;
  }
}

type Layout = { readonly height: number; readonly rowBytes: number; readonly pixelBytes: number };

function unfilter(packed: Buffer, { height, rowBytes, pixelBytes }: Layout): Uint8Array {
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (rowBytes + 1)] ?? 0;
    for (let x = 0; x < rowBytes; x += 1) {
      const at = y * rowBytes + x;
      const left = x >= pixelBytes ? (rows[at - pixelBytes] ?? 0) : 0;
      const up = y > 0 ? (rows[at - rowBytes] ?? 0) : 0;
      const upLeft = y > 0 && x >= pixelBytes ? (rows[at - rowBytes - pixelBytes] ?? 0) : 0;
      rows[at] = (packed[y * (rowBytes + 1) + 1 + x] ?? 0) + predicted(filter, { left, up, upLeft });
    }
  }
  return rows;
}

function predicted(filter: number, { left, up, upLeft }: { left: number; up: number; upLeft: number }): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const guess = left + up - upLeft;
      const [toLeft, toUp, toUpLeft] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)];
      return toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft;
    }
    default:
      return 0;
  }
}

function sampleAt(rows: Uint8Array, row: number, { index, depth }: { index: number; depth: number }): number {
  if (depth === 8) return rows[row + index] ?? 0;
  const bit = index * depth;
  return ((rows[row + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

type Pixel = {
  readonly colour: number;
  readonly depth: number;
  readonly palette: Uint8Array | null;
  readonly sample: (at: number) => number;
};

function greyOf({ colour, depth, palette, sample }: Pixel): number {
  switch (colour) {
    case 3:
      return palette?.[sample(0)] ?? 255;
    case 2:
      return luma(sample(0), sample(1), sample(2));
    case 6:
      return onWhite(luma(sample(0), sample(1), sample(2)), sample(3));
    case 4:
      return onWhite(sample(0), sample(1));
    default:
      return Math.round((sample(0) * 255) / ((1 << depth) - 1));
  }
}

function greyPalette(colours: Buffer | undefined, alphas: Buffer | undefined): Uint8Array {
  const grey = new Uint8Array(256).fill(255);
  for (let at = 0; colours && at * 3 + 2 < colours.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = colours.subarray(at * 3, at * 3 + 3);
    grey[at] = onWhite(luma(red, green, blue), alphas?.[at] ?? 255);
  }
  return grey;
}

const luma = (red: number, green: number, blue: number) => Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
const onWhite = (grey: number, alpha: number) => Math.round((grey * alpha + 255 * (255 - alpha)) / 255);
