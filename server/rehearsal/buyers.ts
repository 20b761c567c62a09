import type { AudienceSample, HeldCode, Scene, ScenePlace, SimulatedViewer, Traffic } from "./audience-shapes.ts";
import type { Chance } from "./chance.ts";

/**
 * What simulated persons buy, and how their orders come in: paid late, cancelled, refunded in parts, reported twice and out of order on purpose,
 * because real sources do all of that.
 */

export type OrderItem = {
  readonly orderId: string;
  readonly sourceUpdatedAt: number;
  readonly status?: "placed" | "paid" | "cancelled";
  readonly placedAt?: number;
  readonly paidAt?: number;
  readonly cancelledAt?: number;
  /** The simulator's key of the person; becomes a person id at the door. */
  readonly personKey: string;
  readonly buyerKind: "new" | "returning";
  readonly lines?: readonly {
    readonly lineId: string;
    readonly productId: string;
    readonly skuId: string;
    readonly units: number;
    readonly paidFen: number;
    readonly discountFen: number;
  }[];
  readonly freightFen?: number;
  readonly couponCodes?: readonly string[];
  readonly refunds?: readonly {
    readonly refundId: string;
    readonly at: number;
    readonly fen: number;
    readonly units: number;
    readonly lineId: string;
  }[];
  readonly traffic: Traffic;
  readonly entry: "room" | "groupLink" | "staffForward" | "productCard";
};

type Buyers = {
  hold(personId: string, held: HeldCode): void;
  /** Exposures and clicks of this step; what is bought is queued. */
  look(scene: Scene, viewers: readonly SimulatedViewer[], minutes: number): AudienceSample["products"];
  /** The reports that have come in by `at`, in the order in which they come. */
  due(at: number): OrderItem[];
};

const PAYS = 0.84;
const REFUNDS = 0.07;
const REPORTED_TWICE = 0.05;

export function createBuyers(chance: Chance, seed: number): Buyers {
  const reports: { readonly at: number; readonly item: OrderItem }[] = [];
  const left = new Map<string, number>();
  const codes = new Map<string, HeldCode>();
  let orders = 0;

  const report = (at: number, item: OrderItem) => {
    reports.push({ at: at + chance.wait(3_000), item });
    if (chance.happens(REPORTED_TWICE)) reports.push({ at: at + chance.wait(60_000), item });
  };

  /** The code of a coupon whose threshold the order reaches; used up. */
  const couponFor = (personId: string, fen: number, scene: Scene) => {
    const held = codes.get(personId);
    const coupon = held && scene.coupons.find(({ couponId }) => couponId === held.couponId);
    if (!held || !coupon || coupon.offFen <= 0 || fen < coupon.thresholdFen) return undefined;
    codes.delete(personId);
    return { code: held.code, offFen: coupon.offFen };
  };

  const buy = (scene: Scene, place: ScenePlace, viewer: SimulatedViewer) => {
    const skus = place.skus.filter((sku) => (left.get(sku.platformId) ?? sku.sellable) > 0);
    if (skus.length === 0) return;
    const sku = chance.pick(skus);
    orders += 1;
    const units = chance.happens(0.12) ? 2 : 1;
    left.set(sku.platformId, (left.get(sku.platformId) ?? sku.sellable) - units);
    const placedAt = Math.round(scene.at - chance.next() * 4_000);
    const used = couponFor(viewer.personId, sku.liveFen * units, scene);
    const line = {
      lineId: "1",
      productId: place.platformId,
      skuId: sku.platformId,
      units,
      ...priced(sku.liveFen * units, used?.offFen ?? 0),
    };
    const order = {
      orderId: `sim-${seed}-${orders}`,
      personKey: viewer.personKey,
      buyerKind: chance.happens(0.4) ? "new" : "returning",
      lines: [line],
      freightFen: 0,
      ...(used ? { couponCodes: [used.code] } : {}),
      traffic: viewer.traffic,
      entry: viewer.via !== null || (viewer.traffic === "private" && chance.happens(0.5)) ? "groupLink" : "room",
      placedAt,
    } as const;
    report(placedAt, { ...order, status: "placed", sourceUpdatedAt: placedAt });
    if (!chance.happens(PAYS)) {
      const cancelledAt = placedAt + 15 * 60_000;
      report(cancelledAt, { ...order, status: "cancelled", cancelledAt, sourceUpdatedAt: cancelledAt });
      return;
    }
    const paidAt = Math.round(placedAt + chance.wait(45_000));
    report(paidAt, { ...order, status: "paid", paidAt, sourceUpdatedAt: paidAt });
    if (!chance.happens(REFUNDS)) return;
    const at = Math.round(paidAt + chance.wait(20 * 60_000));
    const whole = chance.happens(0.6);
    report(at, {
      ...order,
      status: "paid",
      paidAt,
      sourceUpdatedAt: at,
      refunds: [
        {
          refundId: `${order.orderId}-r1`,
          at,
          fen: whole ? line.paidFen : Math.round(line.paidFen / 2),
          units: whole ? units : 0,
          lineId: "1",
        },
      ],
    });
  };

  return {
    hold: (personId, held) => void codes.set(personId, held),
    look(scene, viewers, minutes) {
      left.clear();
      const places = scene.explained
        ? [scene.explained, ...scene.onSale.filter(({ platformId }) => platformId !== scene.explained?.platformId)]
        : scene.onSale;
      return places.slice(0, 12).map((place, rank) => {
        const first = rank === 0 && scene.explained !== null;
        const exposures = chance.count(viewers.length * (first ? 1.4 : 0.12) * minutes);
        const clicks = Math.min(exposures, chance.count(exposures * (first ? 0.22 : 0.08)));
        const bought = Math.min(clicks, chance.count(clicks * willing(place, scene) * (first ? 1 : 0.35)));
        for (let n = 0; n < bought && viewers.length > 0; n += 1) buy(scene, place, chance.pick(viewers));
        return { productId: place.platformId, exposures, clicks };
      });
    },
    due(at) {
      const now = reports.filter((entry) => entry.at <= at);
      for (const entry of now) reports.splice(reports.indexOf(entry), 1);
      // Sources do not keep order within a poll.
      return chance.shuffle(now.map(({ item }) => item));
    },
  };
}

const priced = (fen: number, offFen: number) => ({
  paidFen: Math.max(0, fen - offFen),
  discountFen: Math.min(fen, offFen),
});

/** Share of clicks that become orders: a real discount sells, and a running coupon helps. */
function willing(place: ScenePlace, scene: Scene): number {
  const sku = place.skus[0];
  if (!sku || sku.usualFen <= 0) return 0.05;
  const off = Math.min(0.7, Math.max(0, 1 - sku.liveFen / sku.usualFen));
  return (0.05 + 0.25 * off) * (scene.coupons.length > 0 ? 1.35 : 1);
}
