/** Senders that are no rows in a table, so that nothing joins a name to them: the words for them are the page's own. */
export const OWN_SENDERS = ["rehearsal", "local", "env", "system", "program"] as const;
export type OwnSender = (typeof OWN_SENDERS)[number];

/** `undefined` for people, screens and viewers. A token that is gone, with its name, is still a program. */
export function ownSender(by: string): OwnSender | undefined {
  if (by === "system") return "system";
  if (!by.startsWith("program:")) return undefined;
  const id = by.slice("program:".length);
  return OWN_SENDERS.find((known) => known === id) ?? "program";
}
