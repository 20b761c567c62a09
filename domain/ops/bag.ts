import { z } from "zod";
import {
  decideCreate,
  decideEditProduct,
  decideRemoveProduct,
  EditInput,
  guardedPlanEvent,
  NewProductInput,
  planEvent,
  planResult,
  SeenPlan,
} from "../bag/edit.ts";
import {
  decideEndExplain,
  decideExplain,
  ExplainedEvent,
  ExplainEndedEvent,
  ExplainRestoredEvent,
  foldExplained,
  foldExplainEnded,
  foldExplainRestored,
  moveCutRound,
  staleExplained,
  undoExplained,
  undoExplainEnded,
} from "../bag/explain.ts";
import { decideObserve, foldObserved, Observed, ObserveInput } from "../bag/observe.ts";
import { decideOpenSale, foldSaleOpened, OpenSaleInput, SaleOpened, undoSaleOpened } from "../bag/opening.ts";
import {
  decideAdd,
  decideRemove,
  InBagRestored,
  InBagSet,
  SaleStateSet,
  setInBag,
  setListing,
  turnSale,
  undoInBag,
  undoSaleState,
} from "../bag/facts.ts";
import { foldPlan, PlanChange, planSheet, undoPlan } from "../bag/plan.ts";
import { decideSetPrice, foldPrices, guardCouponPush, PricesSet, stalePrice, undoPrices } from "../bag/pricing.ts";
import { LISTINGS, SALE_STATES } from "../bag/product.ts";
import {
  decideRelease,
  decideSetStock,
  foldRelease,
  foldStockSet,
  Released,
  staleCounts,
  stalePool,
  StockSet,
  undoReleased,
  undoStockSet,
} from "../bag/releasing.ts";
import { controlRow, hostRow, viewerRow } from "../bag/rows.ts";
import { SheetInput } from "../bag/sheet-plan.ts";
import { emptyBag, withProduct, WrongPrice } from "../bag/state.ts";
import { decideReorder, foldReorder, Reordered, undoReorder } from "../bag/sorting.ts";
import { foldPostings } from "../bag/stock.ts";
import { decideMarkWrongPrice, foldMarked, foldUnmarked, undoMarked, WrongPriceInput } from "../bag/wrong-price.ts";
import { Evidence, handEvidence } from "../evidence.ts";
import { defineOp, reject } from "../op.ts";
import { FenAmount, Id, text } from "../units.ts";
import { runningDiscounts } from "../coupon/plan.ts";
import { coupon, couponPushAsked } from "./coupon.ts";
import { order } from "./order.ts";
import { Ago, isOnAir, session } from "./session.ts";

const planners = ["owner", "manager", "operator"] as const;
const hands = ["owner", "manager", "operator", "floor"] as const;
const Act = z.object({ productId: Id, ago: Ago });
const Reason = text(400).default("");
const SaleStateName = z.enum(SALE_STATES);
/** Rules BAG1–BAG19 and PRG1–PRG10 in SPEC.md: what is planned, in the bag, on sale, explained; at which price; how many are left. */
export const bag = defineOp({
  name: "bag",
  reads: { session, order, coupon },
  initial: emptyBag,
  events: {
    "bag.planChanged.v1": PlanChange,
    "bag.reordered.v1": Reordered,
    "bag.added.v1": InBagSet,
    "bag.removed.v1": InBagSet,
    /** `added` or `removed` taken back. */
    "bag.inBagRestored.v1": InBagRestored,
    "bag.explained.v1": ExplainedEvent,
    "bag.explainEnded.v1": ExplainEndedEvent,
    "bag.explainRestored.v1": ExplainRestoredEvent,
    "bag.saleOpened.v1": SaleOpened,
    "bag.saleStateSet.v1": SaleStateSet,
    "bag.pricesSet.v1": PricesSet,
    "bag.released.v1": Released,
    "bag.stockSet.v1": StockSet,
    "bag.listingSet.v1": z.object({ productId: Id, from: z.enum(LISTINGS), to: z.enum(LISTINGS), evidence: Evidence }),
    "bag.wrongPriceMarked.v1": WrongPrice,
    "bag.wrongPriceUnmarked.v1": WrongPrice,
    "bag.observed.v1": Observed,
    /** A look that found other counts of stock, and nothing else. */
    "bag.stockSeen.v1": Observed,
  },
  quiet: ["bag.stockSeen.v1"],
  expects: {
    editProduct: SeenPlan,
    explain: z.object({ explained: Id.nullable() }),
    endExplain: z.object({ explained: Id.nullable() }),
    openSale: z.object({ saleState: SaleStateName }),
    setPrice: z.object({ liveFen: FenAmount.nullable() }),
    release: z.object({ pool: z.int() }),
    setStock: z.object({ sellable: z.int().optional(), pool: z.int().optional() }),
  },
  commands: {
    applySheet: {
      by: planners,
      risk: "reversible",
      input: z.object({
        products: SheetInput,
        /** What happens to products that the sheet lacks and with which nothing happened yet. */
        missing: z.enum(["keep", "remove"]).default("keep"),
        /** The sheet's columns (field names of `SheetProduct`, `SheetSku`); other fields stay. Without: every field that is filled. */
        fields: z.array(z.string().max(40)).max(40).optional(),
      }),
      decide: (see, { products, missing, fields }, ctx) =>
        guardedPlanEvent(
          see,
          planSheet(see.own, products, { missing, fields: fields ?? null }, () => ctx.newId()),
        ),
      result: planResult,
    },
    createProduct: {
      by: planners,
      risk: "reversible",
      input: NewProductInput,
      decide: (see, input, ctx) => planEvent(decideCreate(see.own, input, () => ctx.newId())),
      result: planResult,
    },
    editProduct: {
      by: planners,
      risk: "reversible",
      input: EditInput,
      decide: (see, input, ctx, expect) => decideEditProduct(see, input, () => ctx.newId(), expect),
    },
    removeProduct: {
      by: planners,
      risk: "reversible",
      input: z.object({ productId: Id }),
      decide: (see, { productId }) => decideRemoveProduct(see.own, productId),
    },
    reorder: {
      by: planners,
      risk: "reversible",
      input: z.object({ productIds: z.array(Id).max(500) }),
      decide: (see, { productIds }) => decideReorder(see.own, productIds),
    },
    add: {
      by: hands,
      risk: "reversible",
      input: Act,
      decide: (see, { productId, ago }, ctx) => decideAdd(see.own, productId, handEvidence(ctx, ago)),
    },
    remove: {
      by: hands,
      risk: "reversible",
      input: Act,
      decide: (see, { productId, ago }, ctx) => decideRemove(see.own, productId, ago, ctx),
    },
    openSale: {
      by: planners,
      risk: "reversible",
      input: OpenSaleInput,
      decide(see, input, ctx, expect) {
        const current = see.own.products.get(input.productId)?.saleState.value;
        if (expect && current && current !== expect.saleState) return reject("state.changed", { saleState: current });
        return decideOpenSale(see.own, input, runningDiscounts(see.coupon, ctx.now), ctx);
      },
    },
    explain: {
      by: [...hands, "assistant"],
      risk: "reversible",
      input: Act,
      decide(see, { productId, ago }, ctx, expect) {
        const { phase } = see.session;
        if (!isOnAir(phase)) return reject("session.notLive", { phase });
        return staleExplained(see.own, expect) ?? decideExplain(see.own, productId, ago, ctx);
      },
    },
    endExplain: {
      by: [...hands, "assistant"],
      risk: "reversible",
      input: z.object({ ago: Ago }),
      decide: (see, { ago }, ctx, expect) =>
        staleExplained(see.own, expect) ?? decideEndExplain(see.own, ago, ctx, see.session.endedAt),
    },
    /** Without `skuId`: all SKUs of the product. */
    setPrice: {
      by: planners,
      risk: "reversible",
      input: Act.extend({
        skuId: Id.optional(),
        priceFen: FenAmount,
        confirmFen: FenAmount.optional(),
        reason: Reason,
      }),
      decide: (see, input, ctx, expect) =>
        stalePrice(see.own, input, expect) ??
        decideSetPrice(see.own, input, runningDiscounts(see.coupon, ctx.now), ctx),
    },
    /** Without `skuId`: spread over the SKUs in proportion to their pools. */
    release: {
      by: hands,
      risk: "reversible",
      input: Act.extend({ skuId: Id.optional(), units: z.int().min(1).max(1_000_000) }),
      decide: (see, input, ctx, expect) =>
        stalePool(see.own, input, expect) ??
        decideRelease(see.own, input.productId, input, handEvidence(ctx, input.ago)),
    },
    /** Sets a count right: after a look into the shop, or when returned goods go on sale again. */
    setStock: {
      by: planners,
      risk: "reversible",
      input: Act.extend({
        skuId: Id,
        sellable: z.int().min(-1_000_000).max(100_000_000).optional(),
        pool: z.int().min(0).max(100_000_000).optional(),
        reason: Reason,
      }),
      decide: (see, input, ctx, expect) => staleCounts(see.own, input, expect) ?? decideSetStock(see.own, input, ctx),
    },
    soldOut: {
      by: hands,
      risk: "reversible",
      input: Act,
      decide: (see, { productId, ago }, ctx) => turnSale(see.own, productId, "soldOut", handEvidence(ctx, ago)),
    },
    reopen: {
      by: hands,
      risk: "reversible",
      input: Act,
      decide: (see, { productId, ago }, ctx) => turnSale(see.own, productId, "reopen", handEvidence(ctx, ago)),
    },
    /** 店铺下架: it takes the product out of every room that sells it, so it wants a second word. */
    delist: {
      by: planners,
      risk: "compensable",
      input: Act.extend({ confirm: z.boolean().default(false) }),
      decide(see, { productId, ago, confirm }, ctx) {
        if (!confirm) return reject("bag.delistHitsOtherRooms", { productId });
        return setListing(see.own, productId, "delisted", handEvidence(ctx, ago));
      },
    },
    relist: {
      by: planners,
      risk: "compensable",
      input: Act,
      decide: (see, { productId, ago }, ctx) => setListing(see.own, productId, "listed", handEvidence(ctx, ago)),
    },
    /** A price that should not have been live; `GET …/wrong-price-orders` lists who ordered at it. Without `to`: it still is, or ended now. */
    markWrongPrice: {
      by: planners,
      risk: "reversible",
      input: WrongPriceInput,
      decide: (see, input, ctx) => decideMarkWrongPrice(see.own, input, ctx),
      result: (events) => ({ markIds: events.flatMap(({ data }) => WrongPrice.safeParse(data).data?.markId ?? []) }),
    },
    observe: {
      by: ["program", "system"],
      risk: "compensable",
      input: ObserveInput,
      decide: (see, input, ctx) => decideObserve(see.own, input, ctx.by, ctx.now),
    },
  },
  apply: {
    "bag.planChanged.v1": foldPlan,
    "bag.reordered.v1": foldReorder,
    "bag.added.v1": (own, { productId, evidence }) => setInBag(own, productId, { value: true, evidence }),
    "bag.removed.v1": (own, { productId, evidence }) => setInBag(own, productId, { value: false, evidence }),
    "bag.inBagRestored.v1": (own, { productId, to }) => setInBag(own, productId, to),
    "bag.explained.v1": foldExplained,
    "bag.explainEnded.v1": foldExplainEnded,
    "bag.explainRestored.v1": foldExplainRestored,
    "bag.saleOpened.v1": foldSaleOpened,
    "bag.saleStateSet.v1": (own, { productId, to }) =>
      withProduct(own, productId, (product) => ({ ...product, saleState: to })),
    "bag.pricesSet.v1": foldPrices,
    "bag.released.v1": (own, { productId, stock }) => foldRelease(own, productId, stock),
    "bag.stockSet.v1": foldStockSet,
    "bag.listingSet.v1": (own, { productId, to, evidence }) =>
      withProduct(own, productId, (product) => ({ ...product, shopListing: { value: to, evidence } })),
    "bag.wrongPriceMarked.v1": foldMarked,
    "bag.wrongPriceUnmarked.v1": foldUnmarked,
    "bag.observed.v1": foldObserved,
    "bag.stockSeen.v1": foldObserved,
  },
  on: {
    "order.recorded.v1": (own, { postings }) => foldPostings(own, postings),
    "session.ended.v1": (own) => ({ ...own, cutByEnd: own.explained }),
    "session.reopened.v1": (own) => ({ ...own, cutByEnd: null }),
    "session.timesCorrected.v1": (own, { to }) => moveCutRound(own, to.endedAt),
  },
  guards: {
    "coupon.push": (see, input, ctx) => {
      const asked = couponPushAsked(see.coupon, input);
      return (
        asked && guardCouponPush(see.own, runningDiscounts(see.coupon, ctx.now), asked.discount, asked.confirmNetFen)
      );
    },
  },
  undoGuards: {
    "coupon.stateSet.v1": (see, { couponId, from }, ctx) => {
      const discount = see.coupon.coupons.get(couponId)?.discount;
      if (from !== "running" || !discount) return undefined;
      return guardCouponPush(see.own, runningDiscounts(see.coupon, ctx.now), discount, undefined);
    },
  },
  undo: {
    "bag.planChanged.v1": (see, change) => planEvent(undoPlan(see.own, change)),
    "bag.reordered.v1": (see, data) => undoReorder(see.own, data),
    "bag.added.v1": (see, data) => undoInBag(see.own, data, true),
    "bag.removed.v1": (see, data) => undoInBag(see.own, data, false),
    "bag.explained.v1": (see, data) => undoExplained(see.own, data),
    "bag.explainEnded.v1": (see, data) =>
      isOnAir(see.session.phase)
        ? undoExplainEnded(see.own, data)
        : reject("session.notLive", { phase: see.session.phase }),
    "bag.saleOpened.v1": (see, data, _meta, ctx) =>
      undoSaleOpened(see.own, data, runningDiscounts(see.coupon, ctx.now), ctx),
    "bag.saleStateSet.v1": (see, data) => undoSaleState(see.own, data),
    "bag.pricesSet.v1": (see, data, _meta, ctx) =>
      undoPrices(see.own, data, runningDiscounts(see.coupon, ctx.now), ctx),
    "bag.released.v1": (see, data, _meta, ctx) => undoReleased(see.own, data, handEvidence(ctx, 0)),
    "bag.stockSet.v1": (see, data, _meta, ctx) => undoStockSet(see.own, data, handEvidence(ctx, 0)),
    "bag.wrongPriceMarked.v1": (see, mark) => undoMarked(see.own, mark),
  },
  slices: {
    products: {
      kind: "keyed",
      rows: (see) => see.own.products,
      show: { control: controlRow, review: controlRow, host: hostRow, viewer: viewerRow },
    },
    explained: {
      kind: "value",
      show: {
        control: (see) => see.own.explained,
        review: (see) => see.own.explained,
        host: (see) => see.own.explained,
        viewer: (see) => see.own.explained && { productId: see.own.explained.productId },
      },
    },
    wrongPrices: {
      kind: "keyed",
      rows: (see) => see.own.wrongPrices,
      show: { control: (mark: WrongPrice) => mark, review: (mark: WrongPrice) => mark },
    },
  },
});
