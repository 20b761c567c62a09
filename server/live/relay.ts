import type { Logger } from "../lib/log.ts";
import { connectRedis } from "../lib/redis.ts";

/**
 * Frames between nodes, through Redis. Nothing that was acknowledged depends on it: what can't go at once is dropped, the receiver notices the gap and
 * asks the owner for a snapshot, so the newest state wins and no queue grows while Redis is slow or away.
 */
export type Relay = {
  publish(channel: string, text: string): void;
  subscribe(channel: string, listener: (text: string) => void): () => void;
  close(): Promise<void>;
};

const OUTSTANDING_MAX = 200;
/** Who only listens says something now and then, or would never notice. */
const PING_MS = 1_000;

export function createRelay(url: string, log: Logger): Relay {
  const publisher = connectRedis(url, log);
  const subscriber = connectRedis(url, log);
  const listeners = new Map<string, Set<(text: string) => void>>();
  const pinging = setInterval(() => {
    for (const client of [publisher, subscriber])
      if (client.status === "ready") void client.ping().catch(() => undefined);
  }, PING_MS);
  pinging.unref();
  let outstanding = 0;

  subscriber.on("message", (channel: string, text: string) => {
    for (const listener of listeners.get(channel) ?? []) listener(text);
  });
  // Subscriptions are made again here, because while Redis is away they are refused.
  subscriber.on("ready", () => {
    for (const channel of listeners.keys()) void subscriber.subscribe(channel).catch(() => undefined);
  });

  return {
    publish(channel, text) {
      if (publisher.status !== "ready" || outstanding >= OUTSTANDING_MAX) return;
      outstanding += 1;
      publisher.publish(channel, text).then(
        () => (outstanding -= 1),
        () => (outstanding -= 1),
      );
    },
    subscribe(channel, listener) {
      const known = listeners.get(channel) ?? new Set();
      known.add(listener);
      listeners.set(channel, known);
      if (known.size === 1 && subscriber.status === "ready") void subscriber.subscribe(channel).catch(() => undefined);
      return () => {
        known.delete(listener);
        if (known.size > 0 || listeners.get(channel) !== known) return;
        listeners.delete(channel);
        if (subscriber.status === "ready") void subscriber.unsubscribe(channel).catch(() => undefined);
      };
    },
    async close() {
      clearInterval(pinging);
      listeners.clear();
      publisher.disconnect();
      subscriber.disconnect();
      return Promise.resolve();
    },
  };
}
