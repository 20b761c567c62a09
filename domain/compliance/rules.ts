import type { ComplianceHit } from "../compliance-words.ts";

/** The rules of the lint, each with what it does and what it rests on; the words for people stand with the UI strings. */

export const SEVERITIES = ["block", "warn"] as const;
export type Severity = (typeof SEVERITIES)[number];

type Rule = { readonly severity: Severity; readonly basis: string };

export const RULES = {
  /** An H5 page that rewards sharing, inviting or helping. */
  inviteRewardOnH5: { severity: "block", basis: "《微信外部链接内容管理规范》诱导分享、诱导助力" },
  /** The same words where no page of ours is opened. */
  inviteReward: { severity: "warn", basis: "《微信外部链接内容管理规范》诱导分享、诱导助力" },
  absoluteNamed: { severity: "block", basis: "《广告法》第九条第(三)项" },
  absolute: { severity: "warn", basis: "《广告法》第九条、《广告绝对化用语执法指南》" },
  cure: { severity: "block", basis: "《广告法》第十七条" },
  promise: { severity: "warn", basis: "《广告法》第二十八条" },
  diversion: { severity: "warn", basis: "《微信视频号橱窗达人管理规则》" },
  priceBasis: { severity: "warn", basis: "《明码标价和禁止价格欺诈规定》第十六、十九条" },
  /** Coupons or prices that the words promise and the show has not got. */
  couponNotPlanned: { severity: "warn", basis: "《广告法》第四条、第二十八条" },
  livePriceNotPlanned: { severity: "warn", basis: "《广告法》第四条、第二十八条" },
  noOriginalPrice: { severity: "warn", basis: "《明码标价和禁止价格欺诈规定》第十六条" },
  prizeCap: { severity: "block", basis: "《反不正当竞争法》有奖销售最高奖 5 万元" },
  noDrawRules: { severity: "block", basis: "《规范促销行为暂行规定》第十三条" },
  oddsNotSaid: { severity: "warn", basis: "《规范促销行为暂行规定》第十三条" },
  noRewardRules: { severity: "warn", basis: "《规范促销行为暂行规定》第六条" },
  remindWithoutChannel: { severity: "block", basis: "LND4" },
  h5Method: { severity: "block", basis: "《微信外部链接内容管理规范》诱导分享、诱导助力" },
} as const satisfies Readonly<Record<string, Rule>>;
export type RuleName = keyof typeof RULES;

/** Which rule a word breaks; `h5`: whether the words stand on or lead to a page of ours. */
export function ruleOfHit({ kind, plain }: ComplianceHit, h5: boolean): RuleName {
  switch (kind) {
    case "superlative":
      return plain ? "absoluteNamed" : "absolute";
    case "promise":
      return plain ? "cure" : "promise";
    case "incitement":
      return h5 ? "inviteRewardOnH5" : "inviteReward";
    case "diversion":
      return "diversion";
    case "price":
      return "priceBasis";
  }
}
