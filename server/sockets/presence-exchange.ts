import { z } from "zod";
import { ROLES } from "#domain/op.ts";
import { readJson } from "../lib/read-json.ts";
import type { Relay } from "../live/relay.ts";
import type { Online } from "./protocol.ts";

/**
 * Who is online on other nodes. Each node says its own state with every change and every few seconds; a node that fell silent is forgotten.
 * Without Redis there are no others to ask, and what is known of them fades.
 */

const CHANNEL = "kaibo.presence";
const EVERY_MS = 3_000;
const SILENT_MS = 8_000;

export type NodePresence = { readonly online: readonly Online[]; readonly screens: number };

const Person = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(["staff", "screen", "program"]),
  roles: z.array(z.enum(ROLES)),
  pages: z.array(z.string()),
  since: z.number(),
});
const Said = z.object({ node: z.string(), sessionId: z.string(), online: z.array(Person), screens: z.int() });

type Heard = NodePresence & { readonly at: number };

export type ExchangeDeps = {
  readonly relay: Relay | null;
  readonly nodeId: string;
  /** This node's own state of the shows that somebody here has open. */
  readonly own: () => Iterable<readonly [sessionId: string, presence: NodePresence]>;
  /** Something changed on another node. */
  readonly changed: (sessionId: string) => void;
};

export class PresenceExchange {
  readonly #deps: ExchangeDeps;
  /** By show, by node. */
  readonly #heard = new Map<string, Map<string, Heard>>();
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #unsubscribe: () => void;

  constructor(deps: ExchangeDeps) {
    this.#deps = deps;
    this.#unsubscribe = deps.relay?.subscribe(CHANNEL, (text) => this.#hear(text)) ?? (() => undefined);
    if (deps.relay) this.#timer = setInterval(() => this.#beat(), EVERY_MS);
  }

  say(sessionId: string, { online, screens }: NodePresence): void {
    const { relay, nodeId: node } = this.#deps;
    relay?.publish(CHANNEL, JSON.stringify({ node, sessionId, online, screens }));
  }

  others(sessionId: string): readonly NodePresence[] {
    return [...(this.#heard.get(sessionId)?.values() ?? [])];
  }

  close(): void {
    clearInterval(this.#timer);
    this.#unsubscribe();
  }

  #beat(): void {
    for (const [sessionId, presence] of this.#deps.own()) this.say(sessionId, presence);
    const oldest = performance.now() - SILENT_MS;
    for (const [sessionId, nodes] of this.#heard) {
      const silent = [...nodes].filter(([, { at }]) => at < oldest);
      for (const [node] of silent) nodes.delete(node);
      if (nodes.size === 0) this.#heard.delete(sessionId);
      if (silent.length > 0) this.#deps.changed(sessionId);
    }
  }

  #hear(text: string): void {
    const parsed = Said.safeParse(readJson(text));
    if (!parsed.success || parsed.data.node === this.#deps.nodeId) return;
    const { node, sessionId, online, screens } = parsed.data;
    const nodes = this.#heard.get(sessionId) ?? new Map<string, Heard>();
    this.#heard.set(sessionId, nodes);
    const was = nodes.get(node);
    nodes.set(node, { online, screens, at: performance.now() });
    const same = was && was.screens === screens && JSON.stringify(was.online) === JSON.stringify(online);
    if (!same) this.#deps.changed(sessionId);
  }
}

/** One entry a person, wherever their windows are. */
export function mergeOnline(lists: readonly (readonly Online[])[]): readonly Online[] {
  const people = new Map<string, Online>();
  for (const person of lists.flat()) {
    const known = people.get(person.id);
    people.set(person.id, {
      ...person,
      pages: [...new Set([...(known?.pages ?? []), ...person.pages])],
      since: Math.min(person.since, known?.since ?? person.since),
    });
  }
  return [...people.values()].toSorted((a, b) => a.since - b.since);
}
