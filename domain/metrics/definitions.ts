/**
 * What each figure means, in the words that screens show as help and docs/figures.md prints. One entry, one definition; the functions that
 * compute them are in this folder.
 */
export type FigureHelp = { readonly name: string; readonly help: string };
export type FigureDefinition = { readonly zh: FigureHelp; readonly en: FigureHelp };

export const FIGURES = {
  placed: {
    zh: { name: "下单金额", help: "所有下单订单的应付金额,含运费,含后来取消的。" },
    en: { name: "Placed", help: "What all placed orders are to pay, freight included, cancelled ones included." },
  },
  paid: {
    zh: { name: "成交金额", help: "已付款订单的实付金额,含运费,未减退款。付款后取消的仍计入,钱以退款退回。" },
    en: {
      name: "Paid",
      help: "What buyers paid, freight included, before refunds. An order cancelled after payment stays in; its money goes back as refunds.",
    },
  },
  unpaid: {
    zh: { name: "待付款", help: "下单 − 成交 − 未付款就取消的。" },
    en: { name: "Unpaid", help: "Placed − paid − cancelled without payment." },
  },
  cancelled: {
    zh: { name: "未付款取消", help: "从未付款就取消的订单。" },
    en: { name: "Cancelled unpaid", help: "Orders cancelled without ever being paid." },
  },
  refunded: {
    zh: {
      name: "退款金额",
      help: "已付款订单的退款,按退款时间,不超过实付。超出实付或还没等到订单的退款单列为「退款未对上」。",
    },
    en: {
      name: "Refunded",
      help: "Refunds of paid orders, by the time of the refund, up to what was paid. What exceeds that, or waits for its order, is listed apart.",
    },
  },
  net: {
    zh: { name: "退后成交", help: "成交金额 − 退款金额。单数只减全额退款的订单。" },
    en: { name: "Net", help: "Paid − refunded. Orders are less only those refunded in full." },
  },
  uncountedRefund: {
    zh: { name: "退款未对上", help: "收到了退款,但对应订单没有已付款记录,或退款超过实付。" },
    en: {
      name: "Refunds not matched",
      help: "Refunds reported without a paid order to hold them, or beyond what was paid.",
    },
  },
  orders: {
    zh: { name: "成交订单", help: "已付款的订单数。" },
    en: { name: "Orders", help: "Number of paid orders." },
  },
  buyers: {
    zh: {
      name: "成交人数",
      help: "已付款的不同买家,同一人多单算一人,计在其首笔付款。没有买家编号的订单不计人数,单独写明单数。",
    },
    en: {
      name: "Buyers",
      help: "Distinct persons who paid, each counted on their first payment. Orders without a buyer's id count no buyer; how many is said.",
    },
  },
  perBuyer: {
    zh: { name: "客单价", help: "有买家编号的成交金额 ÷ 成交人数。" },
    en: { name: "Per buyer", help: "Paid amount of orders that name their buyer ÷ buyers." },
  },
  perOrder: {
    zh: { name: "笔单价", help: "成交金额 ÷ 成交订单数。" },
    en: { name: "Per order", help: "Paid amount ÷ paid orders." },
  },
  watchToPay: {
    zh: { name: "看播成交率", help: "成交人数 ÷ 场观(人)。" },
    en: { name: "Watch-to-pay", help: "Buyers ÷ audience (persons who watched)." },
  },
  clickToPay: {
    zh: { name: "点击成交率", help: "含该商品的成交订单数 ÷ 商品点击次数。全场只算有点击数据的商品。" },
    en: {
      name: "Click-to-pay",
      help: "Paid orders with the product ÷ clicks on it. In total: over the products whose clicks are known.",
    },
  },
  exposures: {
    zh: {
      name: "商品曝光",
      help: "直播间里商品露出的次数,取最好的一个来源:来源报了全场数就用全场数,否则为它报的各商品之和。",
    },
    en: {
      name: "Exposures",
      help: "How often products were shown in the room, of the best source: its count of the whole room, else the sum of its products.",
    },
  },
  clicks: {
    zh: { name: "商品点击", help: "直播间里商品被点击的次数,取法同商品曝光。没有写明商品的点击不进点击成交率。" },
    en: {
      name: "Clicks",
      help: "How often products were clicked in the room, taken as exposures are. Clicks that name no product are not in click-to-pay.",
    },
  },
  gpm: {
    zh: { name: "千次观看成交(GPM)", help: "成交金额 ÷ 观看次数 × 1,000。按观看次数,不按人数。" },
    en: { name: "GPM", help: "Paid amount ÷ views × 1,000. By views, not by persons." },
  },
  perExplainMinute: {
    zh: {
      name: "讲解分钟产出",
      help: "讲解期间该商品的成交金额(不含运费) ÷ 讲解分钟,按付款时间。断流期间既不算分钟也不算成交。场均:全场各轮合计的同一算法。讲解不足半分钟不算。",
    },
    en: {
      name: "Per explain minute",
      help: "Paid goods of the product during its explaining ÷ minutes explained, by time of payment. While the stream is down neither counts. The show's mean: the same over all rounds. Not under half a minute.",
    },
  },
  neededPerMinute: {
    zh: { name: "每分钟还需", help: "(目标 − 成交金额) ÷ 到计划下播的分钟数;已达标为 0,已过计划下播不算。" },
    en: {
      name: "Needed per minute",
      help: "(Target − paid) ÷ minutes to the planned end; 0 when reached, none after the planned end.",
    },
  },
  lastFive: {
    zh: { name: "近 5 分", help: "最近 5 个整分钟的平均每分钟成交,不含正在走的这一分钟。" },
    en: { name: "Last 5 min", help: "Paid amount per minute over the last 5 whole minutes, without the running one." },
  },
  recentChange: {
    zh: { name: "近 10 分变化", help: "最近 10 个整分钟的成交与再之前 10 个整分钟相比。" },
    en: { name: "10 min change", help: "Paid amount of the last 10 whole minutes against the 10 before." },
  },
  online: {
    zh: { name: "实时在线", help: "最近一次采样时在直播间的人数,注明来源与时间。" },
    en: { name: "Online", help: "Persons in the room at the latest sample, with its source and time." },
  },
  audience: {
    zh: { name: "场观(人)", help: "开播以来看过的不同人数,取最好的一个来源,不同来源不相加。" },
    en: {
      name: "Audience",
      help: "Distinct persons who watched since the start, of the best source; sources are not added up.",
    },
  },
  views: {
    zh: { name: "观看次数", help: "进入直播间观看的次数,同一人可多次。" },
    en: { name: "Views", help: "How often the room was watched; one person may count several times." },
  },
  traffic: {
    zh: { name: "私域 / 公域", help: "按订单来源标记分的成交金额;没有标记的列为未知,不猜。" },
    en: {
      name: "Private / public",
      help: "Paid amount by the traffic that orders are marked with; unmarked ones are unknown, not guessed.",
    },
  },
  shift: {
    zh: { name: "班次成交", help: "班次内各整分钟的合计,按付款时间。" },
    en: { name: "By shift", help: "Sum of the shift's whole minutes, by time of payment." },
  },
  knownAt: {
    zh: {
      name: "当晚 / T+1 / T+7",
      help: "当时已知的合计:下播后 1 小时、24 小时、7 × 24 小时。之后晚到的订单、退款、取消、导入补录分开列为变化,相加等于现在。",
    },
    en: {
      name: "That night / T+1 / T+7",
      help: "Totals as they were known 1 hour, 24 hours and 7 × 24 hours after the end. Late orders, refunds, cancellations and imports since are told apart, and add up to now.",
    },
  },
  settled: {
    zh: {
      name: "已对账",
      help: "负责人或直播运营核对后记下的合计、时间和人。不改任何数字,之后的变化对着它显示;可以撤回。",
    },
    en: {
      name: "Settled",
      help: "Totals noted by owner or manager after a check, with when and who. No figure changes; what comes later is shown against it. It can be withdrawn.",
    },
  },
  stockOut: {
    zh: {
      name: "断货",
      help: "开售的规格可售为 0 或以下的时段,按下单、放单、改库存的时间。短于 5 秒不算。少卖多少单不可知。",
    },
    en: {
      name: "Ran out",
      help: "Time in which nothing of an SKU on sale could be bought, by when orders, releases and stock happened. Not under 5 seconds. Orders lost are not known.",
    },
  },
  offPlanPrice: {
    zh: { name: "价格差异", help: "和计划直播价不同的价格,从设定到改回的时长,以及期间正好按它下的单(含未付款)。" },
    en: {
      name: "Prices off the plan",
      help: "A price other than planned, how long it stood, and what was placed at exactly it meanwhile, paid or not.",
    },
  },
  pushOpens: {
    zh: {
      name: "推送点击",
      help: "推送里的链接被打开:一部手机一个链接只算一次。转发出去再被点开的,也算在原来那条推送上。",
    },
    en: {
      name: "Opened links",
      help: "Links of a push that were opened: each phone once for each link. What was forwarded further counts for the push it came from.",
    },
  },
  pushClaims: {
    zh: {
      name: "推送领券 / 参加抽奖",
      help: "从推送链接进来的人领的自有券、参加的群内抽奖,记在带来的那条推送上。作废的领取不算。",
    },
    en: {
      name: "Claims and entries by push",
      help: "Own coupons claimed and own draws entered by people who came by a push's link, counted for that push. Voided claims don't count.",
    },
  },
  pushOrders: {
    zh: {
      name: "推送成交",
      help: "只认两种证据:订单用了从这条推送领的自有券;或下单的人在下单前从这条推送进来过(以最近一条为准,券码优先)。店铺券、视频号里直接下的单、认不出人的订单,都算「无法归因」,不猜、不摊。",
    },
    en: {
      name: "Orders by push",
      help: "Two proofs alone: the order redeems an own coupon claimed by way of the push, or its person had come by the push before they ordered (the last one counts; a coupon's code outweighs it). Shop coupons, orders straight from the room and orders without a known person are not attributable: never guessed, never spread.",
    },
  },
} as const satisfies Record<string, FigureDefinition>;

export type FigureId = keyof typeof FIGURES;

/** docs/figures.md, as it must read. */
export function figuresPage(): string {
  const rows = Object.entries(FIGURES).map(
    ([id, { zh, en }]) => `| \`${id}\` | ${zh.name} | ${zh.help} | ${en.name} | ${en.help} |`,
  );
  return [
    "# Figures",
    "",
    "Every figure has one definition. These are the words that the screens show as help; they come from `domain/metrics/definitions.ts`, and a test keeps this page equal to them.",
    "What can't be computed is shown as `–` with the reason, never as 0. Money is counted with freight in totals, and without it by product.",
    "Figures of the warm-up, each with its source and age: [warmup.md](warmup.md).",
    "",
    "| id | 名称 | 说明 | name | definition |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
