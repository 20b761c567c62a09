import { useTranslations } from "next-intl";
import type { CellCode } from "#domain/sheet/cells.ts";
import type { LiveCode, LiveField } from "#domain/sheet/live-export.ts";
import type { OrderField } from "#domain/sheet/order-fields.ts";
import type { OrderCode } from "#domain/sheet/order-lines.ts";

/** Words for what a file's columns and complaints are called. A name without words fails the type check. */

type Field = OrderField | LiveField;
type Code = CellCode | OrderCode | LiveCode;

const FIELDS: Readonly<Record<Field, true>> = {
  orderId: true,
  lineId: true,
  status: true,
  placedAt: true,
  paidAt: true,
  cancelledAt: true,
  updatedAt: true,
  productId: true,
  productName: true,
  skuId: true,
  skuCode: true,
  skuName: true,
  units: true,
  unitPrice: true,
  lineTotal: true,
  linePaid: true,
  orderPaid: true,
  freight: true,
  discount: true,
  lineRefund: true,
  refund: true,
  refundId: true,
  refundAt: true,
  refundUnits: true,
  afterSale: true,
  buyerId: true,
  buyerPhone: true,
  buyerName: true,
  buyerKind: true,
  traffic: true,
  entry: true,
  staff: true,
  roomId: true,
  at: true,
  online: true,
  viewers: true,
  views: true,
  entered: true,
  left: true,
  likes: true,
  comments: true,
  shares: true,
  follows: true,
  exposures: true,
  clicks: true,
};

const CODES: Readonly<Record<Code, true>> = {
  "cell.required": true,
  "cell.formulaError": true,
  "amount.unreadable": true,
  "amount.range": true,
  "amount.fraction": true,
  "amount.negative": true,
  "amount.tooLarge": true,
  "count.unreadable": true,
  "count.negative": true,
  "count.fraction": true,
  "count.tooLarge": true,
  "percent.unreadable": true,
  "time.unreadable": true,
  "time.ambiguous": true,
  "time.needsDate": true,
  "duration.unreadable": true,
  "id.mangled": true,
  "id.unreadable": true,
  "column.missing": true,
  "units.zero": true,
  "lines.tooMany": true,
  "status.unknown": true,
  "refund.abovePaid": true,
  "paid.missing": true,
  "time.repeated": true,
  "cumulative.fell": true,
};

const isField = (name: string): name is Field => Object.hasOwn(FIELDS, name);
const isCode = (name: string): name is Code => Object.hasOwn(CODES, name);

/** Several columns may carry these. */
export const MANY: ReadonlySet<string> = new Set<Field>(["updatedAt", "discount"]);

export function useFieldWords(): (field: string) => string {
  const words = useTranslations("importField");
  return (field) => (isField(field) ? words(field) : field);
}

export function useIssueWords(): (code: string) => string {
  const words = useTranslations("importIssue");
  return (code) => (isCode(code) ? words(code) : code);
}
