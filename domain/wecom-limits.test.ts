import { expect, it } from "vitest";
import { meaningOf } from "./wecom-errcodes.ts";
import { bytesLeft, cutToBytes, fileFault, messageFaults, utf8Bytes } from "./wecom-limits.ts";

it("counts bytes of UTF-8 as WeCom does, not characters", () => {
  for (const text of ["", "abc", "开播", "é", "👍🏽", "混 mixed 👍", "\ud800"]) {
    expect(utf8Bytes(text), JSON.stringify(text)).toBe(new TextEncoder().encode(text).byteLength);
  }
  expect(bytesLeft("linkTitle", "字".repeat(42))).toBe(2);
  expect(bytesLeft("linkTitle", "字".repeat(43))).toBe(-1);
});

it("cuts between characters and says that it did", () => {
  expect(cutToBytes("示例", 6)).toBe("示例");
  expect(cutToBytes("示例文字", 11)).toBe("示例…");
  expect(cutToBytes("a👍b", 5)).toBe("a…");
  for (const max of [3, 4, 7, 10, 40]) expect(utf8Bytes(cutToBytes("字👍".repeat(20), max))).toBeLessThanOrEqual(max);
});

it("says what WeCom would refuse in a message, and where", () => {
  const link = (title: string) => ({ msgtype: "link" as const, link: { title, url: "https://example.com" } });
  expect(messageFaults({ text: "示例", attachments: [link("标题")] })).toEqual([]);
  expect(messageFaults({ text: "", attachments: [] })).toEqual([{ path: "text", code: "empty", max: 0, is: 0 }]);
  expect(messageFaults({ text: "字".repeat(1_334), attachments: [] })).toEqual([
    { path: "text", code: "tooLong", max: 4_000, is: 4_002 },
  ]);
  const many = Array.from({ length: 10 }, () => link("标题"));
  expect(messageFaults({ text: "示例", attachments: many })).toEqual([
    { path: "attachments", code: "tooMany", max: 9, is: 10 },
  ]);
  const mini = { title: "字".repeat(22), pic_media_id: "m", appid: "wx-example", page: "pages/live" };
  expect(
    messageFaults({ text: "示例", attachments: [link(""), { msgtype: "miniprogram", miniprogram: mini }] }),
  ).toEqual([
    { path: "attachments.0.title", code: "empty", max: 0, is: 0 },
    { path: "attachments.1.title", code: "tooLong", max: 64, is: 66 },
  ]);
});

it("says what WeCom would refuse of a file", () => {
  expect(fileFault("image", 5)).toMatchObject({ code: "empty", is: 5 });
  expect(fileFault("image", 6)).toBeNull();
  expect(fileFault("image", 5 * 1024 * 1024 + 1)).toMatchObject({ code: "tooLong" });
  expect(fileFault("file", 20 * 1024 * 1024)).toBeNull();
});

it("knows what a code asks of the caller, and takes new ones as they are", () => {
  expect(meaningOf(45_009)).toEqual({ class: "rate", advice: "slowDown" });
  expect(meaningOf(60_020)).toEqual({ class: "permission", advice: "trustIp" });
  expect(meaningOf(999_999)).toEqual({ class: "other", advice: "lookUp" });
});
