import { crc32, deflateSync } from "node:zlib";

/** QR, versions 1 to 5 at level L: one block each, enough for the addresses of this server. */
const versions = [
  { data: 19, check: 7 },
  { data: 34, check: 10 },
  { data: 55, check: 15 },
  { data: 80, check: 20 },
  { data: 108, check: 26 },
] as const;
const QUIET = 4;

/** Rows of dark (true) and light modules, without the quiet zone. */
export function qrModules(text: string): boolean[][] {
  const bytes = Buffer.from(text, "utf8");
  const at = versions.findIndex(({ data }) => data >= bytes.length + 2);
  const version = versions[at];
  if (!version) throw new Error(`too long for a code: ${text}`);
  const data = dataWords(bytes, version.data);
  const words = Buffer.concat([data, checkWords(data, version.check)]);
  return drawn(words, at + 1);
}

function dataWords(bytes: Buffer, length: number): Buffer {
  // 4 bits mode (bytes), 8 bits length, the bytes, 4 bits end: everything is shifted by half a byte.
  const words = Buffer.alloc(length);
  words[0] = 0x40 | (bytes.length >> 4);
  let carry = bytes.length & 15;
  for (const [at, byte] of bytes.entries()) {
    words[at + 1] = (carry << 4) | (byte >> 4);
    carry = byte & 15;
  }
  words[bytes.length + 1] = carry << 4;
  for (let at = bytes.length + 2, turn = 0; at < length; at += 1, turn += 1) words[at] = turn % 2 === 0 ? 0xec : 0x11;
  return words;
}

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((b >>> bit) & 1) * a;
  }
  return product & 255;
}

/** Reed-Solomon over GF(256). */
function checkWords(data: Buffer, length: number): Buffer {
  const divisor = Buffer.alloc(length);
  divisor[length - 1] = 1;
  let root = 1;
  for (let step = 0; step < length; step += 1) {
    for (let at = 0; at < length; at += 1) divisor[at] = times(divisor[at] ?? 0, root) ^ (divisor[at + 1] ?? 0);
    root = times(root, 2);
  }
  let rest = Buffer.alloc(length);
  for (const byte of data) {
    const factor = byte ^ (rest[0] ?? 0);
    rest = Buffer.concat([rest.subarray(1), Buffer.alloc(1)]);
    for (let at = 0; at < length; at += 1) rest[at] = (rest[at] ?? 0) ^ times(divisor[at] ?? 0, factor);
  }
  return rest;
}

type Grid = { readonly size: number; readonly dark: boolean[][]; readonly fixed: boolean[][] };

function put(grid: Grid, x: number, y: number, dark: boolean): void {
  const row = grid.dark[y];
  const fixed = grid.fixed[y];
  if (!row || !fixed || x < 0 || x >= grid.size) return;
  row[x] = dark;
  fixed[x] = true;
}

function drawn(words: Buffer, version: number): boolean[][] {
  const size = 17 + 4 * version;
  const blank = () => Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const grid: Grid = { size, dark: blank(), fixed: blank() };
  for (let at = 0; at < size; at += 1) {
    put(grid, 6, at, at % 2 === 0);
    put(grid, at, 6, at % 2 === 0);
  }
  square(grid, { x: 3, y: 3, reach: 4 });
  square(grid, { x: size - 4, y: 3, reach: 4 });
  square(grid, { x: 3, y: size - 4, reach: 4 });
  if (version > 1) square(grid, { x: size - 7, y: size - 7, reach: 2 });
  drawFormat(grid);
  drawWords(grid, words);
  return grid.dark;
}

/** Finder (reach 4 with its light border) or alignment pattern (reach 2): rings around a middle. */
function square(grid: Grid, { x, y, reach }: { x: number; y: number; reach: number }): void {
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      if (y + dy >= 0 && y + dy < grid.size)
        put(grid, x + dx, y + dy, reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1);
    }
  }
}

/** Level L, mask 0, with their check bits. */
function drawFormat(grid: Grid): void {
  const format = 0b01000;
  let rest = format;
  for (let step = 0; step < 10; step += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
  const bits = ((format << 10) | rest) ^ 0x5412;
  const bit = (at: number) => ((bits >>> at) & 1) === 1;
  const { size } = grid;
  for (let at = 0; at <= 5; at += 1) put(grid, 8, at, bit(at));
  put(grid, 8, 7, bit(6));
  put(grid, 8, 8, bit(7));
  put(grid, 7, 8, bit(8));
  for (let at = 9; at < 15; at += 1) put(grid, 14 - at, 8, bit(at));
  for (let at = 0; at < 8; at += 1) put(grid, size - 1 - at, 8, bit(at));
  for (let at = 8; at < 15; at += 1) put(grid, 8, size - 15 + at, bit(at));
  put(grid, 8, size - 8, true);
}

/** In columns of two from the right, up and down; mask 0 turns every module of even x + y. */
function drawWords(grid: Grid, words: Buffer): void {
  const { size } = grid;
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = grid.dark[y];
        if (!row || grid.fixed[y]?.[x] === true) continue;
        const isSet = (((words[at >> 3] ?? 0) >>> (7 - (at & 7))) & 1) === 1;
        row[x] = isSet !== ((x + y) % 2 === 0);
        at += 1;
      }
    }
  }
}

/** A grey PNG of one bit, 8 points a module. */
export function qrPng(text: string): Buffer {
  const modules = qrModules(text);
  const scale = 8;
  const side = (modules.length + 2 * QUIET) * scale;
  const rows: Buffer[] = [];
  for (let y = 0; y < side; y += 1) {
    const row = Buffer.alloc(1 + side, 255);
    row[0] = 0;
    for (let x = 0; x < side; x += 1) {
      if (modules[Math.floor(y / scale) - QUIET]?.[Math.floor(x / scale) - QUIET] === true) row[x + 1] = 0;
    }
    rows.push(row);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 8;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
