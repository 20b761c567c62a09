import type { Command } from "#domain/engine.ts";
import type { Audience, Json } from "#domain/op.ts";
import type { CommandAnswer, Snapshot } from "#domain/wire.ts";
import { BusyError, UnknownSessionError, type FrameListener, type Sender } from "./directory-contract.ts";
import { INTERNAL_PATH, type PeerAnswers, type PeerRequests } from "./peer-protocol.ts";
import { RemoteWatch } from "./remote-watch.ts";
import type { Relay } from "./relay.ts";
import type { Show } from "./show.ts";

/** The way to a show that another node writes: its commands go there by direct HTTP, its frames come through Redis. */
export type RemoteShowOptions = {
  readonly sessionId: string;
  /** Base URL of the owner. */
  readonly address: string;
  readonly key: string;
  readonly relay: Relay | null;
  /** The node does not answer, or says that it is not the owner. */
  onGone(): void;
};

/** Longer than any answer of an owner that is well takes. */
const ANSWER_MS = 6_000;

export class RemoteShow implements Show {
  readonly #options: RemoteShowOptions;
  readonly #watches = new Set<RemoteWatch>();
  #lastUsedAt = performance.now();
  #gone = false;

  constructor(options: RemoteShowOptions) {
    this.#options = options;
  }

  get idleMs(): number {
    return this.#watches.size > 0 ? 0 : performance.now() - this.#lastUsedAt;
  }

  send(command: Command, sender: Sender): Promise<CommandAnswer> {
    return this.#ask("send", { sessionId: this.#options.sessionId, command, sender });
  }

  snapshot(audience: Audience): Promise<Snapshot> {
    return this.#ask("snapshot", { sessionId: this.#options.sessionId, audience });
  }

  me(personId: string): Promise<Record<string, Json>> {
    return this.#ask("me", { sessionId: this.#options.sessionId, personId });
  }

  stepClock(to: number): Promise<boolean> {
    return this.#ask("clock", { sessionId: this.#options.sessionId, to });
  }

  async watch(audience: Audience, listener: FrameListener): Promise<() => void> {
    const { sessionId, relay } = this.#options;
    const ask = (snapshot: boolean) => this.#ask("watch", { sessionId, audience, snapshot });
    const watch = new RemoteWatch({ sessionId, audience, listener, relay, ask });
    this.#watches.add(watch);
    try {
      await watch.begin();
    } catch (error) {
      this.#watches.delete(watch);
      watch.stop();
      throw error;
    }
    return () => {
      this.#watches.delete(watch);
      watch.stop();
    };
  }

  async close(): Promise<void> {
    for (const watch of this.#watches) watch.stop();
    this.#watches.clear();
    this.#leave();
    return Promise.resolve();
  }

  /** Both ends are this code, so an answer is taken for what it says it is. */
  async #ask<V extends keyof PeerRequests>(verb: V, request: PeerRequests[V]): Promise<PeerAnswers[V]> {
    this.#lastUsedAt = performance.now();
    const { address, key } = this.#options;
    let response: Response;
    try {
      response = await fetch(`${address}${INTERNAL_PATH}${verb}`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify(request),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (response.status === 200) return (await response.json()) as PeerAnswers[V];
    } catch (error) {
      this.#leave();
      throw new BusyError(300, error);
    }
    if (response.status === 404) throw new UnknownSessionError(this.#options.sessionId);
    if (response.status === 503) throw new BusyError(500);
    if (response.status !== 421) throw new Error(`the show's node answered ${response.status} to ${verb}`);
    this.#leave();
    throw new BusyError(150);
  }

  #leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    for (const watch of this.#watches) watch.stop();
    this.#watches.clear();
    this.#options.onGone();
  }
}
