/** Characters to GBK bytes, from what the platform reads: Node can decode GBK, but not encode it. */
function gbkTable(): Map<string, readonly [number, number]> {
  const table = new Map<string, readonly [number, number]>();
  const decoder = new TextDecoder("gbk");
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      const character = decoder.decode(Uint8Array.of(high, low));
      if (
        (character.codePointAt(0) ?? 0) > 0x7f &&
        Array.from(character).length === 1 &&
        character !== "\ufffd" &&
        !table.has(character)
      )
        table.set(character, [high, low]);
    }
  }
  return table;
}

let table: Map<string, readonly [number, number]> | null = null;

/** Throws for a character that GBK does not have. */
export function encodeGbk(text: string): Uint8Array {
  table ??= gbkTable();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = table.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair) bytes.push(...pair);
    else throw new Error(`GBK has no ${character}`);
  }
  return Uint8Array.from(bytes);
}
