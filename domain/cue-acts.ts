import type { Act } from "./cue.ts";
import type { SubCommand } from "./op.ts";

/** The command that an act of a cue is. `ago`: how long before the press it was done, in ms; as for the cue itself. */
export function commandOf(act: Act, ago: number): SubCommand {
  switch (act.type) {
    case "explain":
      return { type: "bag.explain", input: { productId: act.productId, ago } };
    case "price":
      return {
        type: "bag.setPrice",
        input: { productId: act.productId, skuId: act.skuId, priceFen: act.priceFen, ago },
      };
    case "openSale":
      return { type: "bag.openSale", input: { productId: act.productId, ago } };
    case "release":
      return { type: "bag.release", input: { productId: act.productId, skuId: act.skuId, units: act.units, ago } };
    case "couponPush":
      return { type: "coupon.push", input: { couponId: act.couponId, ago } };
    case "lotteryOpen":
      return { type: "lottery.open", input: { lotteryId: act.lotteryId, ago } };
    case "message":
      return { type: "message.send", input: { to: act.to, text: act.text } };
    default:
      return act satisfies never;
  }
}
