import { expect, test } from "vitest";
import { draftOf, isComplete, welcomeFaults, wishOf } from "./code-data.ts";

test("a welcome of nothing is none, and is no fault while nobody has written", () => {
  const draft = { ...draftOf(null, "contact"), name: " 示例 ", targets: [{ id: "m_1", name: "示例甲" }] };
  expect(wishOf(draft)).toEqual({
    kind: "contact",
    name: "示例",
    channel: "",
    memberIds: ["m_1"],
    skipVerify: true,
    tagIds: [],
    welcome: null,
  });
  expect(welcomeFaults({ text: "", cards: [] })).toEqual([]);
});

test("what is too long is told in bytes before it is sent", () => {
  expect(welcomeFaults({ text: "欢".repeat(1_334), cards: [] })).toEqual([
    { path: "text", code: "tooLong", max: 4_000, is: 4_002 },
  ]);
});

test("a link goes out over https alone; a mini program wants a picture", () => {
  const link = { kind: "link", title: "示例", desc: "", url: "http://example.com", picUrl: null } as const;
  expect(isComplete(link)).toBe(false);
  expect(isComplete({ ...link, url: "https://example.com/a" })).toBe(true);
  expect(isComplete({ kind: "miniprogram", title: "示例", appId: "wx1", page: "pages/a", mediaKey: "" })).toBe(false);
});
