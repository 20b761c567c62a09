import { z } from "zod";
import type { Command, ShowState } from "#domain/engine.ts";
import type { CommandRule } from "#domain/registry.ts";
import type { StoredEvent } from "#domain/event.ts";
import type { Grant } from "#domain/op.ts";
import { engine } from "#domain/ops/index.ts";

/**
 * Random commands for any registered op, drawn from the JSON Schema of its input. Ids are mostly those that the show has already seen
 * under the same name, so that a new op is exercised without a generator of its own.
 */

/** Persons whose ids must never reach another person's screen. */
export const PERSONS = ["person-private-1", "person-private-2", "person-private-3"] as const;

export type Chance = {
  /** 0 to `below` − 1 */
  int(below: number): number;
  pick<T>(from: readonly T[]): T;
};

/** xorshift32: the same seed, the same commands. */
export function chance(seed: number): Chance {
  let state = seed | 0 || 1;
  const int = (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.abs(state) % Math.max(1, below);
  };
  return {
    int,
    pick<T>(from: readonly T[]): T {
      const found = from[int(from.length)];
      if (found === undefined) throw new Error("nothing to pick from");
      return found;
    },
  };
}

const Schema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
  minItems: z.int().optional(),
  maxItems: z.int().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.int().optional(),
  maxLength: z.int().optional(),
  pattern: z.string().optional(),
});
type Schema = z.infer<typeof Schema>;

export type World = {
  readonly state: ShowState;
  readonly now: number;
  /** Values that events have carried, by field name. */
  readonly seen: ReadonlyMap<string, readonly string[]>;
};

const schemas = new Map(
  [...engine.commands].map(([type, rule]) => [
    type,
    {
      input: Schema.parse(z.toJSONSchema(rule.input, { io: "input", unrepresentable: "any" })),
      expect: rule.expect && Schema.parse(z.toJSONSchema(rule.expect, { io: "input", unrepresentable: "any" })),
    },
  ]),
);

export function randomCommand(rule: CommandRule, id: string, world: World, draw: Chance): Command {
  const schema = schemas.get(rule.type);
  if (!schema) throw new Error(`no schema for ${rule.type}`);
  const input = value("", schema.input, world, draw);
  const expects = schema.expect && draw.int(4) === 0;
  return { id, type: rule.type, input, ...(expects ? { expect: value("", schema.expect ?? {}, world, draw) } : {}) };
}

const SENDERS: Partial<Record<Grant, readonly string[]>> = {
  viewer: PERSONS.map((person) => `person:${person}`),
  program: ["program:shop"],
  system: ["system"],
  screen: ["screen:one"],
};

export function randomSender(rule: CommandRule, draw: Chance): string {
  return draw.pick(SENDERS[draw.pick(rule.by)] ?? ["staff:ann", "staff:bo"]);
}

/** Collects what events carry under names such as `productId`, for later commands to refer to. */
export function remember(seen: Map<string, string[]>, events: readonly StoredEvent[]): void {
  const walk = (name: string, at: unknown): void => {
    if (Array.isArray(at)) for (const item of at) walk(name, item);
    else if (typeof at === "object" && at !== null) for (const [key, inner] of Object.entries(at)) walk(key, inner);
    else if (typeof at === "string" && isReference(name)) {
      const known = seen.get(singular(name)) ?? [];
      if (!known.includes(at)) seen.set(singular(name), [...known.slice(-7), at]);
    }
  };
  for (const event of events) walk("", event.data);
}

const isReference = (name: string) => /Ids?$/.test(name) || /^(code|word|commitment)$/.test(name);
const singular = (name: string) => (name.startsWith("after") ? "cueId" : name.replace(/s$/, ""));
const isPerson = (name: string) => /person|buyer/i.test(name);

function value(name: string, given: unknown, world: World, draw: Chance): unknown {
  const parsed = Schema.safeParse(given);
  if (!parsed.success) return null;
  const schema = parsed.data;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return draw.pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return value(name, draw.pick(choices), world, draw);
  const type = Array.isArray(schema.type) ? draw.pick(schema.type) : schema.type;
  if (type === "object") return object(schema, world, draw);
  if (type === "array") return array(name, schema, world, draw);
  if (type === "integer" || type === "number") return integer(name, schema, world, draw);
  if (type === "boolean") return draw.int(2) === 0;
  return type === "string" ? words(name, schema, world, draw) : null;
}

function object(schema: Schema, world: World, draw: Chance): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(schema.properties ?? {})) {
    if (!schema.required?.includes(key) && draw.int(3) === 0) continue;
    made[key] = value(key, inner, world, draw);
  }
  if (!schema.properties && schema.additionalProperties)
    made["a1"] = value("", schema.additionalProperties, world, draw);
  return made;
}

function array(name: string, schema: Schema, world: World, draw: Chance): unknown[] {
  const least = schema.minItems ?? 0;
  const most = Math.min(schema.maxItems ?? 3, least + 3);
  return Array.from({ length: least + draw.int(most - least + 1) }, () => value(name, schema.items, world, draw));
}

function integer(name: string, schema: Schema, { state, now }: World, draw: Chance): number {
  const least = schema.minimum ?? (schema.exclusiveMinimum === undefined ? 0 : schema.exclusiveMinimum + 1);
  const most = schema.maximum ?? Number.MAX_SAFE_INTEGER;
  const clamp = (wanted: number) => Math.max(least, Math.min(most, wanted));
  if (name === "seq") return 1 + draw.int(state.seq + 1);
  if (/At$|^from$|^to$/.test(name)) return clamp(now - 60_000 + draw.int(240_000));
  if (name.endsWith("Fen")) return clamp(draw.pick([0, 1, 990, 9_900, 19_900, 39_900, 99_900, draw.int(1_000_000)]));
  return clamp(draw.pick([0, 1, 1, 2, 3, 10, 60_000, draw.int(1_000)]));
}

const WORDS = ["示例", "a1", "b2", "c3", "1", "2", "2026", "https://example.test/a.png", "40%", "{stock}"];

function words(name: string, schema: Schema, { seen }: World, draw: Chance): string {
  if (isPerson(name)) return draw.pick(PERSONS);
  const known = isReference(name) ? seen.get(singular(name)) : undefined;
  if (known && draw.int(5) > 0) return draw.pick(known);
  const pattern = schema.pattern === undefined ? undefined : new RegExp(schema.pattern, "u");
  const first = draw.int(WORDS.length);
  const fitting = [...WORDS.slice(first), ...WORDS.slice(0, first)].find(
    (word) =>
      (pattern === undefined || pattern.test(word)) &&
      word.length >= (schema.minLength ?? 0) &&
      word.length <= (schema.maxLength ?? 200),
  );
  return fitting ?? "a1";
}
