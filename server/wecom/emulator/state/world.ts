import { randomBytes } from "node:crypto";
import { z } from "zod";
import { EmulatorClock, type WallClock } from "../clock.ts";
import { Chance } from "./chance.ts";
import { Corp, SavedCorp } from "./corp.ts";
import type { App, Robot } from "./corp-rows.ts";
import { Switches } from "./switches.ts";

const IssuedToken = z.object({ corpId: z.string(), agentId: z.int(), expiresAt: z.number(), revoked: z.boolean() });
type IssuedToken = z.infer<typeof IssuedToken>;

const SavedWorld = z.object({
  version: z.literal(1),
  seed: z.int(),
  chance: z.int(),
  clockOffsetMs: z.number(),
  switches: Switches,
  corps: z.array(SavedCorp),
  tokens: z.array(z.tuple([z.string(), IssuedToken])),
});

/**
 * Everything the stand-in knows. One per server; lives in memory and may be written to a file.
 * Whoever changes it calls `changed`, which moves `version` on: the page and the file follow it.
 */
export class World {
  readonly clock: EmulatorClock;
  seed: number;
  chance: Chance;
  switches: Switches;
  readonly corps = new Map<string, Corp>();
  readonly tokens = new Map<string, IssuedToken>();
  /** Bytes of uploaded pictures, for the page only; not written to the file. */
  readonly pictures = new Map<string, { bytes: Buffer; type: string }>();
  /** Short-lived proofs; a restart forgets them, as if they had run out. */
  readonly tickets = new Map<string, { value: string; expiresAt: number }>();
  readonly codes = new Map<string, { corpId: string; id: string; isPrivate: boolean; madeAt: number }>();
  readonly userTickets = new Map<string, { corpId: string; userid: string; expiresAt: number }>();
  /** Of cards with buttons: until when; one use. */
  readonly responseCodes = new Map<string, number>();
  /** For enable_duplicate_check. */
  readonly sentBefore = new Map<string, number>();
  version = 0;
  readonly #listeners = new Set<() => void>();

  constructor(wall: WallClock, seed: number) {
    this.clock = new EmulatorClock(wall);
    this.seed = seed;
    this.chance = new Chance(seed);
    this.switches = Switches.parse({});
  }

  now(): number {
    return this.clock.now();
  }

  changed(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  reset(seed: number): void {
    this.seed = seed;
    this.chance = new Chance(seed);
    this.switches = Switches.parse({});
    this.clock.offsetMs = 0;
    this.corps.clear();
    this.tokens.clear();
    this.pictures.clear();
    this.tickets.clear();
    this.codes.clear();
    this.userTickets.clear();
    this.responseCodes.clear();
    this.sentBefore.clear();
    this.changed();
  }

  addCorp(name: string, corpId = this.chance.id("ww", 18).toLowerCase()): Corp {
    const corp = Corp.empty(corpId, name);
    this.corps.set(corpId, corp);
    return corp;
  }

  robotByKey(key: string): { corp: Corp; robot: Robot } | null {
    for (const corp of this.corps.values()) {
      const robot = corp.robots.get(key);
      if (robot) return { corp, robot };
    }
    return null;
  }

  /** The same token inside its validity, a new one after. Never predictable, whatever the seed. */
  tokenFor(corp: Corp, app: App): { value: string; expiresAt: number } {
    const now = this.now();
    if (app.token && app.token.expiresAt > now && this.tokens.get(app.token.value)?.revoked === false) return app.token;
    const token = { value: randomBytes(64).toString("base64url"), expiresAt: now + this.switches.tokenTtlMs };
    app.token = token;
    this.tokens.set(token.value, {
      corpId: corp.corpId,
      agentId: app.agentId,
      expiresAt: token.expiresAt,
      revoked: false,
    });
    this.changed();
    return token;
  }

  revokeTokens(agentId: number | null): number {
    let revoked = 0;
    for (const token of this.tokens.values()) {
      if (token.revoked || (agentId !== null && token.agentId !== agentId)) continue;
      token.revoked = true;
      revoked += 1;
    }
    return revoked;
  }

  saved(): string {
    return JSON.stringify({
      version: 1,
      seed: this.seed,
      chance: this.chance.state,
      clockOffsetMs: this.clock.offsetMs,
      switches: this.switches,
      corps: [...this.corps.values()].map((corp) => corp.saved()),
      tokens: [...this.tokens],
    } satisfies z.input<typeof SavedWorld>);
  }

  load(text: string): void {
    const saved = SavedWorld.parse(JSON.parse(text));
    this.seed = saved.seed;
    this.chance = new Chance(saved.chance);
    this.clock.offsetMs = saved.clockOffsetMs;
    this.switches = saved.switches;
    this.corps.clear();
    for (const corp of saved.corps) this.corps.set(corp.corpId, new Corp(corp));
    this.tokens.clear();
    for (const [value, token] of saved.tokens) this.tokens.set(value, token);
    this.changed();
  }
}

export function newId(world: World, kind: keyof typeof idShapes): string {
  const [prefix, length] = idShapes[kind];
  return world.chance.id(prefix, length);
}

/** Lengths and prefixes of the ids in the document's samples. */
const idShapes = {
  chat: ["wrEm", 32],
  customer: ["wmEm", 32],
  opengid: ["og", 28],
  unionid: ["oEm", 29],
  openid: ["oPm", 28],
  message: ["msgEm", 31],
  content: ["c", 16],
  post: ["p", 16],
  tag: ["etEm", 32],
  media: ["3", 43],
  template: ["msgTpl", 31],
  job: ["job", 32],
  moment: ["mom", 32],
  welcome: ["W", 43],
  code: ["", 43],
  ticket: ["", 86],
} as const satisfies Record<string, readonly [string, number]>;
