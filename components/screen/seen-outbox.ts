import type { Sent } from "../session/source.ts";

/**
 * Messages that were marked seen on this screen and of which the server may not know yet. Kept in the browser, so that neither a bad line nor a
 * reload loses one; sent under one id until an answer came, so that none counts twice. One outbox for one link; `close` ends it.
 */
export type SeenOutbox = {
  add(messageId: string): void;
  /** Everything that was marked here; the same set until it grows. */
  answered(): ReadonlySet<string>;
  pending(): readonly string[];
  subscribe(listener: () => void): () => void;
  /** The line is back: try at once. */
  retry(): void;
  close(): void;
};

export type OutboxOptions = {
  readonly storage: Pick<Storage, "getItem" | "setItem">;
  readonly key: string;
  readonly send: (messageId: string) => Promise<Sent>;
};

const KEPT = 50;
const RETRY_MS = { first: 500, most: 5_000 } as const;

export function createSeenOutbox({ storage, key, send }: OutboxOptions): SeenOutbox {
  const listeners = new Set<() => void>();
  let waiting = stored();
  let answered: ReadonlySet<string> = new Set(waiting);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay: number = RETRY_MS.first;
  let sending = false;
  let closed = false;

  function stored(): readonly string[] {
    try {
      const kept: unknown = JSON.parse(storage.getItem(key) ?? "[]");
      return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
    } catch (error) {
      console.error("what was marked seen before could not be read", error);
      return [];
    }
  }

  function keep(next: readonly string[]): void {
    waiting = next.slice(-KEPT);
    try {
      storage.setItem(key, JSON.stringify(waiting));
    } catch (error) {
      // Full or forbidden: it is still sent while the page lives.
      console.error("what was marked seen could not be kept", error);
    }
    for (const listener of listeners) listener();
  }

  async function work(): Promise<void> {
    if (sending || closed) return;
    sending = true;
    clearTimeout(timer);
    for (let messageId = waiting[0]; messageId !== undefined && !closed; messageId = waiting[0]) {
      const done = messageId;
      const sent = await send(done).catch((): Sent => ({ status: "error", code: "connection.lost" }));
      if (sent.status === "retry" || sent.status === "error") {
        timer = setTimeout(() => void work(), delay);
        delay = Math.min(RETRY_MS.most, delay * 2);
        break;
      }
      // Refused is an answer too: the message is gone, or somebody else has said so.
      delay = RETRY_MS.first;
      keep(waiting.filter((id) => id !== done));
    }
    sending = false;
  }

  void work();
  return {
    add(messageId) {
      if (answered.has(messageId)) return;
      answered = new Set(answered).add(messageId);
      keep([...waiting, messageId]);
      void work();
    },
    answered: () => answered,
    pending: () => waiting,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    retry() {
      delay = RETRY_MS.first;
      void work();
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
