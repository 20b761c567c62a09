import type { EventStore, LoggedEvent } from "#db/event-store-contract.ts";

const EVENTS_A_LOOK = 64;

/** The events of the command that begins at `seq`, as the log holds them. */
export async function readStoredCommand(
  store: Pick<EventStore, "read">,
  sessionId: string,
  seq: number,
): Promise<LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  for (let after = seq - 1; ; after += EVENTS_A_LOOK) {
    let seen = 0;
    for await (const chunk of store.read(sessionId, { after, upTo: after + EVENTS_A_LOOK })) {
      for (const event of chunk) {
        const first = events[0] ?? event;
        if (event.by !== first.by || event.commandId !== first.commandId) return events;
        events.push(event);
        seen += 1;
      }
    }
    if (seen < EVENTS_A_LOOK) return events;
  }
}
