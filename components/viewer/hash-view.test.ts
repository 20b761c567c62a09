import { expect, test } from "vitest";
import { hashView, viewThatIs } from "./hash-view.ts";
import { asShow } from "./viewer-data.ts";

function showAt(phase: string, { landing = true }: { landing?: boolean } = {}) {
  const show = asShow({
    showNow: 0,
    slices: {
      session: { phase },
      signups: { standing: 0 },
      products: [],
      coupons: [],
      lotteries: [
        ["own", { pledge: null }],
        ["bag", {}],
      ],
      landingPublished: [],
      landingPage: landing ? [["published", { is: "published", settings: {}, rev: 1 }]] : [],
      rewardSteps: [],
    },
  });
  if (!show) throw new Error("no show");
  return show;
}

const openAt = (hash: string, ...at: Parameters<typeof showAt>) => viewThatIs(hashView(hash), showAt(...at)).part;

test("a page kept open for days comes back to what there still is: nothing to reserve once the show is on, no poster once it is over", () => {
  expect(["warmup", "live", "interrupted", "ended"].map((phase) => openAt("#reserve", phase))).toEqual([
    "reserve",
    "home",
    "home",
    "home",
  ]);
  expect(["warmup", "live", "ended"].map((phase) => openAt("#poster", phase))).toEqual(["poster", "poster", "home"]);
  expect(["#me", "#board", "#invite", "#signup"].map((hash) => openAt(hash, "ended"))).toEqual([
    "me",
    "board",
    "invite",
    "signup",
  ]);
});

test("a landing page that was taken offline leaves nobody before an empty page", () => {
  expect(["#reserve", "#signup"].map((hash) => openAt(hash, "warmup", { landing: false }))).toEqual(["home", "home"]);
});

test("a draw that is gone, or is the platform's, is no page here", () => {
  expect(["#draw/own", "#draw/gone", "#draw/bag"].map((hash) => openAt(hash, "live"))).toEqual([
    "draw",
    "home",
    "home",
  ]);
});
