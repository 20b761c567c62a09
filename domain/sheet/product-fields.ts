import { parseFen } from "./amount.ts";
import { type Cell, cellText, foldedText } from "./cells.ts";
import { type FieldSpec, type Mapping } from "./columns.ts";

export type ProductField =
  | "linkNo"
  | "platformId"
  | "name"
  | "pictureUrl"
  | "mechanism"
  | "netPrice"
  | "role"
  | "sellingPoints"
  | "plannedUnits"
  | "explain"
  | "slot"
  | "note"
  | "skuPlatformId"
  | "skuName"
  | "usualPrice"
  | "livePrice"
  | "floorPrice"
  | "sellable"
  | "pool";

const LINK_NO = /^(?:第|no\.?|#|链接)?\s*(\d{1,4})(?:\.0)?\s*(?:号)?\s*(?:链接|链|坑|位|品)?$/i;

/** "3", "3号", "3号链接", "#3", "No.3": the link number, or null. */
export function readLinkNo(cell: Cell): number | null {
  const found = LINK_NO.exec(foldedText(cell));
  const value = Number(found?.[1] ?? 0);
  return value >= 1 ? value : null;
}

const isPrice = (cell: Cell): boolean => parseFen(cell).ok;
const isLinkNo = (cell: Cell): boolean => readLinkNo(cell) !== null;
const isWords = (cell: Cell): boolean => !/^[\d.,¥]+$/.test(foldedText(cell));
const isAddress = (cell: Cell): boolean => /^(?:https?:)?\/\/|^=?_?(?:xlfn\.)?dispimg/i.test(cellText(cell));

/** Without these columns there is nothing to take over. */
export const PRODUCT_NEEDS: readonly ProductField[] = ["name", "livePrice"];

/** The columns of a 排品表 as teams write them. */
export const PRODUCT_FIELDS: readonly FieldSpec<ProductField>[] = [
  {
    field: "linkNo",
    names: ["链接号", "几号链接", "链接序号", "链接编号", "号链接", "序号", "坑位", "坑位号", "排序", "讲解顺序"],
    weakNames: ["顺序", "编号", "链接", "no", "no.", "号"],
    plausible: isLinkNo,
  },
  {
    field: "platformId",
    names: [
      "商品ID",
      "商品编码(平台)",
      "微信小店商品编码",
      "微信小店商品ID",
      "小店商品ID",
      "SPU ID",
      "SPUID",
      "SPU编码",
      "SPU",
      "平台商品ID",
      "商品编码",
      "商品编号",
      "productid",
      "spu_id",
    ],
  },
  {
    field: "name",
    names: ["商品名称", "品名", "产品名称", "商品标题", "款名", "商品全称", "商品简称"],
    weakNames: ["商品", "产品", "名称", "标题", "款式"],
    plausible: isWords,
  },
  {
    field: "pictureUrl",
    names: [
      "图片",
      "商品图片",
      "主图",
      "主图链接",
      "图片链接",
      "商品主图",
      "产品图",
      "图片地址",
      "图片URL",
      "产品图片",
    ],
    plausible: isAddress,
  },
  {
    field: "mechanism",
    names: [
      "机制",
      "优惠机制",
      "直播机制",
      "活动机制",
      "福利机制",
      "促销机制",
      "赠品",
      "赠品机制",
      "买赠",
      "优惠方式",
      "活动内容",
    ],
    weakNames: ["优惠", "活动"],
    plausible: isWords,
  },
  {
    field: "netPrice",
    names: ["到手价", "券后价", "到手单价", "最终到手价", "折后价", "实际到手价", "叠券到手价"],
    plausible: isPrice,
  },
  {
    field: "role",
    names: [
      "角色",
      "定位",
      "货品类型",
      "货盘类型",
      "商品定位",
      "货品定位",
      "产品定位",
      "款型",
      "商品类型",
      "品类定位",
      "商品角色",
      "货品角色",
    ],
    weakNames: ["类型", "属性"],
    plausible: isWords,
  },
  {
    field: "sellingPoints",
    names: [
      "卖点",
      "讲解要点",
      "核心卖点",
      "产品卖点",
      "商品卖点",
      "话术",
      "讲解话术",
      "主播话术",
      "讲解重点",
      "话术要点",
    ],
    many: true,
    plausible: isWords,
  },
  {
    field: "plannedUnits",
    names: ["计划件数", "目标销量", "预估销量", "预计销量", "目标件数", "计划销量", "销量目标", "预期销量", "目标单量"],
  },
  { field: "explain", names: ["讲解时长", "时长", "讲解时间", "讲解分钟", "计划时长", "预计时长", "讲解用时"] },
  {
    field: "slot",
    names: ["环节", "时间段", "时段", "时间轴", "轮次", "场次环节", "板块"],
    weakNames: ["时间", "流程"],
  },
  { field: "note", names: ["备注", "注意事项", "补充说明"], weakNames: ["说明", "其他"], many: true },
  {
    field: "skuPlatformId",
    names: ["SKU ID", "SKUID", "SKU编码(平台)", "规格编码", "规格ID", "SKU编码", "平台SKUID", "SKU编号", "sku_id"],
  },
  {
    field: "skuName",
    names: [
      "规格",
      "SKU",
      "颜色尺码",
      "SKU名称",
      "规格名称",
      "商品规格",
      "颜色/尺码",
      "款式规格",
      "商品属性",
      "颜色",
      "尺码",
      "型号",
      "规格型号",
    ],
    many: true,
  },
  {
    field: "usualPrice",
    names: [
      "日常价",
      "原价",
      "划线价",
      "吊牌价",
      "日销价",
      "市场价",
      "零售价",
      "平时价",
      "店铺价",
      "天猫价",
      "官方价",
      "标价",
      "日常售价",
    ],
    plausible: isPrice,
  },
  {
    field: "livePrice",
    names: [
      "直播价",
      "活动价",
      "福利价",
      "直播间价",
      "直播间价格",
      "直播间售价",
      "专场价",
      "直播售价",
      "上播价",
      "直播专享价",
      "优惠价",
      "秒杀价",
      "售价",
    ],
    weakNames: ["价格", "单价"],
    plausible: isPrice,
  },
  {
    field: "floorPrice",
    names: [
      "底价",
      "限价",
      "最低限价",
      "保护价",
      "最低价",
      "价格底线",
      "控价",
      "红线价",
      "最低售价",
      "最低到手价",
      "破价线",
    ],
    plausible: isPrice,
  },
  {
    field: "sellable",
    names: [
      "库存",
      "可售",
      "备货",
      "可售库存",
      "直播库存",
      "备货量",
      "现货库存",
      "库存数量",
      "库存数",
      "上架库存",
      "放单量",
      "总库存",
      "首批库存",
    ],
  },
  {
    field: "pool",
    names: ["待放", "水位", "预留", "待放库存", "预留库存", "水位库存", "未放库存", "后备库存", "加单库存", "待释放"],
  },
];

/** The roles that a room starts with; each room may edit its own list. */
export type RoleName = { readonly name: string; readonly aliases: readonly string[] };

export const ROLE_NAMES: readonly RoleName[] = [
  { name: "引流款", aliases: ["引流", "引流品", "流量款", "炮灰款", "炮灰", "钩子", "钩子款", "钩子品"] },
  { name: "福利款", aliases: ["福利", "福利品", "宠粉", "宠粉款", "宠粉品", "憋单款", "秒杀款"] },
  { name: "主推款", aliases: ["主推", "主推品", "爆款", "爆品", "主打", "主打款", "承接款", "畅销款"] },
  { name: "利润款", aliases: ["利润", "利润品", "常规款", "正价款", "正价"] },
  { name: "形象款", aliases: ["形象", "形象品", "战略款", "战略", "战略品", "旗舰款", "高端款"] },
  { name: "赠品", aliases: ["赠", "送品", "搭赠", "礼品", "赠品款"] },
];

/** The room's own name for what the sheet calls a role, or null. */
export function roleFrom(text: string, roles: readonly RoleName[]): string | null {
  const wanted = text.normalize("NFKC").replace(/\s/g, "").toLowerCase();
  const bare = wanted.replace(/\(.*\)$/, "");
  for (const key of [wanted, bare]) {
    const found = roles.find((role) => role.name === key || role.aliases.includes(key));
    if (found) return found.name;
  }
  return null;
}

/** What each column becomes in SheetProduct or SheetSku. */
const IN_SHEET: Readonly<Record<ProductField, string>> = {
  linkNo: "linkNo",
  platformId: "platformId",
  name: "name",
  pictureUrl: "pictureUrl",
  mechanism: "mechanism",
  netPrice: "netPriceFen",
  role: "role",
  sellingPoints: "sellingPoints",
  plannedUnits: "plannedUnits",
  explain: "explainMs",
  slot: "slot",
  note: "note",
  skuPlatformId: "platformId",
  skuName: "name",
  usualPrice: "usualFen",
  livePrice: "liveFen",
  floorPrice: "floorFen",
  sellable: "sellable",
  pool: "pool",
};

/** The fields of SheetProduct and SheetSku that a sheet with these columns tells. */
export function sheetFields(mapping: Mapping<ProductField>): string[] {
  const told = PRODUCT_FIELDS.filter(({ field }) => mapping[field] !== undefined);
  return [...new Set(told.map(({ field }) => IN_SHEET[field]))];
}
