import { describe, expect, it } from "vitest";
import { complianceHits } from "./compliance-words.ts";

const words = (text: string) =>
  complianceHits(text).map(({ kind, word, plain }) => `${kind}:${word}${plain ? "!" : ""}`);

describe("words that had better not stand there", () => {
  it.each([
    ["全网最低价", ["superlative:全网最低价"]],
    ["国家级工艺,最佳选择", ["superlative:国家级!", "superlative:最佳!"]],
    ["销量第一的羽绒服", ["superlative:销量第一"]],
    ["行业第一品牌", ["superlative:行业第一"]],
    ["全国唯一授权", ["superlative:全国唯一"]],
    ["TOP1 单品", ["superlative:TOP1"]],
    ["可以根治脱发", ["promise:根治!"]],
    ["百分百有效", ["promise:百分百"]],
    ["转发领券", ["incitement:转发领!"]],
    ["邀请 3 位好友即可免费领", ["incitement:邀请 3 位好友即可免费领!"]],
    ["分享到朋友圈抽奖", ["incitement:分享到朋友圈抽奖!"]],
    ["邀请好友来,人人有礼", ["incitement:邀请好友来,人人有礼!"]],
    ["每邀请 1 人奖励 5 元", ["incitement:邀请 1 人奖励!"]],
    ["邀请 3 位好友即可参与抽奖", ["incitement:邀请 3 位好友即可参与抽奖!"]],
    ["拉新有奖", ["incitement:拉新有奖!"]],
    ["拉 3 人进群送围巾", ["incitement:拉 3 人进群送!"]],
    ["好友助力满 3 人免费拿", ["incitement:助力满 3 人免!"]],
    ["点赞送围巾,关注即可领券", ["incitement:点赞送!", "incitement:关注即可领!"]],
    ["全国销量冠军,世界领先", ["superlative:全国销量冠军", "superlative:世界领先"]],
    ["绝对正品,永久保修", ["superlative:绝对正品", "promise:永久保修"]],
    ["最 好的羊绒,国宴指定", ["superlative:最 好", "superlative:国宴"]],
    ["快来帮我砍一刀", ["incitement:帮我砍!"]],
    ["加我微信便宜", ["diversion:加我微信"]],
    ["直降到底", ["price:直降"]],
    ["全场 5 折", ["price:5 折"]],
  ])("[CMP2] %s", (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it.each([
    "最后一天,最近到货,最多买两件,最新款",
    "第一次来的朋友,第一时间提醒,第一场,第一名 12 人",
    "最高减 300,最低消费 99,最大尺码 XXL",
    "面料 100% 棉,100%桑蚕丝,含 90% 白鸭绒",
    "唯一码,请勿转给别人",
    "邀请榜前三:小**学;邀请你来看直播",
    "分享给需要的人,关注我们看下一场",
    "原价 399 元,直播价 299;8 折(日常价 ¥399)",
    "拿到手再付,领队推荐,转发前请看",
    "最优惠券面额随机",
    "拉链换了新的,拉丝绒可以送人",
    "关注天气变化,可以换厚一点的被子",
    "分享会上可以拿到小样,我推荐这件可以送长辈",
    "邀请设计师来送搭配手册,特邀嘉宾送祝福",
    "最低到手 99 元起,助力冬奥同款,跳楼机同款卫衣",
  ])("[CMP3] lets ordinary words pass: %s", (text) => {
    expect(words(text)).toEqual([]);
  });
});
