import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { sourceFingerprint } from "#server/web/source-fingerprint.ts";
import { tempDir } from "#tests/support/temp-dir.ts";

const place = tempDir("fingerprint");
afterAll(place.remove);

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(place.dir, file)), { recursive: true });
  writeFileSync(path.join(place.dir, file), text);
}

describe("fingerprint of the pages' source", () => {
  it("changes with anything the pages are made of, and with nothing else", () => {
    write("app/page.tsx", "one");
    write("server/main.ts", "one");
    const first = sourceFingerprint(place.dir);
    write("server/main.ts", "two");
    write("app/page.test.ts", "a test");
    expect(sourceFingerprint(place.dir)).toBe(first);
    write("app/page.tsx", "two");
    const second = sourceFingerprint(place.dir);
    expect(second).not.toBe(first);
    write("next.config.js", "export default {}");
    expect(sourceFingerprint(place.dir)).not.toBe(second);
  });
});
