import { expect, it } from "vitest";
import { createViewerTokens } from "./viewer-token.ts";

const NOW = 1_800_000_000_000;
const claim = { sessionId: "s_a.b", personId: "v_1", anonymous: true, expiresAt: NOW + 60_000 };

it("reads its own tokens until they expire, and nothing that was changed or signed by somebody else", () => {
  const tokens = createViewerTokens("secret one, long enough to be one");
  const token = tokens.sign(claim);
  expect(tokens.read(token, NOW)).toEqual(claim);
  expect(tokens.read(token, NOW + 60_000)).toBeUndefined();
  expect(createViewerTokens("secret two, long enough to be one").read(token, NOW)).toBeUndefined();
  const words = token.split(".");
  for (let at = 0; at < words.length; at += 1) {
    const changed = words.map((word, index) => (index === at ? `${word}A` : word)).join(".");
    expect(tokens.read(changed, NOW)).toBeUndefined();
  }
  for (const junk of ["", "kv.", "kv.1....", ".".repeat(700), token.replace(".a.", ".k.")]) {
    expect(tokens.read(junk, NOW)).toBeUndefined();
  }
});
