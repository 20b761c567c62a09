/** Persons are known by id only; as senders they stand in the log as `person:<id>`. */
const PREFIX = "person:";

/** The person who sent a command, or `undefined` when it was not a person. */
export function personOf(by: string): string | undefined {
  return by.startsWith(PREFIX) ? by.slice(PREFIX.length) : undefined;
}
