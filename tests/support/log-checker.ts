import type { EventStore, LoggedEvent } from "#db/event-store-contract.ts";
import { engine } from "#domain/ops/index.ts";
import { Fold } from "#server/live/fold.ts";
import type { Ack } from "./storm.ts";

/**
 * Looks through a log for every damage that a writer could do: holes, time running back, an acknowledged command that is missing, stands elsewhere or
 * twice, and events that the rules can't fold. The answer lists what was found; an empty list is a sound log.
 */
export async function damageOf(
  store: Pick<EventStore, "read">,
  sessionId: string,
  acks: readonly Ack[],
): Promise<string[]> {
  const events: LoggedEvent[] = [];
  for await (const chunk of store.read(sessionId, { after: 0 })) events.push(...chunk);
  return [...orderDamage(events), ...ackDamage(events, acks), ...foldDamage(events)];
}

function orderDamage(events: readonly LoggedEvent[]): string[] {
  return events.flatMap(({ seq, at }, index) => {
    const found: string[] = [];
    if (seq !== index + 1) found.push(`seq ${seq} stands where ${index + 1} belongs`);
    if (at < (events[index - 1]?.at ?? 0)) found.push(`time runs back at ${seq}`);
    return found;
  });
}

/** All commands of a storm make one event each, so an id that stands twice was done twice. */
function ackDamage(events: readonly LoggedEvent[], acks: readonly Ack[]): string[] {
  const seqs = new Map<string, number[]>();
  for (const { by, commandId, seq } of events) {
    const key = `${by} ${commandId}`;
    seqs.set(key, [...(seqs.get(key) ?? []), seq]);
  }
  const twice = [...seqs].flatMap(([key, at]) => (at.length > 1 ? [`${key} was done at ${at.join(" and ")}`] : []));
  const missing = acks.flatMap(({ by, commandId, seq }) => {
    const at = seqs.get(`${by} ${commandId}`) ?? [];
    return at.includes(seq)
      ? []
      : [`${by} ${commandId} was acknowledged at ${seq}, but stands at ${at.join() || "none"}`];
  });
  return [...twice, ...missing];
}

function foldDamage(events: readonly LoggedEvent[]): string[] {
  const fold = new Fold(engine);
  try {
    for (const event of events) fold.add(event);
    return [];
  } catch (error) {
    return [String(error)];
  }
}
