import type { EventStore } from "#db/event-store-contract.ts";

/**
 * The event store, telling of every batch that it stored. A batch whose answer was lost is not told of; whoever listens looks for themselves from time
 * to time.
 */
export function noticing(store: EventStore, stored: (sessionId: string, types: readonly string[]) => void): EventStore {
  return {
    append: async (lease, rows) => {
      await store.append(lease, rows);
      stored(
        lease.sessionId,
        rows.map(({ type }) => type),
      );
    },
    read: (sessionId, range) => store.read(sessionId, range),
    head: (sessionId) => store.head(sessionId),
    acquire: (sessionId, node) => store.acquire(sessionId, node),
    renew: (owner, held) => store.renew(owner, held),
    release: (held) => store.release(held),
    abandoned: (limit) => store.abandoned(limit),
    close: () => store.close(),
  };
}
