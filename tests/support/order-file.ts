import { Readable } from "node:stream";

/** Order exports for tests, drawn from a seed: as a shop writes them, with several lines an order, refunds, cancelled and unpaid orders. */

export const ORDER_HEADER = [
  "订单号",
  "子订单号",
  "订单状态",
  "订单下单时间",
  "支付时间",
  "商品名称",
  "商品编码(平台)",
  "SKU编码(平台)",
  "商品属性",
  "商品数量",
  "商品实际价格(总共)",
  "订单运费",
  "订单实际支付金额",
  "商品已退款金额",
  "收件人手机",
];

const COAT = { name: "示例羽绒服", id: "10000000000000000001", skus: ["S", "M"], fen: 39_900 };
const PRODUCTS = [
  COAT,
  { name: "示例围巾", id: "10000000000000000002", skus: ["灰"], fen: 9_950 },
  { name: "示例手套", id: "10000000000000000003", skus: ["均码"], fen: 4_733 },
];

export type ToldOrder = {
  readonly orderId: string;
  readonly paid: boolean;
  readonly paidFen: number;
  readonly refundedFen: number;
  readonly rows: readonly (readonly string[])[];
};

const yuan = (fen: number): string =>
  `¥${Math.floor(fen / 100).toLocaleString("en-US")}.${String(fen % 100).padStart(2, "0")}`;
/** In Asia/Shanghai. */
const moment = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");

export function toldOrders(
  count: number,
  { from, seed = 1 }: { readonly from: number; readonly seed?: number },
): ToldOrder[] {
  let state = seed;
  const draw = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
  return Array.from({ length: count }, (_, index) => {
    const orderId = `37051234567${String(index).padStart(8, "0")}`;
    const placedAt = from + index * 1_000;
    const kind = draw(10);
    const paid = kind < 8;
    const freightFen = draw(3) === 0 ? 800 : 0;
    const lines = Array.from({ length: 1 + draw(3) }, (__, at) => {
      const product = PRODUCTS[draw(PRODUCTS.length)] ?? COAT;
      const units = 1 + draw(3);
      const paidFen = product.fen * units - draw(500);
      const refundedFen = paid && draw(8) === 0 ? Math.ceil(paidFen / (1 + draw(2))) : 0;
      return {
        lineId: `${orderId}-${at}`,
        product,
        sku: product.skus[draw(product.skus.length)] ?? "",
        units,
        paidFen,
        refundedFen,
      };
    });
    const paidFen = lines.reduce((sum, line) => sum + line.paidFen, freightFen);
    const status = paid ? "待发货" : kind === 8 ? "待付款" : "已取消";
    const rows = lines.map((line, at) => [
      orderId,
      line.lineId,
      status,
      moment(placedAt),
      paid ? moment(placedAt + 20_000) : "",
      line.product.name,
      line.product.id,
      `${line.product.id}${line.sku}`.replace(/[^\w]/g, "9"),
      line.sku,
      String(line.units),
      yuan(line.paidFen),
      at === 0 ? yuan(freightFen) : "",
      at === 0 ? yuan(paidFen) : "",
      line.refundedFen > 0 ? yuan(line.refundedFen) : "",
      `138${String(10_000_000 + draw(400))}`,
    ]);
    const refundedFen = lines.reduce((sum, line) => sum + line.refundedFen, 0);
    return { orderId, paid, paidFen: paid ? paidFen : 0, refundedFen, rows };
  });
}

export const rowsOf = (orders: readonly ToldOrder[]): (readonly string[])[] => [
  ORDER_HEADER,
  ...orders.flatMap(({ rows }) => rows),
];

export const csvOf = (orders: readonly ToldOrder[]): string =>
  rowsOf(orders)
    .map((row) => row.map((cell) => (/[,"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(","))
    .join("\r\n");

export function totalsOf(orders: readonly ToldOrder[]) {
  return {
    orders: orders.length,
    paidOrders: orders.filter(({ paid }) => paid).length,
    paidFen: orders.reduce((sum, { paidFen }) => sum + paidFen, 0),
    refundedFen: orders.reduce((sum, { refundedFen }) => sum + refundedFen, 0),
  };
}

/** A multipart body as a browser makes it, with its content type. */
export async function multipartOf(file: Uint8Array, name: string, fields: Readonly<Record<string, string>> = {}) {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  form.set("file", new File([Buffer.from(file)], name));
  const request = new Request("http://form.test", { method: "POST", body: form });
  const payload = Buffer.from(await request.arrayBuffer());
  return { payload: Readable.from([payload]), headers: { "content-type": request.headers.get("content-type") ?? "" } };
}
