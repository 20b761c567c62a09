import { expect, it } from "vitest";
import { GO_LIVE_LINES } from "#domain/presets.ts";
import { warming } from "#tests/support/warmups.ts";
import type { Show } from "#tests/support/given.ts";

const asked = (played: Show): string[] =>
  Object(played.slice("control", "goLiveCheck"))
    .lines.map(({ code }: { code: string }) => code)
    .filter((code: string) => code.startsWith("enabler"));
const missing = (played: Show): string[] =>
  Object(played.slice("control", "readiness")).flatMap((row: { missing: { code: string }[] }) =>
    row.missing.map(({ code }) => code),
  );

it("[CHK8] a show that warms up is asked for its six enablers, and they are shown of every show", () => {
  const played = warming();
  const empty = [
    "enablerNoSource",
    "enablerNoWave",
    "enablerNoLanding",
    "enablerNoProduct",
    "enablerNoCoupon",
    "enablerNoHost",
    "enablerNoCue",
  ];
  expect(missing(played)).toEqual(empty);
  expect(asked(played)).toEqual(["enablerNoProduct", "enablerNoCue"]);
  played.when("session.warmUp", {}).ok();
  expect(asked(played)).toEqual(empty);
  played.when("source.plan", { kind: "store", name: "一店" }).ok();
  played.when("wave.useTemplate", { template: "four" }).ok();
  played.when("session.setTargets", { paidFen: null, audience: null, orders: null, reservations: 100 }).ok();
  expect(asked(played).slice(0, 2)).toEqual(["enablerNoReservations", "enablerNoLanding"]);
  expect(asked(played)).toContain("enablerNoOwner");
  played.when("reservation.note", { count: 0 }).ok();
  expect(asked(played)).not.toContain("enablerNoReservations");
  played.when("check.waive", { lineId: "enabler:scene:enablerNoLanding", reason: "只在群里预告" }).ok();
  const { lines } = Object(played.slice("control", "goLiveCheck"));
  expect(lines.find(({ code }: { code: string }) => code === "enablerNoLanding").waived.reason).toBe("只在群里预告");
});

it("[CHK9] no show goes on air without products or a rundown unless somebody says why", () => {
  const played = warming();
  for (const { lineId } of GO_LIVE_LINES) played.when("check.tick", { lineId }).ok();
  played.when("session.start", {}).rejected("check.open", {
    open: ["enabler:product:enablerNoProduct", "enabler:script:enablerNoCue"],
    count: 2,
  });
  played.when("rundown.addCue", { cue: { kind: "talk", title: "开场" } }).ok();
  expect(asked(played)).toEqual(["enablerNoProduct"]);
  played.when("check.waive", { lineId: "enabler:product:enablerNoProduct", reason: "只聊天" }).ok();
  played.when("session.start", {}).ok();
});
