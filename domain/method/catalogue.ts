/**
 * 裂变 methods of the trade, as a start for the room's own list. `h5`: what WeChat's rules for outside links make of it on an H5 page (peers.md P11):
 * `blocked` ones want a mini program, or a contact code and a gift from the member. `steps`: acts until somebody has shared.
 */
export type MethodEntry = {
  readonly kind: string;
  readonly title: string;
  readonly h5: "allowed" | "blocked";
  readonly steps: number;
  readonly motive: string;
  readonly ability: string;
  readonly trigger: string;
};

const entry = (
  kind: string,
  title: string,
  h5: MethodEntry["h5"],
  [steps, motive, ability, trigger]: readonly [number, string, string, string],
): MethodEntry => ({ kind, title, h5, steps, motive, ability, trigger });

export const METHOD_CATALOGUE = [
  entry("poster", "专属海报邀请榜", "allowed", [2, "上榜、被看见", "长按存图,发群发圈", "名次被超过时提醒"]),
  entry("taskReward", "任务宝(邀请满 n 人得礼)", "blocked", [
    3,
    "到手的礼品",
    "扫码加企微,助力实时更新",
    "差 1 人时提醒",
  ]),
  entry("groupFission", "群裂变(进群 → 发海报 → 审核)", "blocked", [
    4,
    "群内福利",
    "群欢迎语带规则和海报",
    "进群即提示",
  ]),
  entry("miniProgramTask", "小程序 + 企微助力", "blocked", [3, "助力后得券", "小程序分享卡片", "助力到账提醒"]),
  entry("officialTask", "公众号任务宝 → 企微领奖", "blocked", [4, "免费领取", "公众号海报", "进度模板消息"]),
  entry("referral", "老带新(双方得礼)", "blocked", [3, "给朋友也带一份", "一键转发", "收货后一周"]),
  entry("wordOfMouth", "口碑推荐(晒单、买家秀)", "allowed", [2, "认同与展示", "现成的图文", "收货、开箱时"]),
  entry("shareOnly", "纯分享(内容本身值得转)", "allowed", [1, "对朋友有用", "一键转发", "看到结尾"]),
  entry("coupon", "裂变券(分享得随机额)", "blocked", [2, "随机金额", "支付完成页分享", "支付完成"]),
  entry("groupBuy", "拼团", "blocked", [3, "更低的价", "小程序拼团页", "差 1 人成团"]),
  entry("bargain", "砍价", "blocked", [3, "越砍越低", "小程序砍价页", "剩余时间"]),
  entry("helpFree", "助力免单 / 一元解锁", "blocked", [3, "免单", "小程序助力页", "差 1 人时"]),
  entry("giftFriend", "送礼给朋友", "allowed", [2, "表达心意", "小程序送礼", "节日"]),
  entry("fullReduction", "满减凑单分享", "allowed", [2, "凑单省运费", "清单分享", "差额提示"]),
  entry("distribution", "分销推荐官", "blocked", [4, "佣金", "专属码与素材", "结算到账"]),
  entry("staff", "员工转发", "allowed", [1, "内部榜单", "员工转发清单", "开播前 10 分钟"]),
  entry("storeCode", "门店物料扫码预约", "allowed", [2, "到店券", "导购一句话 + 台卡", "收银时"]),
  entry("liveReserve", "预约有礼(只为自己)", "allowed", [1, "开播专享券", "一键预约", "预告发布"]),
] as const satisfies readonly MethodEntry[];

/** What the catalogue says of a kind; `undefined` of a method of the room's own. */
export const catalogued = (kind: string): MethodEntry | undefined =>
  METHOD_CATALOGUE.find((known) => known.kind === kind);
