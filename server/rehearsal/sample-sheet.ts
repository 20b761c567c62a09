/**
 * The product sheet of the sample room: plainly a sample (示例), as a team would paste it. Tab-separated, as spreadsheets put it on the clipboard,
 * so that the first thing a newcomer can paste back is this very text.
 */

type SampleSku = readonly [name: string, usual: number, live: number, floor: number, sellable: number, pool: number];
type SampleProduct = {
  readonly name: string;
  readonly role: string;
  readonly mechanism: string;
  readonly net: number;
  readonly points: string;
  readonly minutes: number;
  readonly skus: readonly SampleSku[];
};

const PRODUCTS: readonly SampleProduct[] = [
  {
    name: "示例 轻羽绒背心",
    role: "引流款",
    mechanism: "拍一发一,送收纳袋",
    net: 99,
    points: "90 绒;可机洗;三色可选",
    minutes: 4,
    skus: [
      ["黑 M", 199, 109, 90, 120, 200],
      ["黑 L", 199, 109, 90, 100, 200],
      ["白 M", 199, 109, 90, 60, 100],
    ],
  },
  {
    name: "示例 羊毛围巾 礼盒装",
    role: "福利款",
    mechanism: "加 1 元换购手套",
    net: 129,
    points: "100% 羊毛;礼盒包装;不扎脖",
    minutes: 4,
    skus: [
      ["驼色", 269, 139, 120, 200, 300],
      ["灰色", 269, 139, 120, 160, 200],
    ],
  },
  {
    name: "示例 轻暖羽绒服 90 绒 短款",
    role: "主推款",
    mechanism: "满 300 减 50,送收纳袋",
    net: 349,
    points: "90 绒,充绒量 120 克;可机洗,三年不跑绒;身高 160 选 M,偏大一码;48 小时内发出",
    minutes: 8,
    skus: [
      ["米白 S", 699, 399, 339, 40, 200],
      ["米白 M", 699, 399, 339, 150, 600],
      ["黑 M", 699, 399, 339, 150, 600],
      ["黑 L", 699, 399, 339, 80, 300],
    ],
  },
  {
    name: "示例 双面羊毛大衣 中长款",
    role: "利润款",
    mechanism: "满 1000 减 100",
    net: 1199,
    points: "双面呢手工缝制;版型显高;送防尘袋",
    minutes: 8,
    skus: [
      ["驼 M", 2299, 1299, 1099, 60, 150],
      ["黑 M", 2299, 1299, 1099, 60, 150],
    ],
  },
  {
    name: "示例 纯棉亲子套装",
    role: "福利款",
    mechanism: "第二件半价",
    net: 119,
    points: "A 类面料;不起球;洗后不变形",
    minutes: 5,
    skus: [
      ["大人 均码", 239, 129, 109, 300, 500],
      ["儿童 110", 199, 99, 85, 300, 500],
    ],
  },
  {
    name: "示例 加绒卫裤 男女同款",
    role: "引流款",
    mechanism: "限量秒杀",
    net: 59,
    points: "加绒不臃肿;松紧腰;三天无理由",
    minutes: 3,
    skus: [
      ["M", 129, 59, 50, 0, 2500],
      ["L", 129, 59, 50, 0, 2500],
    ],
  },
  {
    name: "示例 保温杯 500 ml",
    role: "引流款",
    mechanism: "买一送一杯套",
    net: 39.9,
    points: "316 内胆;保温 12 小时;一键开盖",
    minutes: 3,
    skus: [
      ["墨绿", 89, 39.9, 33, 400, 800],
      ["米白", 89, 39.9, 33, 300, 700],
    ],
  },
  {
    name: "示例 儿童防风冲锋衣",
    role: "利润款",
    mechanism: "满 300 减 50",
    net: 279,
    points: "三合一可拆;防泼水;反光条",
    minutes: 6,
    skus: [
      ["120", 599, 329, 279, 80, 300],
      ["130", 599, 329, 279, 80, 300],
    ],
  },
  {
    name: "示例 羊皮手套 触屏",
    role: "福利款",
    mechanism: "两件 9 折",
    net: 79,
    points: "绵羊皮;加绒里;触屏可用",
    minutes: 4,
    skus: [["女 均码", 169, 89, 72, 200, 400]],
  },
  {
    name: "示例 真丝眼罩",
    role: "赠品",
    mechanism: "买羽绒服赠",
    net: 19.9,
    points: "6A 桑蚕丝;可调松紧",
    minutes: 2,
    skus: [["香槟色", 59, 29.9, 19, 200, 300]],
  },
  {
    name: "示例 羊绒混纺毛衣 名字特别长的一款用来看看排版会不会被撑破或者盖住旁边的价格",
    role: "形象款",
    mechanism: "满 1000 减 100",
    net: 799,
    points: "羊绒 30%;十二针细织;领口不变形",
    minutes: 6,
    skus: [["燕麦 M", 1599, 899, 759, 60, 100]],
  },
  {
    name: "示例 家居厚绒拖鞋",
    role: "引流款",
    mechanism: "拍二发三",
    net: 29.9,
    points: "防滑底;可机洗",
    minutes: 3,
    skus: [
      ["36-37", 69, 29.9, 24, 500, 800],
      ["40-41", 69, 29.9, 24, 400, 800],
    ],
  },
];

const HEADER = [
  "链接号",
  "商品ID",
  "商品名称",
  "货品角色",
  "机制",
  "到手价",
  "卖点",
  "讲解时长",
  "规格",
  "SKU ID",
  "日常价",
  "直播价",
  "底价",
  "可售",
  "待放",
  "计划件数",
];

/** Rows with one SKU each; the product's own cells stand in its first row only, as merged cells come out of a spreadsheet. */
export function sampleSheet(): string {
  const rows = PRODUCTS.flatMap((product, index) => {
    const link = index + 1;
    return product.skus.map(([sku, usual, live, floor, sellable, pool], row) => {
      const own = [
        String(link),
        platformProductId(link),
        product.name,
        product.role,
        product.mechanism,
        String(product.net),
        product.points,
        `${product.minutes}分`,
      ];
      return [
        ...(row === 0 ? own : own.map(() => "")),
        sku,
        platformSkuId(link, row),
        String(usual),
        String(live),
        String(floor),
        String(sellable),
        String(pool),
        row === 0 ? String(sellable + pool) : "",
      ];
    });
  });
  return [HEADER, ...rows].map((cells) => cells.join("\t")).join("\n");
}

/** Plainly no ids of a real shop. */
const platformProductId = (link: number) => `SAMPLE-P${String(link).padStart(3, "0")}`;
const platformSkuId = (link: number, row: number) => `SAMPLE-S${String(link).padStart(3, "0")}-${row + 1}`;
