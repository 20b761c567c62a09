/**
 * How a command stands in the log: `<id>#<hash>`. The id is the sender's (`#` is not allowed in ids), the hash covers type and input, so that
 * a repeat is told from another command under the same id without keeping commands anywhere else.
 */
export function encodeCommandId(commandId: string, commandHash: string): string {
  return `${commandId}#${commandHash}`;
}

export function decodeCommandId(stored: string): { commandId: string; commandHash: string } {
  const at = stored.lastIndexOf("#");
  if (at < 0) return { commandId: stored, commandHash: "" };
  return { commandId: stored.slice(0, at), commandHash: stored.slice(at + 1) };
}
