import { expect, test } from "vitest";
import { hashView } from "./hash-view.ts";
import { signedUp, stageOf } from "./landing.ts";
import type { Me } from "./viewer-data.ts";

test("before, live and ended are three pages; an interrupted show is live", () => {
  const phases = ["planned", "warmup", "live", "interrupted", "ended"] as const;
  expect(phases.map((phase) => stageOf({ phase }))).toEqual(["before", "before", "live", "live", "ended"]);
});

test("whoever took the sign-up back is not signed up", () => {
  const me = (state: "standing" | "cancelled"): Me => ({
    personId: "v",
    anonymous: true,
    me: {
      coupon: [],
      lottery: [],
      reward: [],
      signup: { n: 1, code: "ABC1234", at: 1, state, remindBy: [] },
      invite: null,
      leaderboard: null,
    },
  });
  expect([signedUp(me("standing"))?.code, signedUp(me("cancelled")), signedUp(null)]).toEqual(["ABC1234", null, null]);
});

test("parts of the page have addresses of their own; anything else is its beginning", () => {
  expect(["#signup", "#poster", "#me", "#draw/d1", "#nonsense", ""].map((hash) => hashView(hash).part)).toEqual([
    "signup",
    "poster",
    "me",
    "draw",
    "home",
    "home",
  ]);
});
