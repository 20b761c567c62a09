import { describe, expect, it } from "vitest";
import { createOriginCheck } from "./origin.ts";

const { own, notForeign } = createOriginCheck("https://kaibo.example.com");
const host = "127.0.0.1:3000";

describe("where a browser's request comes from", () => {
  it("is ours under the public address and under the address that was asked", () => {
    expect(own({ origin: "https://kaibo.example.com", host })).toBe(true);
    expect(own({ origin: "http://127.0.0.1:3000", host })).toBe(true);
  });

  it("is not ours when it is another's, hidden, or missing on a write", () => {
    for (const origin of [
      "https://evil.example",
      "https://kaibo.example.com.evil.example",
      "null",
      "http://127.0.0.1:3001",
      "x",
    ]) {
      expect(own({ origin, host })).toBe(false);
      expect(notForeign({ origin, host })).toBe(false);
    }
    expect(own({ host })).toBe(false);
  });

  it("may be missing for programs on sockets, but not when the browser says that it is cross-site", () => {
    expect(notForeign({ host })).toBe(true);
    expect(notForeign({ host, "sec-fetch-site": "cross-site" })).toBe(false);
  });
});
