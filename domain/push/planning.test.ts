import { describe, expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, START } from "#tests/support/given.ts";
import {
  GROUPS,
  handedOver,
  kindsOwed,
  MINUTE,
  owedNow,
  planned,
  pushesOf,
  pushOf,
  ready,
  reserve,
  resolve,
  resolveRobot,
  ROBOT,
  SYSTEM,
  TWO_OWNERS,
} from "#tests/support/pushes.ts";
import { complianceHits } from "../compliance-words.ts";
import { copyFaults, fillCopy } from "./copy.ts";
import { instant } from "../units.ts";
import { PushCopy } from "./shapes.ts";
import { statusOf } from "./state.ts";

const copyOf = (text: string, more: object = {}) => PushCopy.parse({ text, ...more });

describe("planning", () => {
  it("[PSH2] needs somebody to reach and words that WeCom takes", () => {
    const played = planned();
    played.when("push.plan", { ...GROUPS, audience: {} }).rejected("push.noAudience");
    played.when("push.plan", { ...ROBOT, audience: { groupIds: ["g1"] } }).rejected("push.noRobot");
    played.when("push.plan", { ...GROUPS, copy: { text: "", link: "none" } }).rejected("push.copyEmpty");
    const long = "好".repeat(1_300);
    // 3,900 bytes fit by themselves, and not with the link of a task behind them.
    played.when("push.plan", { ...GROUPS, copy: { text: long, link: "none" } }).ok();
    played
      .when("push.plan", { ...GROUPS, copy: { text: long } })
      .rejected("push.copyTooLong", { path: "text", max: 3_880, is: 3_900 });
    const card = { kind: "link", title: "好".repeat(43), desc: "", picUrl: null } as const;
    played.when("push.plan", { ...GROUPS, copy: { text: "", card } }).rejected("push.copyTooLong");
    expect(copyFaults("robot", copyOf("好".repeat(683), { link: "none" }))).toMatchObject([
      { code: "tooLong", max: 2_048 },
    ]);
  });

  it("[PSH2] refuses a time that is past, and one after which it is useless", () => {
    const played = planned();
    played.when("push.plan", { ...GROUPS, when: { by: "time", at: START } }).rejected("push.timePast");
    const when = { by: "time" as const, at: START + 30 * MINUTE };
    played.when("push.plan", { ...GROUPS, when, useBy: START + 15 * MINUTE }).rejected("push.uselessBeforeSent");
    played.when("push.plan", { ...GROUPS, when, leadMs: 0, useBy: START + 31 * MINUTE }).ok();
  });

  it("[PSH3] sends 群发 at set times only, 15 minutes before the start unless said", () => {
    const played = planned();
    const event = { by: "event", on: "openSale" } as const;
    played.when("push.plan", { ...GROUPS, when: { by: "hand" } }).rejected("push.timedOnly");
    played.when("push.plan", { ...GROUPS, when: event }).rejected("push.timedOnly");
    played.when("push.plan", GROUPS).ok();
    expect(pushOf(played)).toMatchObject({ when: { by: "start", offsetMs: 0 }, sendAt: START + 45 * MINUTE });
    played.when("push.plan", { ...ROBOT, when: event }).ok();
    expect(pushOf(played)).toMatchObject({ leadMs: 0, sendAt: null });
    played.when("push.plan", { ...ROBOT, when: event, leadMs: 60_000 }).rejected("push.leadWithoutTime");
  });

  it("[PSH4] follows the start of the show until it is handed over", () => {
    const played = ready();
    played.when("session.edit", { plannedStartAt: START + 90 * MINUTE }).ok();
    expect(pushOf(played).sendAt).toBe(START + 75 * MINUTE);
    played.when("push.plan", { ...GROUPS, when: { by: "start", offsetMs: 60 * MINUTE }, leadMs: 0 }).ok();
    played
      .at(START + 80 * MINUTE)
      .when("session.start", { reason: "试播" })
      .ok();
    expect(pushOf(played).sendAt).toBe(START + 140 * MINUTE);
    const gone = handedOver();
    const { sendAt } = pushOf(gone);
    gone.when("session.edit", { plannedStartAt: START + 200 * MINUTE }).ok();
    expect(pushOf(gone).sendAt).toBe(sendAt);
  });

  it("[PSH5] is useless from its time on and from the end of the show on", () => {
    const played = ready();
    expect(pushOf(played).expiresAt).toBeNull();
    played.when("push.plan", { ...GROUPS, useBy: START + 600 * MINUTE }).ok();
    played.when("push.plan", { ...GROUPS, outlives: true, useBy: START + 600 * MINUTE }).ok();
    played.when("push.plan", { ...ROBOT, when: { by: "event", on: "ended" } }).ok();
    played.live().when("session.end", {}).ok();
    const ends = [...pushesOf(played).pushes.values()].map(({ expiresAt }) => expiresAt);
    expect(ends).toEqual([START, START, START + 600 * MINUTE, null]);
  });

  it("[PSH6] changes until it is armed, against what was seen, and can be taken back", () => {
    const played = ready();
    const { pushId } = pushOf(played);
    played
      .when("push.edit", { pushId, to: { title: "改" } }, { expect: { title: "别的" } })
      .rejected("state.changed", { title: "开播提醒" });
    const before = played.slice("control", "pushes");
    played.when("push.edit", { pushId, to: { audience: { ...pushOf(played).audience, purposes: ["福利"] } } }).ok();
    expect(kindsOwed(played)).toEqual(["resolve"]);
    const stale = { pushId, rev: 1, corpId: "c1", emulated: false, zone: "UTC", leftOut: 0, tasks: [] };
    played.when("push.resolved", stale, SYSTEM).rejected("push.stale");
    played.when("tape.undo", { seq: played.seqOf("push.edited.v1") }).ok();
    expect(played.slice("control", "pushes")).toEqual(before);
    // The tasks of the old selection serve again.
    expect(kindsOwed(played)).toEqual([]);
    played.pass(45 * MINUTE);
    played.when("push.edit", { pushId, to: { title: "改" } }).rejected("push.armed");
    played.pass(3_000);
    played.when("push.edit", { pushId, to: { title: "改" } }).rejected("push.alreadyHandedOver");
    played.when("tape.undo", { seq: played.seqOf("push.planned.v1") }).rejected("undo.hasConsequences");
  });

  it("[PSH6] gives its quota back when it is removed", () => {
    const played = ready();
    const { pushId } = pushOf(played);
    played.when("push.remove", { pushId }).ok();
    expect(owedNow(played)).toMatchObject([{ kind: "release", pushId, corpId: "c1" }]);
    played.when("push.released", { pushId, rev: 1 }, SYSTEM).ok();
    expect(owedNow(played)).toEqual([]);
  });

  it("[PSH8] takes no real corp in a rehearsal and no emulated one in a real show", () => {
    for (const rehearsal of [false, true]) {
      const played = planned(rehearsal).when("push.plan", GROUPS).ok();
      const { pushId, rev } = pushOf(played);
      const input = { pushId, rev, corpId: "c1", emulated: !rehearsal, zone: "UTC", leftOut: 0, tasks: [] };
      played.when("push.resolved", input, SYSTEM).rejected("push.wrongCorp");
      played.when("push.resolved", { ...input, emulated: rehearsal }, SYSTEM).ok();
    }
  });

  it("[PSH9] writes figures in when it is handed over, with the time where they fall", () => {
    const played = planned();
    played
      .when("coupon.plan", {
        carrier: "own",
        title: "满减",
        discount: { kind: "moneyOff", thresholdFen: 1_000, offFen: 100, productIds: null },
        total: 40,
        rules: "",
      })
      .ok();
    const couponId = String(Object(Object(played.log.at(-1)).data).couponId);
    const copy = { text: "{{startsAt}} 开播\n还剩 {{couponsLeft}} 张,先到先得" };
    played.when("push.plan", { ...GROUPS, copy, about: { couponId } }).ok();
    handedOver(reserve(resolve(played)));
    expect(pushOf(played).filled?.text).toBe("21:00 开播\n还剩 40 张,先到先得(截至 20:45)");
    expect(
      fillCopy(copyOf("{{startsAt}} {{nobody}}"), { startsAt: "21:00" }, { at: instant(START), zone: "UTC" }).filled
        .text,
    ).toBe("21:00 {{nobody}}");
  });

  it("[PSH9] does not go with a figure that has no value, and says which", () => {
    const played = reserve(
      resolve(
        planned()
          .when("push.plan", { ...GROUPS, copy: { text: "已有 {{signups}} 人预约,{{product}}" } })
          .ok(),
      ),
    );
    played
      .when("push.handOver", { pushId: pushOf(played).pushId })
      .rejected("push.copyMissing", { pushId: pushOf(played).pushId, fields: ["signups", "product"] });
    played.pass(45 * MINUTE);
    expect(pushOf(played)).toMatchObject({ held: { reason: "refused", code: "push.copyMissing" }, armed: null });
  });

  it("[PSH9] flags words that a message to customers had better not hold", () => {
    expect(complianceHits("全网最低价,转发领券")).toMatchObject([{ word: "全网最低价" }, { word: "转发领" }]);
  });

  it("[PSH22] names in the checks what would not reach anybody", () => {
    const played = planned();
    const lines = (slice: string) =>
      Object(played.slice("control", slice))
        .lines.filter(({ code }: { code: string }) => code.startsWith("push"))
        .map(({ code }: { code: string }) => code);
    played.when("push.plan", { ...GROUPS, copy: { text: "{{top3}}" } }).ok();
    expect(lines("goLiveCheck")).toEqual(["pushNotResolved", "pushCopyWithout"]);
    resolve(played, []);
    expect(lines("goLiveCheck")).toEqual(["pushNobody", "pushCopyWithout"]);
    played.when("push.remove", { pushId: pushOf(played).pushId }).ok();
    reserve(resolve(played.when("push.plan", { ...GROUPS, copied: true }).ok()), ["g1"]);
    expect(lines("goLiveCheck")).toEqual(["pushHeld", "pushOverQuota"]);
    const waits = handedOver();
    waits.live();
    for (const taskId of ["taskaa", "taskbb"]) {
      waits.when("push.call", { taskId }, SYSTEM).ok();
      waits.send("push.called", { taskId, outcome: { is: "handedOver", msgid: taskId, failed: [] } }, SYSTEM).ok();
    }
    expect(Object(waits.slice("control", "wrapUpCheck")).lines).toContainEqual(
      expect.objectContaining({ code: "pushUnsent", data: expect.objectContaining({ unsent: 2 }) }),
    );
  });

  it("[PSH23] holds what was copied until somebody lets it go", () => {
    const played = planned()
      .when("push.plan", { ...GROUPS, copied: true })
      .ok();
    reserve(resolve(played)).pass(46 * MINUTE);
    expect(statusOf(pushOf(played))).toBe("held");
    played
      .when("push.unhold", { pushIds: [pushOf(played).pushId] })
      .ok()
      .pass(3_000);
    expect(pushOf(played).rounds).toBe(1);
  });

  it("[PSH24] shows targets to nobody and pushes to staff alone", () => {
    const played = resolveRobot(handedOver().when("push.plan", ROBOT).ok());
    for (const audience of ["control", "review", "host", "viewer"] as const) {
      const shown = JSON.stringify(played.view(audience));
      for (const { targetIds } of TWO_OWNERS) for (const id of targetIds) expect(shown).not.toContain(`"${id}"`);
      expect(Object.keys(played.view(audience).slices).includes("pushes")).toBe(
        audience === "control" || audience === "review",
      );
    }
    expect(JSON.stringify(played.slice("control", "tape"))).not.toContain("push.resolved");
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });
});
