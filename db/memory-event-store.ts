import {
  AppendRefusedError,
  FencedError,
  LEASE_MS,
  SeqTakenError,
  type EventStore,
  type LoggedEvent,
  type NewRow,
  type Node,
} from "./event-store-contract.ts";

/** The log in memory, for tests of what stands on it. Rows are kept as text, so that nothing is shared with the writer. */

type Owner = Node & { epoch: number; until: number | null; dueAt: number | null };
type Row = Omit<NewRow, "data">;

export type MemoryEventStore = EventStore & {
  /** All events, parsed anew. */
  events(sessionId: string): LoggedEvent[];
};

export function createMemoryEventStore(clock: () => number = () => performance.now()): MemoryEventStore {
  const logs = new Map<string, Row[]>();
  const owners = new Map<string, Owner>();
  const logOf = (sessionId: string): Row[] => {
    const log = logs.get(sessionId) ?? [];
    logs.set(sessionId, log);
    return log;
  };
  const range = (sessionId: string, after: number, upTo: number) =>
    logOf(sessionId)
      .filter(({ seq }) => seq > after && seq <= upTo)
      .map(parse);

  return {
    async append({ sessionId, epoch }, rows) {
      await Promise.resolve();
      if (owners.get(sessionId)?.epoch !== epoch) throw new FencedError(`epoch ${epoch} of ${sessionId} is over`);
      const log = logOf(sessionId);
      const first = rows[0]?.seq ?? 0;
      if (log.some(({ seq }) => seq >= first && seq < first + rows.length)) {
        throw new SeqTakenError("a seq of the batch is taken");
      }
      if (rows.some(({ json }) => json.includes("\\u0000"))) throw new AppendRefusedError("NUL in a text");
      log.push(...rows.map(({ data: _data, ...row }, index) => ({ ...row, seq: first + index })));
    },

    async *read(sessionId, { after, upTo = Number.MAX_SAFE_INTEGER }) {
      await Promise.resolve();
      const events = range(sessionId, after, upTo);
      for (let at = 0; at < events.length; at += 1_000) yield events.slice(at, at + 1_000);
    },

    head: (sessionId) => Promise.resolve(logOf(sessionId).at(-1)?.seq ?? 0),

    async acquire(sessionId, node) {
      await Promise.resolve();
      const now = clock();
      const was = owners.get(sessionId);
      if (was && was.owner !== node.owner && was.until !== null && was.until >= now) {
        return { status: "held", by: { owner: was.owner, address: was.address } };
      }
      const epoch = (was?.epoch ?? 0) + 1;
      owners.set(sessionId, { ...node, epoch, until: now + LEASE_MS, dueAt: was?.dueAt ?? null });
      return { status: "acquired", lease: { sessionId, epoch } };
    },

    async renew(owner, held) {
      await Promise.resolve();
      const still = new Set<string>();
      for (const { sessionId, epoch, dueAt } of held) {
        const row = owners.get(sessionId);
        if (row?.owner !== owner || row.epoch !== epoch) continue;
        owners.set(sessionId, { ...row, until: clock() + LEASE_MS, dueAt });
        still.add(sessionId);
      }
      return still;
    },

    async release({ sessionId, epoch, dueAt }) {
      await Promise.resolve();
      const row = owners.get(sessionId);
      if (row?.epoch === epoch) owners.set(sessionId, { ...row, until: null, dueAt });
    },

    async abandoned(limit) {
      await Promise.resolve();
      const now = clock();
      return [...owners]
        .filter(([, { until, dueAt }]) => (until === null ? dueAt !== null && dueAt <= now : until < now))
        .map(([sessionId]) => sessionId)
        .slice(0, limit);
    },

    close: () => Promise.resolve(),
    events: (sessionId) => range(sessionId, 0, Number.MAX_SAFE_INTEGER),
  };
}

function parse({ json, ...row }: Row): LoggedEvent {
  const data: unknown = JSON.parse(json);
  return { ...row, data };
}
