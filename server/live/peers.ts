import { hostname, networkInterfaces } from "node:os";
import type { Node } from "#db/event-store-contract.ts";
import type { Engine } from "#domain/engine.ts";
import type { Logger } from "../lib/log.ts";
import type { LocalDirectory } from "./directory.ts";
import { createPeerHandler, type PeerHandler } from "./peer-handler.ts";
import { internalKey } from "./peer-protocol.ts";
import { createRelay, type Relay } from "./relay.ts";
import { RemoteShow } from "./remote-show.ts";
import type { Show } from "./show.ts";

/**
 * What one node needs of the others, for the composition root: the way to shows that they write, and the handler of what they ask.
 * Without Redis screens on other nodes are refreshed once a second instead of ten times.
 */
export type Peers = {
  /** For what else travels between nodes (who is online, tries to sign in); null without Redis. */
  readonly relay: Relay | null;
  readonly remote: (sessionId: string, by: Node, onGone: () => void) => Show;
  /** To be mounted at `POST /internal/live/:verb`, outside every sign-in; it checks the key itself. */
  handlerFor(directory: LocalDirectory, engineOf: (streamId: string) => Engine): PeerHandler;
  close(): Promise<void>;
};

export function createPeers(options: {
  readonly redisUrl: string | null;
  readonly secret: string;
  readonly log: Logger;
}): Peers {
  const key = internalKey(options.secret);
  const relay = options.redisUrl === null ? null : createRelay(options.redisUrl, options.log);
  const handlers: PeerHandler[] = [];
  return {
    relay,
    remote: (sessionId, { address }, onGone) => new RemoteShow({ sessionId, address, key, relay, onGone }),
    handlerFor(directory, engineOf) {
      const handler = createPeerHandler({ directory, engineOf, key, relay });
      handlers.push(handler);
      return handler;
    },
    async close() {
      for (const handler of handlers) handler.close();
      await relay?.close();
    },
  };
}

/** The base URL under which other machines reach this node: the address it listens on, else its first one in the network. */
export function internalAddress(host: string, port: number): string {
  const everywhere = host === "0.0.0.0" || host === "::";
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address;
  const name = everywhere ? (own ?? hostname()) : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
