import { hash } from "node:crypto";

/**
 * Tells a repeated command from another one under the same id: 64 bits of SHA-256 over type and input, keys in order. Without the input's `facts`: the
 * server found them out when the command came, the sender asked for nothing else by them.
 */
export function commandHash(type: string, input: unknown): string {
  const text = `${type}\n${canonicalJson(withoutFacts(input))}`;
  // A crowd that claims one coupon sends the same by the thousand.
  if (text !== last.text) last = { text, hash: hash("sha256", text, "hex").slice(0, 16) };
  return last.hash;
}

let last = { text: "", hash: "" };

function withoutFacts(input: unknown): unknown {
  if (typeof input !== "object" || input === null || !("facts" in input)) return input;
  const { facts: _found, ...asked } = input;
  return asked;
}

/** JSON with sorted keys; what JSON leaves out (undefined) is left out here too. By hand, as it runs once for every command. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  let parts = "";
  for (const [key, part] of sortedEntries(value)) {
    if (part !== undefined) parts += `${parts === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(part)}`;
  }
  return `{${parts}}`;
}

function sortedEntries(value: object): [string, unknown][] {
  const entries: [string, unknown][] = Object.entries(value);
  return entries.length < 2 ? entries : entries.sort(byKey);
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** What a command is known by in a session: ids belong to their sender. */
export function commandKey(by: string, commandId: string): string {
  return `${by}\n${commandId}`;
}
