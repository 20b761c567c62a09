import { expect, it } from "vitest";
import { parseJson } from "./json-body.ts";

const read = (text: string | Uint8Array) => parseJson(typeof text === "string" ? Buffer.from(text) : text);

it("takes JSON that can be stored and shown", () => {
  expect(read('{"a":["示例",1,null,{"b":"😀"}]}')).toEqual({ value: { a: ["示例", 1, null, { b: "😀" }] } });
});

it("refuses what PostgreSQL or the stack could not take, and says where", () => {
  expect(read('{"a":{"b":["x","\\u0000"]}}')).toEqual({ problem: "text.unstorable", path: "a.b.1" });
  expect(read('{"a":"\\ud800"}')).toEqual({ problem: "text.unstorable", path: "a" });
  expect(read('{"\\u0000":1}')).toMatchObject({ problem: "json.key" });
  expect(read('{"__proto__":{"owner":true}}')).toMatchObject({ problem: "json.key" });
  expect(read("[".repeat(100_000) + "]".repeat(100_000))).toMatchObject({ problem: "json.tooDeep" });
  expect(read("{")).toMatchObject({ problem: "json.syntax" });
  expect(read(new Uint8Array([0x22, 0xff, 0x22]))).toMatchObject({ problem: "json.notUtf8" });
});
