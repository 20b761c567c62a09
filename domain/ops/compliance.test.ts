import { describe, expect, it } from "vitest";
import { GROUPS, pushOf, reserve, resolve } from "#tests/support/pushes.ts";
import { idOf, STARTS_AT, warming } from "#tests/support/warmups.ts";
import type { Show } from "#tests/support/given.ts";
import type { ComplianceRow } from "../compliance/state.ts";

const HOUR = 3_600_000;
const MANAGER = { by: "staff:manager" };
const findings = (played: Show): ComplianceRow[] =>
  Object.values(Object(played.slice("control", "complianceFindings")));
const rules = (played: Show): string[] => findings(played).map(({ rule, where }) => `${rule}@${where.kind}`);
const counts = (played: Show) => played.slice("control", "compliance");

const act = (blockId: string, part: "opening" | "closing", text = "") => ({
  blockId,
  part,
  kind: "act" as const,
  title: "先预约",
  text,
});
const page = (text = "") => [
  {
    blockId: "b1",
    part: "opening" as const,
    kind: "hero" as const,
    title: "暖冬专场",
    subtitle: text,
    pictureUrl: null,
    countdown: true,
  },
  act("b2", "opening"),
  {
    blockId: "b3",
    part: "proof" as const,
    kind: "quotes" as const,
    title: "",
    items: [{ text: "质感很好", who: "老客" }],
  },
  act("b4", "closing"),
];
const withGoods = (played: Show): Show => {
  const skus = [{ name: "S", liveFen: 9_900, sellable: 1 }];
  const discount = { kind: "direct", offFen: 100, productIds: null } as const;
  return played
    .send("bag.applySheet", { products: [{ linkNo: 1, name: "围巾", skus }] })
    .ok()
    .send("coupon.plan", { carrier: "shop", title: "立减 1 元", discount, total: 10 })
    .ok();
};
const settings = { channelsName: "示例旗舰店", privacyText: "只用于本场。" };

describe("compliance", () => {
  it("[CMP1] reads landing page, pushes, cells, rewards, draws, coupons, products and methods, and says where", () => {
    const played = warming();
    played.when("landing.setBlocks", { blocks: page("转发领券") }).ok();
    played.when("push.plan", { ...GROUPS, copy: { text: "国家级品质" } }).ok();
    played.when("wave.useTemplate", { template: "four" }).ok();
    const beatId = "live";
    played
      .when("wave.plan", {
        beatId,
        channel: "shortVideo",
        title: "短视频",
        copy: "邀请好友领券",
        when: { by: "start", offsetMs: 0 },
      })
      .ok();
    played.when("reward.plan", { threshold: 3, title: "围巾", carrier: "contactGift", stock: 3 }).ok();
    const prizes = [{ name: "顶级羽绒服", count: 1, valueFen: 100 }];
    played.when("lottery.plan", { carrier: "ownDraw", title: "抽奖", prizes, durationMs: 60_000, rules: "" }).ok();
    played.when("method.add", { kind: "bargain", carrier: "h5", chosen: true }).ok();
    const skus = [{ name: "S", liveFen: 9_900, sellable: 1 }];
    played.send("bag.applySheet", { products: [{ linkNo: 1, name: "围巾", mechanism: "直播间 5 折", skus }] }).ok();
    expect(rules(played).toSorted()).toEqual(
      [
        "inviteRewardOnH5@landing",
        "couponNotPlanned@landing",
        "couponNotPlanned@cell",
        "couponNotPlanned@cell",
        "noDrawRules@landing",
        "absoluteNamed@push",
        "inviteReward@cell",
        "noRewardRules@reward",
        "noDrawRules@lottery",
        "absolute@lottery",
        "h5Method@method",
        "noOriginalPrice@product",
      ].toSorted(),
    );
    expect(counts(played)).toEqual({ blocks: 5, warnings: 7, accepted: 0 });
    expect(findings(played).find(({ rule }) => rule === "absoluteNamed")).toMatchObject({
      severity: "block",
      words: "国家级",
      where: { kind: "push", id: pushOf(played).pushId, title: "开播提醒", field: "text" },
    });
  });

  it("[CMP3] has nothing against the texts that templates begin with", () => {
    const played = withGoods(warming());
    for (const template of ["seven", "reminders"] as const) played.when("wave.useTemplate", { template }).ok();
    expect(findings(played)).toEqual([]);
    expect(findings(withGoods(warming()).when("wave.useTemplate", { template: "four" }).ok())).toEqual([]);
  });

  it("[CMP4] asks for rules and odds where something is drawn, and for the price that a price is compared with", () => {
    const played = warming()
      .when("landing.setBlocks", { blocks: page("开播抽奖") })
      .ok();
    expect(rules(played)).toEqual(["noDrawRules@landing", "oddsNotSaid@landing"]);
    const ruled = [
      ...page("开播抽 3 名送围巾"),
      { blockId: "b5", part: "closing" as const, kind: "rules" as const, title: "规则", text: "登记即可参加" },
    ];
    played.when("landing.setBlocks", { blocks: ruled }).ok();
    expect(rules(played)).toEqual([]);
    const skus = [{ name: "S", liveFen: 9_900, usualFen: 19_900, sellable: 1 }];
    played.send("bag.applySheet", { products: [{ linkNo: 1, name: "围巾", mechanism: "直播间 5 折", skus }] }).ok();
    expect(rules(played)).toEqual([]);
  });

  it("[CMP5] blocks stop the page, the push and the reward, and say what and where", () => {
    const played = warming()
      .when("landing.setBlocks", { blocks: page("邀请 3 位好友得围巾") })
      .ok();
    played.when("landing.setSettings", settings).ok();
    const found = { rule: "inviteRewardOnH5", where: { kind: "landing", id: "b1", field: "subtitle" } };
    played.when("landing.publish", {}).rejected("compliance.blocked", { count: 1, findings: [found] });
    played.when("push.plan", { ...GROUPS, copy: { text: "转发领券" } }).ok();
    reserve(resolve(played))
      .at(STARTS_AT - HOUR)
      .when("push.handOver", { pushId: pushOf(played).pushId })
      .rejected("compliance.blocked");
    const reward = { threshold: 3, title: "国家级围巾", carrier: "contactGift" as const, stock: 3, rules: "送完为止" };
    played.when("reward.plan", reward).rejected("compliance.blocked");
    const dear = { ...reward, title: "轿车", valueFen: 5_000_001 };
    played.when("reward.plan", dear).rejected("compliance.blocked", { count: 1, findings: [{ rule: "prizeCap" }] });
    played
      .when("landing.setBlocks", { blocks: page("到手价看得见") })
      .ok()
      .when("landing.publish", {})
      .ok();
  });

  it("[CMP5] blocks stop an own draw, an own coupon, and a page that shows such a product", () => {
    const played = warming();
    const rules = "邀请 3 位好友即可参与抽奖";
    const prizes = [{ name: "围巾", count: 1, valueFen: 100 }];
    const draw = { title: "抽奖", prizes, durationMs: 60_000, rules };
    played.when("lottery.plan", { ...draw, carrier: "ownDraw" }).ok();
    const lotteryId = idOf(played, "lottery.planned.v1", "lotteryId");
    played.when("lottery.open", { lotteryId }).rejected("compliance.blocked");
    played.send("lottery.edit", { lotteryId, to: { rules: "登记即可参与" } }).ok();
    played.when("lottery.open", { lotteryId }).ok();
    const discount = { kind: "direct" as const, offFen: 100, productIds: null };
    const coupon = { title: "示例券", discount, total: 100, perPerson: 1, rules: "分享给好友即可领取" };
    played.send("coupon.plan", { ...coupon, carrier: "own" }).ok();
    const couponId = idOf(played, "coupon.planned.v1", "couponId");
    played.when("coupon.push", { couponId }).rejected("compliance.blocked");
    const skus = [{ name: "S", liveFen: 9_900, sellable: 1 }];
    played.send("bag.applySheet", { products: [{ linkNo: 1, name: "国家级围巾", skus }] }).ok();
    const [productId = ""] = played.bag().products.keys();
    const shown = {
      blockId: "b9",
      part: "proof" as const,
      kind: "products" as const,
      title: "",
      productIds: [productId],
    };
    const blocks = page("到手价看得见");
    played.when("landing.setBlocks", { blocks: [...blocks.slice(0, -1), shown, ...blocks.slice(-1)] }).ok();
    played.when("landing.setSettings", settings).ok();
    const found = { rule: "absoluteNamed", where: { kind: "product" } };
    played.when("landing.publish", {}).rejected("compliance.blocked", { count: 1, findings: [found] });
  });

  it("[CMP5] of a coupon that people hold, title and rules are mended one after the other; nothing gets worse on the way", () => {
    const played = warming();
    const discount = { kind: "direct" as const, offFen: 100, productIds: null };
    const from = { title: "示例券", rules: "到店用" };
    played.send("coupon.plan", { ...from, discount, total: 100, perPerson: 1, carrier: "own" }).ok();
    const couponId = idOf(played, "coupon.planned.v1", "couponId");
    played.when("coupon.push", { couponId }).ok();
    // As it was worded before such words were blocked.
    played.given("coupon.edited.v1", { couponId, from, to: { title: "最佳好券", rules: "分享给好友即可领取" } });
    const edit = (to: object) => played.send("coupon.edit", { couponId, to });
    edit({ title: "国家级好券" }).rejected("compliance.blocked", { count: 1 });
    edit({ rules: "分享给好友即可领取,分享给好友即可领取" }).rejected("compliance.blocked");
    edit({ title: "到店券", rules: "最佳之选,分享给好友即可领取" }).rejected("compliance.blocked");
    edit({ rules: "到店出示,分享给好友即可领取" }).ok();
    edit({ title: "到店券" }).ok();
    const mended = played.seqOf("coupon.edited.v1");
    edit({ rules: "到店出示" }).ok();
    played.when("tape.undo", { seq: played.seqOf("coupon.edited.v1") }).rejected("compliance.blocked");
    played.when("tape.undo", { seq: mended }).rejected("compliance.blocked");
    expect(played.coupon().coupons.get(couponId)).toMatchObject({ title: "到店券", rules: "到店出示" });
  });

  it("[CMP5] blocks stop words that an own coupon gets once people hold it, also by taking back", () => {
    const played = warming();
    const discount = { kind: "direct" as const, offFen: 100, productIds: null };
    const coupon = { title: "示例券", discount, total: 100, perPerson: 1, rules: "分享给好友即可领取" };
    played.send("coupon.plan", { ...coupon, carrier: "own" }).ok();
    const couponId = idOf(played, "coupon.planned.v1", "couponId");
    const edit = (to: object) => played.send("coupon.edit", { couponId, to });
    // Nobody sees it yet: that is found, and stops the push.
    edit({ title: "示例券 1" }).ok();
    edit({ rules: "到店出示" }).ok();
    const mended = played.seqOf("coupon.edited.v1");
    played.when("coupon.push", { couponId }).ok();
    edit({ rules: "邀请 3 位好友即可领取" }).rejected("compliance.blocked");
    edit({ title: "到店券" }).ok();
    played.when("tape.undo", { seq: mended }).rejected("compliance.blocked");
    edit({ rules: "到店出示,每人一张" }).ok();
    expect(played.coupon().coupons.get(couponId)).toMatchObject({ title: "到店券", rules: "到店出示,每人一张" });
  });

  it("[CMP6] lets the manager accept a warning with a reason that is kept, for these very words; a block never", () => {
    const played = warming()
      .when("landing.setBlocks", { blocks: page("顶级面料") })
      .ok();
    played.when("landing.setSettings", settings).ok();
    const [found] = findings(played);
    if (!found) throw new Error("nothing was found");
    const accept = { findingId: found.findingId, reason: "检测报告在附件" };
    played.when("compliance.accept", accept, MANAGER).ok();
    expect(findings(played)[0]?.accepted).toMatchObject({
      by: "staff:manager",
      reason: "检测报告在附件",
      words: "顶级",
    });
    expect(counts(played)).toEqual({ blocks: 0, warnings: 0, accepted: 1 });
    played.when("landing.setBlocks", { blocks: page("极品面料") }).ok();
    expect(counts(played)).toEqual({ blocks: 0, warnings: 1, accepted: 0 });
    played.when("compliance.accept", accept, MANAGER).rejected("compliance.notFound");
    played.when("landing.setBlocks", { blocks: page("国家级面料") }).ok();
    const [block] = findings(played);
    played
      .when("compliance.accept", { findingId: block?.findingId ?? "", reason: "试试" }, MANAGER)
      .rejected("compliance.notAcceptable");
  });

  it("[CMP7] an acceptance can be withdrawn and taken back, and warnings alone stop nothing", () => {
    const played = warming()
      .when("landing.setBlocks", { blocks: page("顶级面料") })
      .ok();
    played.when("landing.setSettings", settings).ok().when("landing.publish", {}).ok();
    const findingId = findings(played)[0]?.findingId ?? "";
    played.when("compliance.accept", { findingId, reason: "有据" }, MANAGER).ok();
    played.when("compliance.withdraw", { findingId }, MANAGER).ok();
    expect(counts(played)).toMatchObject({ warnings: 1, accepted: 0 });
    played.when("tape.undo", { seq: played.seqOf("compliance.acceptanceSet.v1") }, MANAGER).ok();
    expect(counts(played)).toMatchObject({ warnings: 0, accepted: 1 });
  });

  it("[CMP8] warns of coupons and prices that words promise and the show has not got, until it has", () => {
    const blocks = page("直播专享价,还有到店可用的券");
    const promises = (played: Show) => rules(played).filter((rule) => rule.includes("NotPlanned"));
    const played = warming().when("landing.setBlocks", { blocks }).ok();
    expect(promises(played)).toEqual(["couponNotPlanned@landing", "livePriceNotPlanned@landing"]);
    played.when("push.plan", { ...GROUPS, copy: { text: "会员价只在直播间" } }).ok();
    expect(promises(played)).toContain("livePriceNotPlanned@push");
    played.when("wave.useTemplate", { template: "seven" }).ok();
    expect(promises(played)).toContain("couponNotPlanned@cell");
    played.when("landing.setSettings", settings).ok().when("landing.publish", {}).ok();
    expect(promises(withGoods(played))).toEqual([]);
  });

  it("[CMP8] takes no other words for a promise of either", () => {
    const blocks = page("入场券不用领,券商朋友也欢迎;价格看得见,直播间里见");
    expect(rules(warming().when("landing.setBlocks", { blocks }).ok())).toEqual([]);
  });
});
