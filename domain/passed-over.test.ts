import { expect, it } from "vitest";
import { z } from "zod";
import { engine } from "./ops/index.ts";
import { passedOver } from "./passed-over.ts";

const left = (schema: z.ZodType, sent: unknown) => passedOver(sent, schema.parse(sent), "input");

it("[ENG9] names what a schema drops, at any depth and through lists, choices and records", () => {
  const Line = z.object({ units: z.int(), note: z.string().default("") });
  const Choice = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("a"), one: z.int() }),
    z.object({ kind: z.literal("b"), two: z.int() }),
  ]);
  const schema = z.object({
    lines: z.array(Line).default([]),
    by: z.record(z.string(), Line).optional(),
    choice: Choice.optional(),
    any: z.unknown().optional(),
  });
  expect(left(schema, { lines: [{ units: 1 }, { units: 2, unit: 3 }], line: [] })).toEqual([
    "input.lines.1.unit",
    "input.line",
  ]);
  expect(left(schema, { by: { x: { units: 1, note: "n", extra: null } } })).toEqual(["input.by.x.extra"]);
  expect(left(schema, { choice: { kind: "b", two: 2, one: 1 } })).toEqual(["input.choice.one"]);
  expect(left(schema, { any: { what: { ever: 1 } }, lines: [] })).toEqual([]);
  expect(left(schema, JSON.parse('{"constructor": 1, "lines": []}'))).toEqual(["input.constructor"]);
});

it("[ENG9] takes what a command's schema only rewrites, and names at most 20 fields", () => {
  const parsed = engine.parse({ id: "c", type: "session.edit", input: { title: "  示例  " } });
  if (!("parsed" in parsed)) throw new Error("not parsed");
  expect(passedOver({ title: "  示例  " }, parsed.parsed.input, "input")).toEqual([]);
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`x${at}`, at]));
  expect(left(z.object({}), many)).toHaveLength(20);
});
