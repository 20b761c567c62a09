import { hash } from "node:crypto";

/** Tells a repeated command from another one under the same id: 64 bits of SHA-256 over type and input, keys in order. */
export function commandHash(type: string, input: unknown): string {
  return hash("sha256", `${type}\n${canonicalJson(input)}`, "hex").slice(0, 16);
}

/** JSON with sorted keys; what JSON leaves out (undefined) is left out here too. */
export function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) => {
      if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
      return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? "null"
  );
}

/** What a command is known by in a session: ids belong to their sender. */
export function commandKey(by: string, commandId: string): string {
  return `${by}\n${commandId}`;
}
