import { expect, it } from "vitest";
import { AUDIENCES } from "#domain/op.ts";
import { engine } from "#domain/ops/index.ts";
import type { ScreenPrincipal } from "../auth/principal.ts";
import { grantsIn, maySee, maySend } from "./access.ts";

const screen: ScreenPrincipal = { kind: "screen", key: "link:1", linkId: "k1", name: "示例", sessionId: "s1" };

it("[SCR6] a screen's link may say that a message was seen and nothing else, and sees the host's view alone", () => {
  const grants = grantsIn(screen, { sessionId: "s1", roomId: "r1" });
  const allowed = [...engine.commands.values()].filter((rule) => maySend(grants, rule)).map(({ type }) => type);
  expect(allowed).toEqual(["message.seen"]);
  expect(AUDIENCES.filter((audience) => maySee(grants, audience))).toEqual(["host", "viewer"]);
});

it("[SCR6] a screen's link opens its own show and no other of the same room", () => {
  expect(grantsIn(screen, { sessionId: "s2", roomId: "r1" })).toEqual([]);
});
