/** What the simulated audience is told of the show, and what it is made of. Money in fen, times in ms UTC. */

export type ScenePlace = {
  readonly platformId: string;
  readonly skus: readonly {
    readonly platformId: string;
    readonly liveFen: number;
    readonly usualFen: number;
    readonly sellable: number;
  }[];
};
export type SceneCoupon = {
  readonly couponId: string;
  readonly left: number;
  /** 满减: what it takes off an order of at least `thresholdFen`. */
  readonly thresholdFen: number;
  readonly offFen: number;
};
export type HeldCode = { readonly couponId: string; readonly code: string };
export type Scene = {
  readonly at: number;
  readonly live: boolean;
  readonly interrupted: boolean;
  readonly startedAt: number | null;
  readonly plannedEndAt: number;
  /** What can be bought now, the explained one first. */
  readonly explained: ScenePlace | null;
  readonly onSale: readonly ScenePlace[];
  readonly coupons: readonly SceneCoupon[];
  readonly lotteries: readonly { readonly lotteryId: string; readonly closesAt: number }[];
};

export type AudienceSample = {
  readonly source: "simulator";
  readonly sampleId: string;
  readonly at: number;
  readonly online: number;
  /** 场观: distinct persons so far. */
  readonly viewers: number;
  readonly views: number;
  readonly entered: number;
  readonly left: number;
  readonly likes: number;
  readonly shares: number;
  readonly follows: number;
  readonly comments: number;
  readonly products: readonly { readonly productId: string; readonly exposures: number; readonly clicks: number }[];
};

export type Traffic = "private" | "public";
export type SimulatedViewer = {
  readonly personId: string;
  /** As their orders and comments are reported. */
  readonly personKey: string;
  readonly traffic: Traffic;
  readonly via: string | null;
  leavesAt: number;
};
