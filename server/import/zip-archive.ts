import { inflateRawSync } from "node:zlib";

import { refuse } from "./refusal.ts";

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const IN_ZIP64 = 0xffffffff;
const ENTRIES_MAX = 2_000;

type Entry = { readonly method: number; readonly encrypted: boolean; readonly packed: number; readonly offset: number };

/**
 * The parts of an .xlsx. Only stored and deflated entries; what comes out of all of them together is bounded while
 * it is unpacked, so a bomb is refused whatever sizes its directory claims.
 */
export class ZipArchive {
  readonly #bytes: Buffer;
  readonly #entries = new Map<string, Entry>();
  #budget: number;

  constructor(bytes: Buffer, budgetBytes: number) {
    this.#bytes = bytes;
    this.#budget = budgetBytes;
    this.#readDirectory();
  }

  names(): string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** Null when there is no such part. */
  text(name: string): string | null {
    const entry = this.#entries.get(name.toLowerCase());
    return entry
      ? this.#unpack(entry)
          .toString("utf8")
          .replace(/^\ufeff/, "")
      : null;
  }

  #unpack(entry: Entry): Buffer {
    if (entry.encrypted) throw refuse("import.encrypted");
    const at = entry.offset;
    if (at + 30 > this.#bytes.length || this.#bytes.readUInt32LE(at) !== LOCAL)
      throw refuse("import.unreadable", "zip");
    const start = at + 30 + this.#bytes.readUInt16LE(at + 26) + this.#bytes.readUInt16LE(at + 28);
    const packed = this.#bytes.subarray(start, start + entry.packed);
    if (packed.length !== entry.packed) throw refuse("import.unreadable", "zip");
    const unpacked = entry.method === 0 ? packed : this.#inflate(packed, entry.method);
    this.#budget -= unpacked.length;
    if (this.#budget < 0) throw refuse("import.tooLarge", "unpacked");
    return unpacked;
  }

  #inflate(packed: Buffer, method: number): Buffer {
    if (method !== 8) throw refuse("import.unreadable", "zip");
    if (this.#budget <= 0) throw refuse("import.tooLarge", "unpacked");
    try {
      return inflateRawSync(packed, { maxOutputLength: this.#budget });
    } catch (error) {
      const bomb = error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
      throw bomb ? refuse("import.tooLarge", "unpacked", error) : refuse("import.unreadable", "zip", error);
    }
  }

  #readDirectory(): void {
    const end = this.#findEnd();
    const count = this.#bytes.readUInt16LE(end + 10);
    let at = this.#bytes.readUInt32LE(end + 16);
    if (count > ENTRIES_MAX) throw refuse("import.tooLarge", "unpacked");
    for (let index = 0; index < count; index++) {
      if (at + 46 > this.#bytes.length || this.#bytes.readUInt32LE(at) !== CENTRAL)
        throw refuse("import.unreadable", "zip");
      const nameLength = this.#bytes.readUInt16LE(at + 28);
      const extraLength = this.#bytes.readUInt16LE(at + 30);
      const extra = this.#bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
      const name = this.#bytes.toString("utf8", at + 46, at + 46 + nameLength);
      this.#entries.set(name.replaceAll("\\", "/").toLowerCase(), this.#readEntry(at, extra));
      at += 46 + nameLength + extraLength + this.#bytes.readUInt16LE(at + 32);
    }
  }

  #readEntry(at: number, extra: Buffer): Entry {
    const packed = this.#bytes.readUInt32LE(at + 20);
    const unpacked = this.#bytes.readUInt32LE(at + 24);
    const offset = this.#bytes.readUInt32LE(at + 42);
    const wide = zip64Values(extra, [unpacked, packed, offset].filter((value) => value === IN_ZIP64).length);
    if (unpacked === IN_ZIP64) wide.shift();
    return {
      method: this.#bytes.readUInt16LE(at + 10),
      encrypted: (this.#bytes.readUInt16LE(at + 8) & 1) === 1,
      packed: packed === IN_ZIP64 ? (wide.shift() ?? 0) : packed,
      offset: offset === IN_ZIP64 ? (wide.shift() ?? 0) : offset,
    };
  }

  #findEnd(): number {
    const lowest = Math.max(0, this.#bytes.length - 22 - 0xffff);
    for (let at = this.#bytes.length - 22; at >= lowest; at--) {
      if (this.#bytes.readUInt32LE(at) === END) return at;
    }
    throw refuse("import.unreadable", "zip");
  }
}

/** Values of the ZIP64 field, which holds only those that did not fit, in their order. */
function zip64Values(extra: Buffer, count: number): number[] {
  for (let at = 0; count > 0 && at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const room = Math.min(count, Math.floor(Math.min(extra.readUInt16LE(at + 2), extra.length - at - 4) / 8));
    return Array.from({ length: room }, (_, index) => Number(extra.readBigUInt64LE(at + 4 + index * 8)));
  }
  return [];
}
