/**
 * 裂变 methods of the trade, as a start for the room's own list. `h5`: what WeChat's rules for outside links make of it on an H5 page (peers.md P11):
 * `blocked` ones want a mini program, or a contact code and a gift from the member. `steps`: acts until somebody has shared.
 */
export type MethodWords = {
  readonly title: string;
  readonly motive: string;
  readonly ability: string;
  readonly trigger: string;
};
export type MethodEntry = MethodWords & {
  readonly kind: string;
  readonly h5: "allowed" | "blocked";
  readonly steps: number;
  /** The same words for a team that reads English; whoever lists the method stores the words that they read. */
  readonly en: MethodWords;
};

type Words = readonly [title: string, motive: string, ability: string, trigger: string];

const wordsOf = ([title, motive, ability, trigger]: Words): MethodWords => ({ title, motive, ability, trigger });
const entry = ([kind, h5, steps]: readonly [string, MethodEntry["h5"], number], zh: Words, en: Words): MethodEntry => ({
  kind,
  h5,
  steps,
  ...wordsOf(zh),
  en: wordsOf(en),
});

export const METHOD_CATALOGUE: readonly MethodEntry[] = [
  entry(
    ["poster", "allowed", 2],
    ["专属海报邀请榜", "上榜、被看见", "长按存图,发群发圈", "名次被超过时提醒"],
    [
      "Personal poster and leaderboard",
      "to be on the board, to be seen",
      "long press saves the poster",
      "being overtaken",
    ],
  ),
  entry(
    ["taskReward", "blocked", 3],
    ["任务宝(邀请满 n 人得礼)", "到手的礼品", "扫码加企微,助力实时更新", "差 1 人时提醒"],
    ["Gift for n friends (任务宝)", "a gift in hand", "scan, add a member, watch the count", "one friend short"],
  ),
  entry(
    ["groupFission", "blocked", 4],
    ["群裂变(进群 → 发海报 → 审核)", "群内福利", "群欢迎语带规则和海报", "进群即提示"],
    ["Groups that grow (poster, then check)", "what the group gets", "the welcome has rules and poster", "on joining"],
  ),
  entry(
    ["miniProgramTask", "blocked", 3],
    ["小程序 + 企微助力", "助力后得券", "小程序分享卡片", "助力到账提醒"],
    ["Boosting by mini program and WeCom", "a coupon once boosted", "card of the mini program", "a boost comes in"],
  ),
  entry(
    ["officialTask", "blocked", 4],
    ["公众号任务宝 → 企微领奖", "免费领取", "公众号海报", "进度模板消息"],
    ["Official account task, prize in WeCom", "something for free", "poster of the account", "message of progress"],
  ),
  entry(
    ["referral", "blocked", 3],
    ["老带新(双方得礼)", "给朋友也带一份", "一键转发", "收货后一周"],
    ["Refer a friend (both get a gift)", "one for the friend too", "forwarded in one tap", "a week after delivery"],
  ),
  entry(
    ["wordOfMouth", "allowed", 2],
    ["口碑推荐(晒单、买家秀)", "认同与展示", "现成的图文", "收货、开箱时"],
    ["Word of mouth (unboxing, reviews)", "approval, showing", "pictures and words at hand", "on unpacking"],
  ),
  entry(
    ["shareOnly", "allowed", 1],
    ["纯分享(内容本身值得转)", "对朋友有用", "一键转发", "看到结尾"],
    ["Content worth passing on", "useful to friends", "forwarded in one tap", "at the end of it"],
  ),
  entry(
    ["coupon", "blocked", 2],
    ["裂变券(分享得随机额)", "随机金额", "支付完成页分享", "支付完成"],
    ["Shared coupon of a random amount", "a random amount", "shared from the paid page", "having paid"],
  ),
  entry(
    ["groupBuy", "blocked", 3],
    ["拼团", "更低的价", "小程序拼团页", "差 1 人成团"],
    ["Group buying", "a lower price", "page in the mini program", "one short of the group"],
  ),
  entry(
    ["bargain", "blocked", 3],
    ["砍价", "越砍越低", "小程序砍价页", "剩余时间"],
    ["Bargaining down", "each cut lowers the price", "page in the mini program", "time running out"],
  ),
  entry(
    ["helpFree", "blocked", 3],
    ["助力免单 / 一元解锁", "免单", "小程序助力页", "差 1 人时"],
    ["Boost for free, or for one yuan", "free of charge", "page in the mini program", "one friend short"],
  ),
  entry(
    ["giftFriend", "allowed", 2],
    ["送礼给朋友", "表达心意", "小程序送礼", "节日"],
    ["A present for a friend", "to show affection", "presents in the mini program", "holidays"],
  ),
  entry(
    ["fullReduction", "allowed", 2],
    ["满减凑单分享", "凑单省运费", "清单分享", "差额提示"],
    ["Filling an order together", "saves the freight", "a shared list", "what is missing is told"],
  ),
  entry(
    ["distribution", "blocked", 4],
    ["分销推荐官", "佣金", "专属码与素材", "结算到账"],
    ["Paid recommenders", "commission", "own code and material", "commission is paid out"],
  ),
  entry(
    ["staff", "allowed", 1],
    ["员工转发", "内部榜单", "员工转发清单", "开播前 10 分钟"],
    ["Forwarding by staff", "a board among colleagues", "a list to forward", "10 minutes before the start"],
  ),
  entry(
    ["storeCode", "allowed", 2],
    ["门店物料扫码预约", "到店券", "导购一句话 + 台卡", "收银时"],
    ["Scan in the store to reserve", "a coupon for the store", "one sentence and a card", "at the till"],
  ),
  entry(
    ["liveReserve", "allowed", 1],
    ["预约有礼(只为自己)", "开播专享券", "一键预约", "预告发布"],
    ["A gift for reserving (oneself alone)", "a coupon of the show", "reserved in one tap", "the notice is out"],
  ),
];

/** What the catalogue says of a kind; `undefined` of a method of the room's own. */
export const catalogued = (kind: string): MethodEntry | undefined =>
  METHOD_CATALOGUE.find((known) => known.kind === kind);
