import { randomBytes, randomUUID } from "node:crypto";
import { isCorpStream } from "#domain/corp/index.ts";
import type { Engine, ShowState } from "#domain/engine.ts";
import type { StoredEvent } from "#domain/event.ts";
import { AUDIENCES, type Audience } from "#domain/op.ts";
import { engineOf } from "#domain/stream-engine.ts";
import { instant } from "#domain/units.ts";
import { createView, type View } from "#domain/views.ts";
import { createVault } from "#server/lib/vault.ts";
import { UnknownSessionError, type Directory, type FrameListener } from "#server/live/directory-contract.ts";

/** Live shows without a database: the real engine and views behind the Directory's interface. Frames come at once. */

type Held = {
  readonly engine: Engine;
  readonly state: ShowState;
  readonly log: StoredEvent[];
  readonly answered: Map<string, { readonly type: string; readonly events: readonly StoredEvent[] }>;
  readonly views: Map<Audience, View>;
  readonly listeners: Map<Audience, Set<FrameListener>>;
};

export type MemoryDirectory = Directory & { logOf(sessionId: string): readonly StoredEvent[] };

export function memoryDirectory(secret = "s".repeat(32)): MemoryDirectory {
  const shows = new Map<string, Held>();
  const vault = createVault(secret);
  const find = (sessionId: string): Held => {
    const held = shows.get(sessionId);
    if (!held) throw new UnknownSessionError(sessionId);
    return held;
  };
  const show = (held: Held) => {
    for (const [audience, view] of held.views) {
      const frame = view.frame();
      if (frame) for (const listener of held.listeners.get(audience) ?? []) listener.onFrame(frame);
    }
  };
  return {
    logOf: (sessionId) => find(sessionId).log,
    async send(sessionId, command, sender) {
      const begins = command.type === "session.create" || isCorpStream(sessionId);
      if (!shows.has(sessionId) && !begins) throw new UnknownSessionError(sessionId);
      const held = shows.get(sessionId) ?? hold(engineOf(sessionId));
      const { engine } = held;
      const key = `${sender.id} ${command.id}`;
      const known = held.answered.get(key);
      if (known) return engine.answerOf(known.type, known.events);
      const now = instant(Date.now());
      const done = engine.execute(held.state, command, {
        now,
        realNow: now,
        by: sender.id,
        commandId: command.id,
        newId: () => randomUUID(),
        randomBytes: (count) => randomBytes(count),
        ...vault,
      });
      held.log.push(...done.events);
      if (done.answer.status === "ok") {
        shows.set(sessionId, held);
        if (done.events.length > 0) held.answered.set(key, { type: command.type, events: done.events });
      }
      show(held);
      return done.answer;
    },
    async read(sessionId, read) {
      return read(find(sessionId).state);
    },
    async snapshot(sessionId, audience) {
      const view = find(sessionId).views.get(audience);
      if (!view) throw new Error(`no view for ${audience}`);
      return view.snapshot();
    },
    async me(sessionId, personId) {
      const { engine, state } = find(sessionId);
      return engine.me(state, personId);
    },
    async watch(sessionId, audience, listener) {
      const held = find(sessionId);
      const listeners = held.listeners.get(audience) ?? new Set();
      held.listeners.set(audience, listeners.add(listener));
      const view = held.views.get(audience);
      if (view) listener.onSnapshot(view.snapshot());
      return () => void listeners.delete(listener);
    },
    stepClock: () => Promise.resolve(false),
    close: () => Promise.resolve(),
  };
}

function hold(engine: Engine): Held {
  const state = engine.initial();
  const views = new Map(AUDIENCES.map((audience) => [audience, createView(engine, state, audience)] as const));
  return { engine, state, log: [], answered: new Map(), views, listeners: new Map() };
}
