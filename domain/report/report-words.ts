/**
 * What a robot says of a show, in the language of the groups. A screen that has its own words says the same by its strings (`report.text`); a test
 * holds the two together.
 */
export const REPORT_TEXTS = {
  rehearsal: "[彩排] {title}",
  head: "【{title}】{time} 战报(开播 {elapsed})",
  headCut: "【{title}】{time} 下播战报(开播 {elapsed})",
  total: "累计成交 {fen}",
  totalAsOf: "截至 {time} 累计成交 {fen}",
  ofTarget: ",完成目标 {share}(目标 {target})",
  half: "这半小时成交 {fen},{orders} 单{change}",
  more: ",比前半小时 ▲ {share}",
  less: ",比前半小时 ▼ {share}",
  best: "最高一分钟 {time} 成交 {fen}",
  traffic: "私域 {private} · 公域 {public}",
  asOf: "截至 {time}:{what}",
  online: "在线 {online}",
  unpaid: "待付款 {fen}({orders} 单)",
  top: "截至 {time} 热卖:{what}",
  sold: "{product} {fen}({units} 件)",
  scarce: "截至 {time} 快没货:{what}",
  left: "{product} 剩 {left} 件",
  product: "{linkNo} 号 {name}",
  and: ";",
  orders: "{orders} 单",
  buyers: "{buyers} 人成交",
  perBuyer: "客单价 {fen}",
  net: "退款 {refunded},退后成交 {fen}",
  viewers: "场观 {viewers} 人",
  peak: "最高在线 {online}({time})",
  counted: "截至 {time},退款和取消之后还会变",
} as const;

export type ReportText = keyof typeof REPORT_TEXTS;
export type ReportValues = Readonly<Record<string, string | number>>;
export type SayReport = (text: ReportText, values?: ReportValues) => string;

export const sayReport: SayReport = (text, values = {}) =>
  REPORT_TEXTS[text].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
