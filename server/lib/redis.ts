import { Redis } from "ioredis";
import type { Logger } from "./log.ts";

const RECONNECT_MS = 500;
/** No answer for this long: the connection leads nowhere (a cut that nobody was told of, a Redis that hangs), and another one is made. */
const SILENT_MS = 2_000;

/** Commands fail at once while Redis is away (no offline queue); the client reconnects for ever. */
export function connectRedis(url: string, log: Logger): Redis {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 3_000,
    commandTimeout: SILENT_MS,
    socketTimeout: SILENT_MS,
    retryStrategy: () => RECONNECT_MS,
  });
  client.on("error", (err: Error) => log.debug({ err }, "Redis is away"));
  return client;
}
