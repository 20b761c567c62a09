import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPng } from "./png-pixels.ts";
import { codeSvg, traceCode, type CodeGrid } from "./trace-code.ts";

/** A grid with all that every code has in fixed places; what it says is noise. */
function gridOf(version: number, noise: readonly boolean[]): CodeGrid {
  const side = 17 + 4 * version;
  const isMark = (x: number, y: number) => {
    const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
    return ring > 4 ? null : ring === 3 || ring <= 1;
  };
  const dark = (x: number, y: number) => {
    const fixed = isMark(x, y) ?? isMark(x - (side - 7), y) ?? isMark(x, y - (side - 7));
    if (fixed !== null) return fixed;
    if (x === 6 || y === 6) return (x + y) % 2 === 0;
    return noise[(y * side + x) % Math.max(noise.length, 1)] ?? false;
  };
  return { side, dark };
}

type Drawing = {
  readonly scale: number;
  readonly quiet: number;
  readonly colour: 0 | 2 | 3 | 6;
  readonly filter: 0 | 1 | 2 | 4;
};

/** As WeCom would draw it: a PNG of one of the usual kinds. */
function pngOf({ side, dark }: CodeGrid, { scale, quiet, colour, filter }: Drawing): Buffer {
  const size = (side + 2 * quiet) * scale;
  const samples = { 0: 1, 2: 3, 3: 1, 6: 4 }[colour];
  const plain = (x: number, y: number, at: number) => {
    const [mx, my] = [Math.floor(x / scale) - quiet, Math.floor(y / scale) - quiet];
    const black = mx >= 0 && my >= 0 && mx < side && my < side && dark(mx, my);
    if (colour === 3) return black ? 1 : 0;
    return at === 3 ? 255 : black ? 10 : 250;
  };
  const rows = Array.from({ length: size }, (_, y) => {
    const bytes = (of: number) =>
      Array.from({ length: size * samples }, (__, i) => plain(Math.floor(i / samples), of, i % samples));
    const [line, above] = [bytes(y), y > 0 ? bytes(y - 1) : []];
    const guess = (i: number) => {
      const [left, up, upLeft] = [line[i - samples] ?? 0, above[i] ?? 0, i >= samples ? (above[i - samples] ?? 0) : 0];
      if (filter === 1) return left;
      if (filter === 2) return up;
      if (filter === 0) return 0;
      const p = left + up - upLeft;
      const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - upLeft)];
      return a <= b && a <= c ? left : b <= c ? up : upLeft;
    };
    return Buffer.from([filter, ...line.map((value, i) => (value - guess(i)) & 255)]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, colour, 0, 0, 0], 8);
  const part = (name: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    // What reads it asks for no checksum.
    return Buffer.concat([length, Buffer.from(name, "latin1"), data, Buffer.alloc(4)]);
  };
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const palette = colour === 3 ? [part("PLTE", Buffer.from([255, 255, 255, 0, 0, 0]))] : [];
  return Buffer.concat([
    signature,
    part("IHDR", header),
    ...palette,
    part("IDAT", deflateSync(Buffer.concat(rows))),
    part("IEND", Buffer.alloc(0)),
  ]);
}

const cells = ({ side, dark }: CodeGrid) =>
  Array.from({ length: side * side }, (_, at) => dark(at % side, Math.floor(at / side)));

/** What a reader would fill in: the bars of the drawing, one square high each. */
function squaresOf(svg: string, side: number): boolean[] {
  const squares = Array.from({ length: side * side }, () => false);
  const drawn = /<path d="([^"]*)"/.exec(svg)?.[1] ?? "";
  const bars = [...drawn.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)];
  expect(bars.map(([bar]) => bar).join("")).toBe(drawn);
  for (const [, x, y, there, back] of bars) {
    expect(back).toBe(there);
    for (let at = 0; at < Number(there); at += 1) squares[(Number(y) - 4) * side + Number(x) - 4 + at] = true;
  }
  return squares;
}

describe("a code drawn anew", () => {
  it("has exactly the squares of the picture, whatever its size, frame and kind of PNG", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.boolean(), { minLength: 50, maxLength: 400 }),
        fc.record({
          scale: fc.integer({ min: 2, max: 6 }),
          quiet: fc.integer({ min: 0, max: 4 }),
          colour: fc.constantFrom(0 as const, 2 as const, 3 as const, 6 as const),
          filter: fc.constantFrom(0 as const, 1 as const, 2 as const, 4 as const),
        }),
        (version, noise, drawing) => {
          // The corner without a mark may be white to its edge; then the code's extent is told by the marks alone.
          const grid = gridOf(version, noise);
          const pixels = readPng(pngOf(grid, drawing));
          const traced = pixels && traceCode(pixels);
          expect(traced && cells(traced)).toEqual(cells(grid));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("what is no code, or not cleanly one, is refused rather than drawn", () => {
    const grid = gridOf(2, [true, false, true]);
    const spoilt = { side: grid.side, dark: (x: number, y: number) => (x === 3 && y === 3 ? false : grid.dark(x, y)) };
    const drawing = { scale: 4, quiet: 2, colour: 0, filter: 0 } as const;
    const trace = (one: CodeGrid) => {
      const pixels = readPng(pngOf(one, drawing));
      return pixels && traceCode(pixels);
    };
    expect(trace(grid)).not.toBeNull();
    expect(trace(spoilt)).toBeNull();
    expect(trace({ side: 25, dark: () => true })).toBeNull();
    expect(trace({ side: 25, dark: () => false })).toBeNull();
  });

  it("broken pictures are no pictures", () => {
    const png = pngOf(gridOf(1, [true]), { scale: 3, quiet: 1, colour: 2, filter: 4 });
    fc.assert(
      fc.property(fc.nat(png.length), fc.uint8Array({ maxLength: 8 }), (at, junk) => {
        const broken = Buffer.concat([png.subarray(0, at), junk]);
        expect(() => readPng(broken)).not.toThrow();
      }),
    );
    expect(readPng(Buffer.from("no picture"))).toBeNull();
  });

  it("the SVG has exactly the squares, within a frame of four white ones", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 50, maxLength: 400 }), (noise) => {
        const grid = gridOf(2, noise);
        expect(squaresOf(codeSvg(grid, "示例"), grid.side)).toEqual(cells(grid));
      }),
      { numRuns: 20 },
    );
  });

  it("its title cannot break out", () => {
    const svg = codeSvg(gridOf(1, [true, false]), `<script>"&'`);
    expect(svg).not.toContain("<script");
    expect(svg).toMatch(/^<svg [^>]+viewBox="0 0 29 29"/);
  });
});
