/**
 * Words that a message to customers had better not hold: superlatives that the advertising law forbids, promises, and calls that WeCom takes for
 * incitement. They are flagged while somebody types and never refused: context decides, and a person answers for it.
 */
const WORDS = {
  superlative: [
    "最低价",
    "全网最低",
    "史上最低",
    "第一品牌",
    "销量第一",
    "国家级",
    "顶级",
    "极品",
    "独一无二",
    "绝无仅有",
  ],
  promise: ["包治", "根治", "无副作用", "百分百有效", "假一赔万", "稳赚", "零风险"],
  incitement: ["转发领", "分享领", "集赞", "诱导分享", "不转不是", "转发抽奖"],
  diversion: ["加微信", "加我微信", "私下转账", "微信转账", "刷单"],
} as const;
export type ComplianceKind = keyof typeof WORDS;

export type ComplianceHit = { readonly kind: ComplianceKind; readonly word: string; readonly at: number };

/** In the order of the text; `at` counts characters of the text as JavaScript does. */
export function complianceHits(text: string): ComplianceHit[] {
  const hits: ComplianceHit[] = [];
  for (const kind of ["superlative", "promise", "incitement", "diversion"] as const) {
    for (const word of WORDS[kind]) {
      for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
        hits.push({ kind, word, at });
      }
    }
  }
  return hits.toSorted((a, b) => a.at - b.at);
}
