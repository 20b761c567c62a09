/**
 * Words that had better not stand where customers read them: superlatives that the advertising law forbids, promises, calls that WeChat takes for
 * incitement, prices that are compared with nothing. Pure. Flagged while somebody types, and read over the whole plan by `compliance/lint.ts`.
 * Ordinary words must pass (最后一天, 第一次, 100% 棉): who is warned of everything reads no warning.
 */

export const COMPLIANCE_KINDS = ["superlative", "promise", "incitement", "diversion", "price"] as const;
export type ComplianceKind = (typeof COMPLIANCE_KINDS)[number];

/** `plain`: the law names the very word, or WeChat bans for it; nothing can excuse it. */
export type ComplianceHit = {
  readonly kind: ComplianceKind;
  readonly word: string;
  readonly at: number;
  readonly plain: boolean;
};

type Pattern = { readonly kind: ComplianceKind; readonly plain: boolean; readonly found: RegExp };

const pattern = (kind: ComplianceKind, found: RegExp, plain = false): Pattern => ({ kind, plain, found });

/** What is up to a limit and not a claim: 最高减 300, 最低消费, 最高气温. */
const UP_TO = "到手|只要|可|减|省|得|享|抵|立减|额|限|消费|温|气温|起订|档|配置|不超过|库存";

const HOW_MANY = "\\s*[0-9一二两三四五六七八九十百n]+\\s*(?:个|位|名|人)";
/** Guests are invited too, and nobody is paid for it. */
const CALLS =
  "(?:转发|集赞|拉新|(?<![特受诚应])邀请(?!(?:到|了)?(?:嘉宾|老师|设计师|专家|主播|明星|达人|品牌|医生|教练)))";
const ABOUT = `(?:${HOW_MANY}|进群|[给到]?(?:群|好友|朋友|新人|微信群|朋友圈|本页|本场|海报|链接|直播间|公众号|视频号|账号|店铺|我们))`;
const REWARDS =
  "(?:(?:即可|就能|就可以|可以|可|立)?(?:领|得|送|赢|返|抽奖|免单|免费(?:领|得|拿|送)?|解锁|换|拿)(?!队|跑|到最|知|起|出|家|罪|体|别|季|码|货|色|[成上厚薄])|有礼|有奖|奖励)";

const PATTERNS: readonly Pattern[] = [
  // Advertising law art. 9 (3) names these three.
  pattern("superlative", /国家级|最高级|最佳/g, true),
  pattern("superlative", new RegExp(`最(?:高|低)(?!级|${UP_TO})(?:价|品质|标准|端|档次|水平)?`, "g")),
  pattern(
    "superlative",
    /(?:全网|史上|全国|全球|行业|业内|世界)?最\s?(?:好|优(?!惠券)|强|便宜|实惠|划算|先进|权威|专业|安全|有效|受欢迎|畅销|热销|火爆|顶|全面|正宗|优惠(?!券)|牛|低价)/g,
  ),
  pattern("superlative", /最大(?!程度|限度|化|码|号|尺码|容量|承重|直径|年龄)(?:力度|优惠|品牌|规模|的?折扣)?/g),
  pattern(
    "superlative",
    /(?:销量|全国|全球|行业|全网|世界|中国|亚洲|类目|口碑|市场|质量|品质|业界|业内|排名)第一(?!次|时间|步|天|批|场)/g,
  ),
  pattern(
    "superlative",
    /(?:全国|全网|全球|行业|类目|品类)?(?:销量|销售|热卖)冠军|(?:世界|全球|国际|国内|行业|业界)领先|首屈一指|领导品牌/g,
  ),
  pattern("superlative", /驰名商标|国宴|(?<!直播间?)特供|绝对(?:正品|有效|安全|值得?|放心|好)|独家首创/g),
  pattern("superlative", /第(?:一|\s?1\s?)(?:品牌|大品牌|选择|口碑)|(?<![A-Za-z])(?:NO\.? ?1|TOP ?1)(?!\d)/gi),
  pattern("superlative", /(?:全国|全网|全球|行业|世界|市面)?唯一(?!的?(?:码|链接|入口|编号|凭证|标识|一次))/g),
  pattern("superlative", /世界级|顶级|极品|独一无二|绝无仅有|史无前例|前无古人|万能|遥遥领先|王牌|全网(?:首发|独家)/g),
  pattern("promise", /包治|根治|治愈|药到病除|无任何副作用|无副作用/g, true),
  pattern(
    "promise",
    /(?:100 ?%|百分之?百)(?!\s*(?:[\p{Script=Han}]{0,3}(?:棉|毛|羊绒|麻|丝|蚕丝|鸭绒|鹅绒|涤纶|天丝|真皮|果汁|全麦)))/gu,
  ),
  pattern("promise", /假一赔万|永久(?:保修|有效|不)|稳赚|零风险|永不(?:褪色|变形|起球)|立竿见影|包(?:瘦|白|赚)/g),
  // Calls upon friends, and what they bring, within one breath.
  pattern(
    "incitement",
    new RegExp(`${CALLS}(?:${HOW_MANY})?(?:好友|朋友|新人|亲友|朋友圈|微信群)?[^。;;!!\\n]{0,8}?${REWARDS}`, "g"),
    true,
  ),
  // Words with many other uses need whom or what they are about (分享给好友得券), or the reward at once (点赞送).
  pattern(
    "incitement",
    new RegExp(
      `(?:分享|点赞|关注|推荐|拉)(?:${ABOUT}[^。;;!!\\n]{0,6}?${REWARDS}|[,,]?(?:即可|就能|就可以|可以|可|立)?${REWARDS})`,
      "g",
    ),
    true,
  ),
  pattern(
    "incitement",
    /集赞|助力(?:满|达|集齐)?\s*[0-9一二两三四五六七八九十百]*\s*(?:个|位|名|人)?(?:好友)?(?:即可|就能)?(?:得|领|免|享|赢|送|减|拿)|(?:帮|找人)(?:我|你)?(?:砍|助力)|砍一刀|砍价(?:得|领|免)|诱导分享|不转不是|分享(?:可)?(?:增加|提高)中奖/g,
    true,
  ),
  pattern("diversion", /加我?微信|私下转账|微信转账|刷单|好评返现/g),
  pattern("price", /(?:全网|史上|历史|全年)?(?:最低价|底价)|跳楼价|亏本|清仓价|(?:仅此一次|错过不再)/g),
  // A comparison that names no price it is compared with in the same breath.
  pattern(
    "price",
    /(?:原价|吊牌价|专柜价|市场价)(?![^。;;!!\n]{0,6}\d)|直降(?![^。;;!!\n]{0,6}\d)|(?:半价|[1-9一二三四五六七八九](?:\.\d)?\s?折)(?![^。;;!!\n]{0,24}(?:原价|吊牌价|日常价|¥|¥|元))/g,
  ),
];

/** In the order of the text; `at` counts characters of the text as JavaScript does. Of two on the same words the graver, then the longer stands. */
export function complianceHits(text: string): ComplianceHit[] {
  const hits = PATTERNS.flatMap(({ kind, plain, found }) =>
    [...text.matchAll(found)].map(({ 0: word, index }): ComplianceHit => ({ kind, word, at: index, plain })),
  );
  const graver = (a: ComplianceHit, b: ComplianceHit) =>
    Number(b.plain) - Number(a.plain) || b.word.length - a.word.length;
  const kept: ComplianceHit[] = [];
  for (const hit of hits.toSorted(graver)) {
    const overlaps = kept.some(({ at, word }) => hit.at < at + word.length && at < hit.at + hit.word.length);
    if (!overlaps) kept.push(hit);
  }
  return kept.toSorted((a, b) => a.at - b.at);
}
