import { createHash } from "node:crypto";
import type { Json } from "#domain/op.ts";
import type { ImportedOrder } from "#domain/sheet/imported-order.ts";
import type { LiveSample } from "#domain/sheet/live-export.ts";

/** What a file tells, in the shapes that programs send (server/http/ingest): from here on a file is a sender like any other. */

const KEY_MAX = 200;

export function orderSent({ buyer, lines, refunds, roomId: _room, ...order }: ImportedOrder): Json {
  return {
    ...order,
    // A platform's own id of the buyer is what programs send too: one person, wherever the report came from.
    ...(buyer && { personKey: buyer.key.replace(/^id:/, "").slice(0, KEY_MAX) }),
    ...(buyer?.kind && { buyerKind: buyer.kind }),
    lines: lines.map(({ productName: _product, skuName: _sku, ...line }) => line),
    refunds: refunds.map((refund) => ({ ...refund })),
  };
}

export function sampleSent({ sampleId, products, ...sample }: LiveSample): Json {
  return {
    ...sample,
    source: "file",
    sampleId: products ? `${sampleId}-${productsMark(products)}` : sampleId,
    ...(products && { products: products.map((product) => ({ ...product })) }),
  };
}

/** The room and each product have files of their own for the same minutes; each file's minute counts once. */
function productsMark(products: readonly { readonly productId: string }[]): string {
  const ids = products.map(({ productId }) => productId).toSorted();
  return createHash("sha256").update(JSON.stringify(ids)).digest("hex").slice(0, 12);
}
