import { describe, expect, it } from "vitest";
import { drawShowCode, pageOfLink, readShortLink } from "./short-link.ts";

describe("short links", () => {
  it("carry inviter, source and push themselves, in any order", () => {
    const link = readShortLink("k3x9qa-i00A7FQ2-sstore1-pAbC123-2");
    expect(link).toEqual({ showCode: "k3x9qa", words: { i: "00A7FQ2", s: "store1", p: "AbC123-2" } });
    expect(pageOfLink("s_1", link ?? { words: {} })).toBe("/v/s_1?i=00A7FQ2&s=store1&p=AbC123-2");
    expect(readShortLink("k3x9qa-pAbC123-2-i00A7FQ2")?.words).toEqual({ p: "AbC123-2", i: "00A7FQ2" });
  });

  it("take the show's word in capitals, and tell those of a push apart", () => {
    expect(readShortLink("K3X9QA-pAbC123")).toEqual({ showCode: "k3x9qa", words: { p: "AbC123" } });
  });

  it("lead to the show alone when they say nothing else", () => {
    expect(pageOfLink("s_1", { words: {} })).toBe("/v/s_1");
  });

  it.each(["", "k3x9q", "k3x9qo", "k3x9qa-x1234", "k3x9qa-i", "k3x9qa/../x", "k3x9qa-i<script>", "k3x9qa-iAB%0d"])(
    "%j is none",
    (text) => {
      expect(readShortLink(text)).toBeUndefined();
    },
  );

  it("begin with a word that can be read out", () => {
    const words = new Set(Array.from({ length: 200 }, drawShowCode));
    expect(words.size).toBe(200);
    for (const word of words) expect(readShortLink(word)?.showCode).toBe(word);
  });
});
