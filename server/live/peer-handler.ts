import { randomUUID } from "node:crypto";
import type { Engine } from "#domain/engine.ts";
import type { Audience } from "#domain/op.ts";
import { BusyError, UnknownSessionError } from "./directory-contract.ts";
import { NotOwnerError, type LocalDirectory } from "./directory.ts";
import type { LiveSession } from "./live-session.ts";
import { frameChannel, isAuthorized, PeerRequest, type PeerVerb, type RelayedFrame } from "./peer-protocol.ts";
import type { Relay } from "./relay.ts";

/**
 * The owner's side of forwarding. It answers only for shows of its own node and never forwards on, so a request can't go round in circles.
 * It assumes a caller that bounds the body and hands over the authorization header as it came.
 */
export type PeerHandlerOptions = {
  readonly directory: LocalDirectory;
  readonly engineOf: (streamId: string) => Engine;
  readonly key: string;
  readonly relay: Relay | null;
};

export type PeerHandler = {
  handle(request: {
    readonly verb: string;
    readonly authorization: string | undefined;
    readonly body: unknown;
  }): Promise<{ readonly status: number; readonly body: unknown }>;
  close(): void;
};

/** A watching node says so once a second. */
const WATCH_MS = 5_000;

type Watched = {
  readonly session: LiveSession;
  generation: string;
  frame: number;
  stop: () => void;
  timer: NodeJS.Timeout;
};

export function createPeerHandler({ directory, engineOf, key, relay }: PeerHandlerOptions): PeerHandler {
  const watched = new Map<string, Watched>();

  const drop = (channel: string) => {
    const entry = watched.get(channel);
    if (!entry) return;
    watched.delete(channel);
    clearTimeout(entry.timer);
    entry.stop();
  };

  const begin = async (session: LiveSession, audience: Audience, channel: string): Promise<Watched> => {
    const timer = setTimeout(() => drop(channel), WATCH_MS);
    const entry: Watched = { session, generation: randomUUID(), frame: 0, stop: () => undefined, timer };
    watched.set(channel, entry);
    entry.stop = await session.watch(audience, {
      onSnapshot(snapshot) {
        entry.generation = randomUUID();
        entry.frame = snapshot.frame;
      },
      onFrame(frame) {
        entry.frame = frame.frame;
        const relayed: RelayedFrame = { generation: entry.generation, frame };
        relay?.publish(channel, JSON.stringify(relayed));
      },
    });
    return entry;
  };

  const watch = async (session: LiveSession, audience: Audience, withSnapshot: boolean) => {
    const channel = frameChannel(session.sessionId, audience);
    const known = watched.get(channel);
    if (known && known.session !== session) drop(channel);
    const entry = watched.get(channel) ?? (await begin(session, audience, channel));
    entry.timer.refresh();
    const snapshot = withSnapshot ? await session.snapshot(audience) : null;
    return { generation: entry.generation, frame: entry.frame, snapshot };
  };

  const answer = async (verb: PeerVerb, body: unknown): Promise<unknown> => {
    switch (verb) {
      case "send": {
        const { sessionId, command, sender } = PeerRequest.send.parse(body);
        const checked = engineOf(sessionId).parse(command);
        if (!("parsed" in checked)) return checked;
        const session = await directory.local(sessionId, command.type === "session.create");
        return session.send(checked.parsed, sender);
      }
      case "snapshot": {
        const { sessionId, audience } = PeerRequest.snapshot.parse(body);
        return (await directory.local(sessionId, false)).snapshot(audience);
      }
      case "me": {
        const { sessionId, personId } = PeerRequest.me.parse(body);
        return (await directory.local(sessionId, false)).me(personId);
      }
      case "clock": {
        const { sessionId, to } = PeerRequest.clock.parse(body);
        return (await directory.local(sessionId, false)).stepClock(to);
      }
      case "watch": {
        const { sessionId, audience, snapshot } = PeerRequest.watch.parse(body);
        return watch(await directory.local(sessionId, false), audience, snapshot);
      }
    }
  };

  return {
    async handle({ verb, authorization, body }) {
      if (!isAuthorized(authorization, key)) return { status: 401, body: null };
      if (!isVerb(verb)) return { status: 404, body: { code: "verb.unknown" } };
      try {
        return { status: 200, body: await answer(verb, body) };
      } catch (error) {
        if (error instanceof NotOwnerError) return { status: 421, body: null };
        if (error instanceof BusyError) return { status: 503, body: { retryAfterMs: error.retryAfterMs } };
        if (error instanceof UnknownSessionError) return { status: 404, body: { code: "session.unknown" } };
        throw error;
      }
    },
    close() {
      for (const channel of watched.keys()) drop(channel);
    },
  };
}

function isVerb(verb: string): verb is PeerVerb {
  return Object.hasOwn(PeerRequest, verb);
}
