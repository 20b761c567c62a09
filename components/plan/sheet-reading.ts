import { toSheet } from "#domain/bag/sheet-plan.ts";
import type { Row } from "#domain/sheet/cells.ts";
import { mappingOf, rememberColumns, type RecognisedColumn, type RememberedColumns } from "#domain/sheet/columns.ts";
import { diffSheet, type SheetDiff } from "#domain/sheet/product-diff.ts";
import { PRODUCT_FIELDS, ROLE_NAMES, type ProductField } from "#domain/sheet/product-fields.ts";
import { readProductSheet, type ProductIssue, type ProductSheet } from "#domain/sheet/product-sheet.ts";
import { findHeader, rowsFromPaste } from "#domain/sheet/table.ts";
import type { ProductRow } from "../session/show-slices.ts";

/** Reading a 排品表 in the page. Loaded only when somebody pastes one: it brings the sheet rules along. */

export type Table = {
  readonly rows: readonly Row[];
  /** From 0; −1 when no header was found and a person has to say which row it is. */
  readonly headerRow: number;
  readonly columns: readonly RecognisedColumn<ProductField>[];
};

export type Preview = {
  readonly sheet: ProductSheet;
  readonly diff: SheetDiff;
  /** Names of the fields that the sheet has, as the rules call them. */
  readonly fields: readonly string[];
};

export type { ProductField, ProductIssue };

export const rowsOfPaste = rowsFromPaste;

export function tableOf(rows: readonly Row[], remembered: RememberedColumns): Table {
  const header = findHeader(rows, PRODUCT_FIELDS, remembered);
  if (!header) return { rows, headerRow: -1, columns: [] };
  return { rows, headerRow: header.row, columns: header.columns };
}

/** The columns below another header row, chosen by hand. */
export function withHeaderRow(table: Table, headerRow: number, remembered: RememberedColumns): Table {
  const found = findHeader(
    table.rows.slice(headerRow, headerRow + 1).concat(table.rows.slice(headerRow + 1, headerRow + 13)),
    PRODUCT_FIELDS,
    remembered,
  );
  const width = Math.max(0, ...table.rows.slice(headerRow, headerRow + 13).map((row) => row.length));
  const plain = Array.from({ length: width }, (_, col) => ({
    col,
    header: text(table.rows[headerRow]?.[col]),
    field: null,
    confidence: 0,
  }));
  return { ...table, headerRow, columns: found && found.row === 0 ? found.columns : plain };
}

const text = (cell: Row[number] | undefined) =>
  cell === undefined ? "" : typeof cell === "string" ? cell : cell.number;

const RULE_NAMES: Partial<Record<ProductField, string>> = {
  netPrice: "netPriceFen",
  explain: "explainMs",
  skuPlatformId: "platformId",
  skuName: "name",
  usualPrice: "usualFen",
  livePrice: "liveFen",
  floorPrice: "floorFen",
};

export function previewOf(table: Table, roles: readonly string[], current: readonly ProductRow[]): Preview {
  const known = new Map(ROLE_NAMES.map((role) => [role.name, role]));
  const sheet = readProductSheet(table.rows, {
    headerRow: table.headerRow,
    mapping: mappingOf(table.columns),
    roles: roles.map((name) => known.get(name) ?? { name, aliases: [] }),
  });
  const fields = [
    ...new Set(table.columns.flatMap(({ field }) => (field === null ? [] : [RULE_NAMES[field] ?? field]))),
  ];
  const diff = diffSheet(current.map(toSheet), sheet.products);
  return { sheet, diff: onlyFilled(diff, fields), fields };
}

/** As the rules take a sheet over: an empty cell clears nothing, and a column that the sheet lacks stays as it is. */
function onlyFilled(diff: SheetDiff, fields: readonly string[]): SheetDiff {
  const changed = diff.changed.map((product) => ({
    ...product,
    changes: product.changes.filter(
      ({ field, to }) => to !== null && fields.includes(field) && !(Array.isArray(to) && to.length === 0),
    ),
  }));
  const still = changed.filter(
    ({ changes, addedSkus, missingSkus }) => changes.length + addedSkus.length + missingSkus.length > 0,
  );
  return { ...diff, changed: still, unchanged: diff.unchanged + changed.length - still.length };
}

export const columnsToKeep = (table: Table): RememberedColumns => rememberColumns(table.columns);
