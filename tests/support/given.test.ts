import { expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, show } from "./given.ts";

it("[SES2] plays commands on the real engine, in both senses of then", () => {
  const played = show().live();
  played
    .when("session.edit", { title: "新标题" })
    .then({ type: "session.edited.v1", data: { to: { title: "新标题" } } })
    .when("session.start", {})
    .rejected("session.alreadyStarted", { phase: "live" })
    .send("session.edit", { title: 7 })
    .invalid("input.title");
  expect(played.slice("viewer", "session")).toMatchObject({ title: "新标题" });
  expectLeanViewsEqual(played, 1);
  expectRebuilt(played);
});
