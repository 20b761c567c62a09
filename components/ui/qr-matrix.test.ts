import { describe, expect, it } from "vitest";
import { qrMatrix, type QrMatrix } from "./qr-matrix.ts";

const text = (matrix: QrMatrix | null) => matrix?.map((line) => line.map((isDark) => (isDark ? "#" : ".")).join(""));

/** As two other programs see it: drawn by qrcode-generator 2.0, read back by jsQR 1.4. */
const KAIBO = [
  "#######..###..#######",
  "#.....#..#.#..#.....#",
  "#.###.#.##..#.#.###.#",
  "#.###.#.#.....#.###.#",
  "#.###.#.#...#.#.###.#",
  "#.....#.#.##..#.....#",
  "#######.#.#.#.#######",
  "........##...........",
  "#.#####..###..#####..",
  "##...#.#...####...#.#",
  "##...##.##..#.##.###.",
  "##.###.#.#.####..####",
  "###.#.#...#.#..#....#",
  "........##..#..#....#",
  "#######....#.#..####.",
  "#.....#.#.#....#####.",
  "#.###.#.#..#.#..#..#.",
  "#.###.#.#.######..#..",
  "#.###.#.###.#.##.....",
  "#.....#...#####.###..",
  "#######.##..#...#..#.",
];

/** The bits of the format beside the upper left finder, as Annex C of the standard lists them for level M. */
const FORMATS = [
  "101010000010010",
  "101000100100101",
  "101111001111100",
  "101101101001011",
  "100010111111001",
  "100000011001110",
  "100111110010111",
  "100101010100000",
];

const bit = (matrix: QrMatrix, row: number, column: number) => (matrix[row]?.[column] ? "1" : "0");

function formats(matrix: QrMatrix): readonly [string, string] {
  const size = matrix.length;
  const across = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => bit(matrix, 8, column));
  const up = [7, 5, 4, 3, 2, 1, 0].map((row) => bit(matrix, row, 8));
  const left = Array.from({ length: 7 }, (_none, at) => bit(matrix, size - 1 - at, 8));
  const right = Array.from({ length: 8 }, (_none, at) => bit(matrix, 8, size - 8 + at));
  return [[...across, ...up].join(""), [...left, ...right].join("")];
}

describe("a QR code", () => {
  it("of a short text is drawn module by module as others draw it", () => {
    expect(text(qrMatrix("kaibo"))).toEqual(KAIBO);
  });

  it("carries its format twice, as the standard lists it", () => {
    for (let length = 1; length < 60; length += 1) {
      const matrix = qrMatrix("x".repeat(length)) ?? [];
      const [first, second] = formats(matrix);
      expect(FORMATS).toContain(first);
      expect(second).toBe(first);
      expect(matrix[matrix.length - 8]?.[8]).toBe(true);
    }
  });

  it("grows with the text, up to what version 10 holds at level M", () => {
    const size = (length: number) => qrMatrix("x".repeat(length))?.length ?? null;
    expect([14, 15, 26, 42, 62, 84, 106, 122, 152, 180, 213].map(size)).toEqual([
      21, 25, 25, 29, 33, 37, 41, 45, 49, 53, 57,
    ]);
    expect(size(214)).toBeNull();
  });

  it("from version 7 on says its version, as Annex D of the standard lists it for 7", () => {
    const matrix = qrMatrix("x".repeat(122)) ?? [];
    const [upper, lower] = [0, 1].map((turned) =>
      Array.from({ length: 18 }, (_none, at) => {
        const along = Math.floor((17 - at) / 3);
        const across = matrix.length - 11 + ((17 - at) % 3);
        return turned ? bit(matrix, across, along) : bit(matrix, along, across);
      }).join(""),
    );
    expect(upper).toBe("000111110010010100");
    expect(lower).toBe(upper);
  });
});
