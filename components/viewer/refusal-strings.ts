/** Words for what went wrong with a press, by code; loaded when something does. */

const chinese: Readonly<Record<string, string>> = {
  "http.busy": "人太多了,请过几秒再点一次:不会重复领取或登记。",
  "http.tooMany": "点得太快了,请过几秒再点一次。",
  "http.broken": "系统出了点问题,请稍后再试。已领的券不受影响。",
  "viewer.anonymous": "领券和抽奖要先确认是你:请在微信里打开本页,或从发给你本人的链接打开。",
  "auth.required": "链接已过期,请从群里重新打开。",
  "access.denied": "这个链接不属于这场直播,请从群里重新打开。",
  "session.unknown": "没有找到这场直播。",
  "coupon.notFound": "这张券已经撤下了。",
  "coupon.allClaimed": "手慢了,已经领完了。",
  "coupon.over": "领取时间已过。",
  "coupon.notRunning": "这张券暂停领取了。",
  "coupon.notYet": "还没到领取时间。",
  "lottery.notFound": "这个抽奖已经撤下了。",
  "lottery.notOpen": "报名已经截止了。",
  "lottery.conditionNotMet": "还没有满足参加条件,满足后再来参加。",
  "signup.over": "直播已结束,登记已截止。",
  "lottery.sealedElsewhere": "这个抽奖暂时不能报名,请联系主播。",
};

const english: Readonly<Record<string, string>> = {
  "http.busy": "It is very busy. Press again in a few seconds: it can't be claimed twice.",
  "http.tooMany": "Too fast. Press again in a few seconds.",
  "http.broken": "Something is wrong on our side. Try again later; what you hold is safe.",
  "viewer.anonymous":
    "Coupons and draws want to know that it is you: open this page in WeChat, or by the link that was sent to you.",
  "auth.required": "The link has run out. Open it again from the group.",
  "access.denied": "This link belongs to another show. Open it again from the group.",
  "session.unknown": "There is no such show.",
  "coupon.notFound": "This coupon was withdrawn.",
  "coupon.allClaimed": "Too late, all are claimed.",
  "coupon.over": "The time for claiming is over.",
  "coupon.notRunning": "Claiming is paused.",
  "coupon.notYet": "Claiming has not begun yet.",
  "lottery.notFound": "This draw was withdrawn.",
  "lottery.notOpen": "Entry is closed.",
  "lottery.conditionNotMet": "A condition is not met yet. Come back when it is.",
  "signup.over": "The show is over; sign-up is closed.",
  "lottery.sealedElsewhere": "This draw can't be entered at the moment. Ask the host.",
};

/** `undefined` for a code without words of its own. */
export function refusalWords(
  language: "zh-CN" | "en",
  { code, kind }: { readonly code: string; readonly kind: string },
) {
  const words = language === "en" ? english : chinese;
  return words[code] ?? words[`http.${kind}`] ?? words["http.broken"];
}
