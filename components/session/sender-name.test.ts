import { expect, test } from "vitest";
import english from "../strings/en.json" with { type: "json" };
import chinese from "../strings/zh-CN.json" with { type: "json" };
import { OWN_SENDERS, ownSender } from "./sender-name.ts";

test("whoever acts without being a person has a name of its own in both languages", () => {
  expect(["program:rehearsal", "program:local", "program:env", "system", "program:t_gone"].map(ownSender)).toEqual([
    "rehearsal",
    "local",
    "env",
    "system",
    "program",
  ]);
  expect(["staff:p_1", "screen:k_1", "person:v_1"].map(ownSender)).toEqual([undefined, undefined, undefined]);
  for (const sender of OWN_SENDERS) expect([chinese.sender[sender], english.sender[sender]]).not.toContain("");
});
