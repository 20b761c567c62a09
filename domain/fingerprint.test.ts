import { readFileSync, writeFileSync } from "node:fs";
import { bytesToHex } from "@noble/hashes/utils.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { corpEngine } from "./corp/index.ts";
import { engine } from "./ops/index.ts";
import { GO_LIVE_LINES, MESSAGE_PRESETS, WRAP_UP_LINES } from "./presets.ts";

/**
 * The shapes of what is stored and sent, hashed against `fingerprint.json`. A difference is a change of contract: stored events never
 * change shape (a new one is `.v2` beside the old), inputs change only so that old senders still pass.
 * A deliberate change is accepted with `ACCEPT_SHAPES=1 vitest run domain/fingerprint.test.ts` and shows in the commit.
 */

const FILE = new URL("./fingerprint.json", import.meta.url);
const Stored = z.record(z.string(), z.string());

function hash(value: unknown): string {
  return bytesToHex(sha256(new TextEncoder().encode(JSON.stringify(value)))).slice(0, 16);
}

const schemaHash = (schema: z.ZodType, io: "input" | "output") =>
  hash(z.toJSONSchema(schema, { io, unrepresentable: "any" }));

function fingerprints(): Record<string, string> {
  const found: [string, string][] = [];
  for (const [type, { schema }] of [...engine.events, ...corpEngine.events]) {
    if (schema) found.push([`event ${type}`, schemaHash(schema, "output")]);
  }
  for (const [type, { input, expect: expected, by, risk }] of [...engine.commands, ...corpEngine.commands]) {
    found.push([`command ${type}`, `${risk} ${schemaHash(input, "input")} ${[...by].toSorted().join(",")}`]);
    if (expected) found.push([`expect ${type}`, schemaHash(expected, "input")]);
  }
  found.push(["initial message presets", hash(MESSAGE_PRESETS)]);
  found.push(["initial check lines", hash([GO_LIVE_LINES, WRAP_UP_LINES])]);
  return Object.fromEntries(found.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

describe("shapes", () => {
  it("are those of fingerprint.json", () => {
    const now = fingerprints();
    if (process.env["ACCEPT_SHAPES"] === "1") writeFileSync(FILE, `${JSON.stringify(now, null, 2)}\n`);
    const accepted = Stored.parse(JSON.parse(readFileSync(FILE, "utf8")));
    expect(now, "a shape changed: see the head of this file").toEqual(accepted);
  });
});
