import { engine } from "#domain/ops/index.ts";
import type { Audience, Ctx } from "#domain/op.ts";
import { instant } from "#domain/units.ts";
import { createView } from "#domain/views.ts";
import { randomId } from "../http/random-id.ts";
import { createReading, type SessionSource } from "./source.ts";
import { fromSnapshot, withFrame } from "./view-state.ts";

export type MemorySourceOptions = { readonly audience: Audience; readonly by: string };

/** A show that lives in the page: the same rules, no server, nothing kept. For trying things and for component tests. Brings the rules into the bundle. */
export function createMemorySource({ audience, by }: MemorySourceOptions): SessionSource {
  const state = engine.initial();
  const view = createView(engine, state, audience);
  const store = createReading({
    connection: { state: "live" },
    view: fromSnapshot(view.snapshot()),
    names: {},
    comments: {},
    online: [],
    clockOffsetMs: 0,
  });
  const ctxFor = (commandId: string): Ctx => ({
    now: instant(Math.max(state.at, Date.now())),
    realNow: instant(Date.now()),
    by,
    commandId,
    newId: () => randomId(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    // A demonstration keeps no secrets: what is sealed here is only encoded.
    seal: (plain) => btoa(String.fromCharCode(...plain)),
    open: (sealed) => Uint8Array.from(atob(sealed), (char) => char.charCodeAt(0)),
  });
  const publish = () => {
    const { view: before } = store.read();
    const frame = view.frame();
    if (!frame || !before) return;
    const next = withFrame(before, frame);
    store.update({ view: next === "gap" ? fromSnapshot(view.snapshot()) : next });
  };
  return {
    kind: "memory",
    subscribe: store.subscribe,
    read: store.read,
    async send(command) {
      const checked = engine.parse(command);
      if (!("parsed" in checked)) return checked;
      const { answer } = engine.execute(state, checked.parsed, ctxFor(command.id));
      publish();
      return answer;
    },
    setPage: () => undefined,
    close: () => undefined,
  };
}
