import { PRODUCTS_MAX, SHEET_SKUS_MAX, SKUS_MAX } from "../plan-limits.ts";
import { parseCount, parseFen } from "./amount.ts";
import { bad, type Cell, type CellCode, cellText, isBlank, type Parsed, type Row } from "./cells.ts";
import { type Mapping } from "./columns.ts";
import { looksRounded, parseId } from "./id.ts";
import { known } from "./known.ts";
import {
  PRODUCT_NEEDS,
  type ProductField,
  readLinkNo,
  roleFrom,
  type RoleName,
  sheetFields,
} from "./product-fields.ts";
import { oneLine, type Reading, RowReader } from "./row-reader.ts";
import { isFurniture, pick, type SheetIssue, sortedIssues } from "./table.ts";
import { parseDuration } from "./time.ts";

/** The name of the one SKU of a product whose sheet names none. */
export const DEFAULT_SKU = "默认";

export type SheetSku = {
  readonly platformId?: string;
  readonly name: string;
  readonly usualFen?: number;
  readonly liveFen: number;
  readonly floorFen?: number;
  readonly sellable: number;
  readonly pool: number;
};

export type SheetProduct = {
  readonly linkNo: number;
  readonly platformId?: string;
  readonly name: string;
  readonly pictureUrl?: string;
  readonly mechanism?: string;
  readonly netPriceFen?: number;
  readonly role?: string;
  readonly sellingPoints: readonly string[];
  readonly plannedUnits?: number;
  readonly explainMs?: number;
  /** 时间 or 环节 as written; the wizard may group the rundown by it. */
  readonly slot?: string;
  readonly note?: string;
  readonly skus: readonly SheetSku[];
};

export type ProductCode =
  | CellCode
  | "column.missing"
  | "linkNo.unreadable"
  | "linkNo.duplicate"
  | "linkNo.missing"
  | "platformId.duplicate"
  | "sku.duplicate"
  | "sku.tooMany"
  | "product.tooMany"
  | "stock.missing"
  | "floor.aboveLive"
  | "usual.belowLive"
  | "role.unknown"
  | "picture.notUrl"
  | "text.cut"
  /** The cell differs from the product's first row, which stands: it can't differ by SKU. */
  | "cell.ofProduct";

export type ProductIssue = SheetIssue<ProductCode>;

export type ProductSheet = {
  /** Products that can be taken over. One with an error in a cell that it can't do without is left out. */
  readonly products: readonly SheetProduct[];
  readonly errors: readonly ProductIssue[];
  /** Worth a look, but nothing was lost: an unknown role, a floor above the live price. */
  readonly warnings: readonly ProductIssue[];
  /** What the sheet tells, as fields of SheetProduct and SheetSku: a second paste changes only these. */
  readonly fields: readonly string[];
  /** Rows that name a part of the show ("上半场") and no product. */
  readonly sections: readonly { readonly row: number; readonly text: string }[];
};

type Draft = {
  product: { -readonly [K in keyof SheetProduct]: SheetProduct[K] };
  skus: SheetSku[];
  /** The nearest price above, for cells merged over several SKUs. */
  above: { liveFen?: number; usualFen?: number; floorFen?: number };
  broken: boolean;
};

const UNITS_MAX = 100_000_000;
const EXPLAIN_MAX_MS = 24 * 3_600_000;

function parseUnits(cell: Cell): Parsed<number> {
  const units = parseCount(cell);
  return units.ok && units.value > UNITS_MAX ? bad("count.tooLarge") : units;
}

function parseExplain(cell: Cell): Parsed<number> {
  const length = parseDuration(cell);
  return length.ok && length.value > EXPLAIN_MAX_MS ? bad("duration.unreadable") : length;
}

type Reader = RowReader<ProductField, ProductCode>;
type Sheet = Reading<ProductField, ProductCode> & { readonly roles: readonly RoleName[] };

/** Words of at most `max` characters; what is longer is cut, and said so. */
function wording(reader: Reader, field: ProductField, max: number): string {
  const text = reader.text(field, max + 1);
  if (text.length > max) reader.warn(field, "text.cut");
  return text.slice(0, max).toWellFormed();
}

const BULLET = /^(?:[-•·●◆▪*]|\(?\d{1,2}[.、)）]|[①-⑳])\s*/;

function sellingPoints(cells: readonly Cell[]): string[] {
  return cells
    .flatMap((cell) => cellText(cell).split(/[\n\r；;|]+/))
    .map((point) => oneLine(point, 200).replace(BULLET, ""))
    .filter((point) => point !== "")
    .slice(0, 20);
}

function pictureUrl(reader: Reader): string | undefined {
  const text = reader.text("pictureUrl", 2000);
  // WPS writes pictures inside cells as a formula; the picture itself is not in the text.
  if (text === "" || /dispimg/i.test(text)) return undefined;
  const url = text.startsWith("//") ? `https:${text}` : text;
  if (/^https:\/\/[^\s"'<>]+$/.test(url) && url.length <= 500) return url;
  reader.warn("pictureUrl", "picture.notUrl");
  return undefined;
}

function readRole(reader: Reader, roles: readonly RoleName[]): string | undefined {
  const written = reader.text("role", 20);
  if (written === "") return undefined;
  const known = roleFrom(written, roles);
  if (known === null) reader.warn("role", "role.unknown");
  return known ?? written;
}

/** What belongs to the product and not to the SKU. On further rows of a product it fills only what is still open. */
function readProductCells(reader: Reader, draft: Draft, roles: readonly RoleName[]): void {
  const { product } = draft;
  const take = <K extends keyof SheetProduct>(
    key: K,
    field: ProductField,
    value: SheetProduct[K] | undefined,
  ): void => {
    if (value === undefined) return;
    if (product[key] === undefined) product[key] = value;
    else if (product[key] !== value) reader.warn(field, "cell.ofProduct");
  };
  take("platformId", "platformId", reader.value("platformId", parseId));
  take("pictureUrl", "pictureUrl", pictureUrl(reader));
  take("mechanism", "mechanism", wording(reader, "mechanism", 500) || undefined);
  take("netPriceFen", "netPrice", reader.value("netPrice", parseFen));
  take("role", "role", readRole(reader, roles));
  take("plannedUnits", "plannedUnits", reader.value("plannedUnits", parseUnits));
  take("explainMs", "explain", reader.value("explain", parseExplain));
  take("slot", "slot", wording(reader, "slot", 60) || undefined);
  const note = reader
    .cells("note")
    .map((cell) => oneLine(cell, 500))
    .join(" ");
  take("note", "note", note.slice(0, 1000) || undefined);
  if (product.sellingPoints.length === 0) product.sellingPoints = sellingPoints(reader.cells("sellingPoints"));
}

/** Prices merged over several SKUs stand in their first row only; a stock is never handed down, it would count twice. */
function readSku(reader: Reader, draft: Draft): SheetSku | null {
  const liveFen = reader.value("livePrice", parseFen) ?? (reader.has("livePrice") ? undefined : draft.above.liveFen);
  const usualFen = reader.value("usualPrice", parseFen) ?? draft.above.usualFen;
  const floorFen = reader.value("floorPrice", parseFen) ?? draft.above.floorFen;
  const platformId = reader.value("skuPlatformId", parseId);
  const sellable = reader.value("sellable", parseUnits);
  const pool = reader.value("pool", parseUnits);
  if (liveFen === undefined) {
    if (!reader.has("livePrice")) reader.error("livePrice", "cell.required");
    return null;
  }
  if (sellable === undefined && reader.mapped("sellable") && !reader.has("sellable"))
    reader.warn("sellable", "stock.missing");
  if (floorFen !== undefined && floorFen > liveFen) reader.warn("floorPrice", "floor.aboveLive");
  if (usualFen !== undefined && usualFen < liveFen) reader.warn("usualPrice", "usual.belowLive");
  const names = reader.cells("skuName").map((cell) => oneLine(cell, 80));
  draft.above = { liveFen, ...known({ usualFen, floorFen }) };
  const optionals = known({ platformId, usualFen, floorFen });
  return {
    ...optionals,
    name: names.join(" ").slice(0, 120) || DEFAULT_SKU,
    liveFen,
    sellable: sellable ?? 0,
    pool: pool ?? 0,
  };
}

class SheetReader {
  readonly #reading: Sheet;
  readonly #drafts: Draft[] = [];
  readonly #linkNos = new Set<number>();
  readonly #platformIds = new Set<string>();
  readonly #skuIds = new Set<string>();
  readonly sections: { row: number; text: string }[] = [];
  #skus = 0;

  constructor(reading: Sheet) {
    this.#reading = reading;
  }

  read(row: Row, at: number): void {
    const reader = new RowReader(this.#reading, row, at);
    const named = (["name", "livePrice", "skuName", "platformId", "skuPlatformId"] as const).some((field) =>
      reader.has(field),
    );
    const filled = row.filter((cell) => !isBlank(cell));
    const alone =
      filled.length === 1 && !(["livePrice", "skuName", "skuPlatformId"] as const).some((field) => reader.has(field));
    if (alone) this.sections.push({ row: at, text: oneLine(filled[0] ?? "", 100) });
    if (alone || !named) return;
    const current = this.#drafts.at(-1);
    const draft = current && this.#continues(reader, current) ? current : this.#begin(reader);
    if (!draft) return;
    const before = draft.product.platformId;
    readProductCells(reader, draft, this.#reading.roles);
    if (before === undefined && draft.product.platformId !== undefined) this.#once(reader, draft.product.platformId);
    const sku = readSku(reader, draft);
    if (sku) this.#addSku(reader, draft, sku);
    if (reader.failed) draft.broken = true;
  }

  finish(): SheetProduct[] {
    return this.#drafts
      .filter((draft) => !draft.broken && draft.skus.length > 0)
      .map((draft) => ({ ...draft.product, skus: draft.skus }));
  }

  /** A further row of the same product: a SKU below a merged cell, or the same number and name written again. */
  #continues(reader: Reader, current: Draft): boolean {
    const linkNo = this.#linkNo(reader);
    if (linkNo !== undefined && linkNo !== current.product.linkNo) return false;
    const name = wording(reader, "name", 120);
    if (name !== "" && name !== current.product.name) return false;
    const platformId = reader.value("platformId", (cell) => parseId(cell));
    if (
      platformId !== undefined &&
      current.product.platformId !== undefined &&
      platformId !== current.product.platformId
    )
      return false;
    return reader.has("skuName") || reader.has("skuPlatformId");
  }

  #begin(reader: Reader): Draft | null {
    if (this.#drafts.length >= PRODUCTS_MAX) {
      reader.error("name", "product.tooMany");
      return null;
    }
    const name = wording(reader, "name", 120);
    const linkNo = this.#linkNo(reader) ?? (reader.mapped("linkNo") ? undefined : this.#drafts.length + 1);
    if (name === "") reader.error("name", "cell.required");
    if (linkNo === undefined) reader.error("linkNo", reader.has("linkNo") ? "linkNo.unreadable" : "linkNo.missing");
    else if (this.#linkNos.has(linkNo)) reader.error("linkNo", "linkNo.duplicate");
    else this.#linkNos.add(linkNo);
    const product = { linkNo: linkNo ?? 0, name, sellingPoints: [], skus: [] };
    const draft: Draft = { product, skus: [], above: {}, broken: false };
    this.#drafts.push(draft);
    return draft;
  }

  #linkNo(reader: Reader): number | undefined {
    const [cell] = reader.cells("linkNo");
    return cell === undefined ? undefined : (readLinkNo(cell) ?? undefined);
  }

  #once(reader: Reader, id: string): void {
    if (this.#platformIds.has(id)) reader.error("platformId", "platformId.duplicate");
    this.#platformIds.add(id);
  }

  #addSku(reader: Reader, draft: Draft, sku: SheetSku): void {
    if (draft.skus.length >= SKUS_MAX || this.#skus >= SHEET_SKUS_MAX) reader.error("skuName", "sku.tooMany");
    else if (draft.skus.some((other) => other.name === sku.name)) reader.error("skuName", "sku.duplicate");
    else if (sku.platformId !== undefined && this.#skuIds.has(sku.platformId))
      reader.error("skuPlatformId", "platformId.duplicate");
    else draft.skus.push(sku);
    if (sku.platformId !== undefined) this.#skuIds.add(sku.platformId);
    this.#skus++;
  }
}

/** Long ids that a spreadsheet rounded before they were written as text are refused cell by cell. */
function refuseRounded(rows: readonly Row[], from: number, reading: Sheet): boolean {
  let found = false;
  for (const field of ["platformId", "skuPlatformId"] as const) {
    const cells = rows.slice(from).flatMap((row, index) => {
      const cell = pick(row, reading.mapping[field]);
      return cell ? [{ ...cell, row: from + index }] : [];
    });
    if (!looksRounded(cells.map(({ cell }) => cellText(cell)))) continue;
    found = true;
    for (const { cell, col, row } of cells)
      reading.errors.push({ row, col, code: "id.mangled", value: cellText(cell) });
  }
  return found;
}

export type ProductSheetOptions = {
  /** Row number of the header, from 0. */
  readonly headerRow: number;
  readonly mapping: Mapping<ProductField>;
  readonly roles: readonly RoleName[];
};

/** Reads a 排品表 below its header: one product a row, or one SKU a row under its product. */
export function readProductSheet(rows: readonly Row[], options: ProductSheetOptions): ProductSheet {
  const from = options.headerRow + 1;
  const mapping = withoutEmptyLinkNo(rows.slice(from), options.mapping);
  const reading: Sheet = { mapping, roles: options.roles, errors: [], warnings: [] };
  const fields = sheetFields(mapping);
  for (const field of PRODUCT_NEEDS) {
    if (mapping[field] === undefined)
      reading.errors.push({ row: options.headerRow, col: 0, code: "column.missing", value: field });
  }
  if (reading.errors.length > 0) return { products: [], errors: reading.errors, warnings: [], fields, sections: [] };
  const header = rows[options.headerRow] ?? [];
  const rounded = refuseRounded(rows, from, reading);
  const sheet = new SheetReader(reading);
  for (const [at, row] of rows.entries()) {
    if (at >= from && !isFurniture(row, header)) sheet.read(row, at);
  }
  const products = rounded ? [] : sheet.finish();
  return {
    products,
    errors: sortedIssues(reading.errors),
    warnings: sortedIssues(reading.warnings),
    fields,
    sections: sheet.sections,
  };
}

/** A column of link numbers that nobody filled in means: number them as they stand. */
function withoutEmptyLinkNo(rows: readonly Row[], mapping: Mapping<ProductField>): Mapping<ProductField> {
  if (mapping.linkNo === undefined || rows.some((row) => pick(row, mapping.linkNo))) return mapping;
  const { linkNo: _empty, ...rest } = mapping;
  return rest;
}
