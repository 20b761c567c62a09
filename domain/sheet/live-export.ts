import { parseCount } from "./amount.ts";
import { datedClocks, isBareClock } from "./bare-clock.ts";
import { type CellCode, type Row } from "./cells.ts";
import { type FieldSpec, headerKey, type Mapping } from "./columns.ts";
import { parseId } from "./id.ts";
import { known } from "./known.ts";
import { type Reading, RowReader } from "./row-reader.ts";
import { isFurniture, type SheetIssue, sortedIssues } from "./table.ts";
import { parseWhen } from "./time.ts";

const COUNTS = ["views", "entered", "left", "likes", "comments", "shares", "follows", "exposures", "clicks"] as const;
type Count = (typeof COUNTS)[number];
/** What is so at a moment; everything else counts what came. */
const LEVELS = ["online", "viewers"] as const;
type Level = (typeof LEVELS)[number];
export type LiveField = "at" | "productId" | Level | Count;

/**
 * A sample of the room, in the words of the audience command: levels as they stood at `at`, counts since the sample
 * before. The caller names the source.
 */
export type LiveSample = {
  /** The same minute of the same source counts once, however often its file comes. */
  readonly sampleId: string;
  readonly at: number;
  readonly online?: number;
  /** 场观: distinct persons since the start. */
  readonly viewers?: number;
  readonly views?: number;
  readonly entered?: number;
  readonly left?: number;
  readonly likes?: number;
  readonly comments?: number;
  readonly shares?: number;
  readonly follows?: number;
  readonly exposures?: number;
  readonly clicks?: number;
  readonly products?: readonly { readonly productId: string; readonly exposures: number; readonly clicks: number }[];
};

/** The columns of the minute by minute data that 视频号助手 and shop dashboards give. */
export const LIVE_FIELDS: readonly FieldSpec<LiveField>[] = [
  { field: "at", names: ["时间", "时间点", "统计时间", "数据时间", "采集时间", "日期时间", "分钟", "时刻"] },
  {
    field: "online",
    names: ["实时在线人数", "在线人数", "实时在线", "当前在线人数", "同时在线人数", "在线观众", "在线"],
  },
  {
    field: "viewers",
    names: ["累计观看人数", "场观", "累计场观", "场观人数", "观看总人数"],
    weakNames: ["观看人数"],
  },
  { field: "views", names: ["观看次数", "新增观看次数", "累计观看次数", "观看人次"] },
  {
    field: "entered",
    names: [
      "进房人数",
      "进入直播间人数",
      "新增观看人数",
      "进入人数",
      "新增观众",
      "进场人数",
      "新增观看",
      "累计进入直播间人数",
    ],
  },
  { field: "left", names: ["离开人数", "离开直播间人数", "离房人数", "离场人数", "累计离开人数", "离开"] },
  { field: "likes", names: ["点赞数", "点赞次数", "点赞", "新增点赞", "累计点赞数", "累计点赞次数"] },
  { field: "comments", names: ["评论数", "评论次数", "评论", "新增评论", "累计评论数", "累计评论次数", "评论条数"] },
  {
    field: "shares",
    names: ["分享数", "分享次数", "分享", "转发次数", "分享人数", "新增分享", "累计分享次数", "累计分享数"],
  },
  {
    field: "follows",
    names: [
      "新增关注人数",
      "新增关注",
      "关注数",
      "关注人数",
      "新增粉丝",
      "新增粉丝数",
      "累计新增关注",
      "累计关注人数",
      "涨粉",
    ],
  },
  {
    field: "exposures",
    names: ["商品曝光次数", "商品曝光", "商品曝光人数", "曝光次数", "曝光人数", "累计商品曝光次数", "累计商品曝光"],
  },
  {
    field: "clicks",
    names: ["商品点击次数", "商品点击", "商品点击人数", "点击次数", "点击人数", "累计商品点击次数", "累计商品点击"],
  },
  { field: "productId", names: ["商品ID", "商品编码(平台)", "商品编号", "SPU ID", "SPUID"] },
];

export type LiveCode = CellCode | "column.missing" | "time.repeated" | "cumulative.fell";
export type LiveIssue = SheetIssue<LiveCode>;

export type LiveExport = {
  readonly samples: readonly LiveSample[];
  readonly errors: readonly LiveIssue[];
  readonly warnings: readonly LiveIssue[];
  /** Columns that count from the start of the show, by their name; they come out as differences. */
  readonly cumulative: readonly Count[];
};

export type LiveExportOptions = {
  readonly headerRow: number;
  readonly mapping: Mapping<LiveField>;
  /** Start of the show: by it a bare "20:30" finds its day. */
  readonly startedAt?: number;
};

const CUMULATIVE = /累计|累积|总数|总计|总(?:点赞|评论|分享|关注|观看|曝光|点击|人数|次数)|截至/;

type LiveRow = RowReader<LiveField, LiveCode>;
type Told = {
  readonly row: LiveRow;
  readonly at: number;
  readonly productId: string | null;
  readonly counts: Map<Count, number>;
  readonly levels: { readonly [L in Level]?: number };
};

function readTold(row: LiveRow, at: number): Told {
  const counts = new Map<Count, number>();
  for (const field of COUNTS) {
    const count = row.value(field, parseCount);
    if (count !== undefined) counts.set(field, count);
  }
  return {
    row,
    at,
    productId: row.value("productId", parseId) ?? null,
    counts,
    levels: known({ online: row.value("online", parseCount), viewers: row.value("viewers", parseCount) }),
  };
}

/** The moments of all rows that have one, in the order of the rows. */
function readMoments(rows: readonly LiveRow[], startedAt: number | undefined): (readonly [LiveRow, number])[] {
  const moments = rows.flatMap((row): [LiveRow, number][] => {
    const at = row.value("at", (cell) => parseWhen(cell, startedAt));
    if (at === undefined && !row.has("at")) row.error("at", "cell.required");
    return at === undefined ? [] : [[row, at]];
  });
  if (startedAt === undefined) return moments;
  const bare = moments.filter(([row]) => isBareClock(row.text("at")));
  const dated = new Map(
    datedClocks(
      bare.map(([, at]) => at),
      startedAt,
    ).map((at, index) => [bare[index]?.[0], at]),
  );
  return moments.map(([row, at]) => [row, dated.get(row) ?? at]);
}

function readRows(rows: readonly Row[], options: LiveExportOptions, reading: Reading<LiveField, LiveCode>): Told[] {
  const header = rows[options.headerRow] ?? [];
  const told: Told[] = [];
  const seen = new Set<string>();
  const below = [...rows.entries()]
    .filter(([index, cells]) => index > options.headerRow && !isFurniture(cells, header))
    .map(([index, cells]): LiveRow => new RowReader(reading, cells, index));
  for (const [row, at] of readMoments(below, options.startedAt)) {
    const one = readTold(row, at);
    if (row.failed) continue;
    const key = `${one.at} ${one.productId ?? ""}`;
    if (seen.has(key)) row.error("at", "time.repeated");
    else told.push(one);
    seen.add(key);
  }
  return told.toSorted((a, b) => a.at - b.at);
}

/** Turns columns that count from the start into what came in each stretch, product by product. */
function toDifferences(told: readonly Told[], cumulative: readonly Count[]): void {
  const last = new Map<string, number>();
  for (const one of told) {
    for (const field of cumulative) {
      const count = one.counts.get(field);
      if (count === undefined) continue;
      const key = `${field} ${one.productId ?? ""}`;
      const before = last.get(key) ?? 0;
      if (count < before) one.row.warn(field, "cumulative.fell");
      one.counts.set(field, Math.max(0, count - before));
      last.set(key, Math.max(before, count));
    }
  }
}

function sampleOf(at: number, rows: readonly Told[]): LiveSample {
  const room = rows.find((one) => one.productId === null);
  const ofProducts = rows.flatMap((one) => {
    const counts = { exposures: one.counts.get("exposures") ?? 0, clicks: one.counts.get("clicks") ?? 0 };
    return one.productId === null ? [] : [{ productId: one.productId, ...counts }];
  });
  const counts = room ? Object.fromEntries(room.counts) : {};
  return {
    sampleId: `live-${at}`,
    at,
    ...room?.levels,
    ...counts,
    ...(ofProducts.length > 0 && { products: ofProducts }),
  };
}

/** Reads a time series of the room, or of its products, below its header. */
export function readLiveExport(rows: readonly Row[], options: LiveExportOptions): LiveExport {
  const { mapping, headerRow } = options;
  const header = rows[headerRow] ?? [];
  const cumulative = COUNTS.filter((field) => mapping[field]?.some((col) => CUMULATIVE.test(headerKey(header[col]))));
  const reading: Reading<LiveField, LiveCode> = { mapping, errors: [], warnings: [] };
  const counted = [...LEVELS, ...COUNTS].some((field) => mapping[field] !== undefined);
  if (!mapping.at) reading.errors.push({ row: headerRow, col: 0, code: "column.missing", value: "at" });
  if (!counted) reading.errors.push({ row: headerRow, col: 0, code: "column.missing", value: "online" });
  if (reading.errors.length > 0) return { samples: [], errors: reading.errors, warnings: [], cumulative };
  const told = readRows(rows, options, reading);
  toDifferences(told, cumulative);
  const byTime = Map.groupBy(told, (one) => one.at);
  const samples = [...byTime].map(([at, list]) => sampleOf(at, list));
  return { samples, errors: sortedIssues(reading.errors), warnings: sortedIssues(reading.warnings), cumulative };
}
