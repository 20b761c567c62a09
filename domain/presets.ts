/**
 * What a new show begins with. These lists are part of the fold (initial states are built from them), so a list that has been
 * released never changes: a new one is added beside it. The fingerprint test guards this.
 */

export type PresetText = {
  readonly presetKey: string;
  readonly to: "host" | "assistant";
  /** May hold `{product} {stock} {price} {paid} {unpaid} {coupon}`; see `fillPreset`. */
  readonly text: string;
  readonly blink: boolean;
};

const toHost = (presetKey: string, text: string, blink = false): PresetText => ({ presetKey, to: "host", text, blink });
const toAssistant = (presetKey: string, text: string): PresetText => ({
  presetKey,
  to: "assistant",
  text,
  blink: false,
});

/** Sent by their number: `1 M` to `12 M`. */
export const MESSAGE_PRESETS: readonly PresetText[] = [
  toHost("1", "{product} 还剩 {stock} 件,再报一次价格 {price}"),
  toHost("2", "再报一次尺码,可售剩 {stock}", true),
  toHost("3", "待付款 {unpaid},提醒付款", true),
  toHost("4", "已加单,继续讲 {product}"),
  toHost("5", "准备过款"),
  toHost("6", "讲一下优惠券:{coupon}"),
  toHost("7", "提醒关注、点灯牌"),
  toHost("8", "回答公屏问题:发货时间"),
  toHost("9", "语速放慢,再讲一遍机制"),
  toHost("10", "{product} 已售罄,引导下一款", true),
  toAssistant("11", "请核对 {product} 的价格:{price}"),
  toAssistant("12", "准备下一款样品"),
];

export type CheckText = { readonly lineId: string; readonly text: string };

const line = (lineId: string, text: string): CheckText => ({ lineId, text });

/** 开播检查, as the trade goes through it before a show. */
export const GO_LIVE_LINES: readonly CheckText[] = [
  line("golive-network", "网络:有线已接,上行测速,备用热点就绪"),
  line("golive-light", "灯光:主光、轮廓光,商品颜色无偏色"),
  line("golive-sound", "声音:领夹麦电量,无回声、无底噪"),
  line("golive-picture", "画面:机位、对焦、横竖屏、贴片正确"),
  line("golive-links", "链接与价格:逐个点开核对标题、主图、到手价"),
  line("golive-stock", "库存:可售与待放库存已核对,断码已标"),
  line("golive-coupons", "优惠券:门槛、有效期、适用商品已核对"),
  line("golive-bags", "福袋:奖品、参与条件、开奖时间已设好"),
  line("golive-samples", "样品:按流程顺序摆好,尺码、颜色齐"),
  line("golive-words", "口播:禁用词、机制口径已和主播对过"),
  line("golive-host", "主播到位"),
  line("golive-service", "客服到位,快捷回复已更新"),
];

/** 下播检查. */
export const WRAP_UP_LINES: readonly CheckText[] = [
  line("wrapup-prices", "直播价已恢复"),
  line("wrapup-gifts", "赠品、福利链接已下架"),
  line("wrapup-coupons", "优惠券已停止"),
  line("wrapup-winners", "福袋、抽奖中奖名单已登记"),
  line("wrapup-unpaid", "待付款订单已催付"),
  line("wrapup-service", "售后口径已同步客服"),
  line("wrapup-samples", "样品已归位"),
  line("wrapup-recording", "录屏已保存"),
];

export type CueText = {
  readonly kind: "explain" | "coupon" | "lottery" | "push" | "talk" | "leaderboard" | "break" | "other";
  readonly title: string;
  /** ms */
  readonly plannedMs: number;
};

const MINUTE_MS = 60_000;

/** A rundown to begin with when there is none: offered on the plan page, never put in by itself. */
export const RUNDOWN_TEMPLATE: readonly CueText[] = [
  { kind: "talk", title: "开场、预告今日福利", plannedMs: 5 * MINUTE_MS },
  { kind: "explain", title: "引流款 · 讲解", plannedMs: 6 * MINUTE_MS },
  { kind: "lottery", title: "福袋", plannedMs: 3 * MINUTE_MS },
  { kind: "explain", title: "主推款 · 讲解", plannedMs: 12 * MINUTE_MS },
  { kind: "coupon", title: "推券", plannedMs: 1 * MINUTE_MS },
  { kind: "explain", title: "利润款 · 讲解", plannedMs: 10 * MINUTE_MS },
  { kind: "push", title: "群发 · 返场名额", plannedMs: 2 * MINUTE_MS },
  { kind: "explain", title: "福利款 · 讲解", plannedMs: 8 * MINUTE_MS },
  { kind: "leaderboard", title: "邀请榜播报", plannedMs: 1 * MINUTE_MS },
  { kind: "talk", title: "感谢、预告下一场", plannedMs: 3 * MINUTE_MS },
];
