import { createChance, type Chance } from "./chance.ts";
import type { AudienceSample, HeldCode, Scene, SimulatedViewer } from "./audience-shapes.ts";
import { createBuyers, type OrderItem } from "./buyers.ts";

/**
 * A simulated audience: who comes, stays, clicks, claims, enters, asks and buys. Pure: it is told what the show looks like (`Scene`) and says
 * what its persons do (`Doings`); the runner carries that out through the public API. Its answer to the operator: a price under the usual one
 * sells, a pushed coupon is claimed and raises sales, an open lottery holds people, an empty shelf sells nothing, an interruption drives them off.
 */

export type Doings = {
  /** `via`: code of the push that brought the person; null: they came by themselves. */
  readonly claims: readonly { readonly personId: string; readonly couponId: string; readonly via: string | null }[];
  readonly entries: readonly { readonly personId: string; readonly lotteryId: string; readonly via: string | null }[];
  readonly comments: readonly {
    readonly commentId: string;
    readonly personKey: string;
    readonly at: number;
    readonly text: string;
  }[];
  readonly orders: readonly OrderItem[];
  readonly sample: AudienceSample;
};

/** How many persons are in the room at the height of a show of normal size. */
const CROWD = 600;
const MEAN_DWELL_MS = 260_000;
const SIGNED_UP_DWELL_MS = 3 * MEAN_DWELL_MS;

const QUESTIONS = [
  "160 穿什么码",
  "什么时候发货",
  "还有黑色吗",
  "起球吗",
  "质量怎么样",
  "券在哪里领",
  "几号链接",
  "偏大还是偏小",
  "可以退换吗",
  "再讲一遍面料",
];
const CHEERS = ["来了来了", "主播好", "已拍", "好看", "冲", "等这个好久了"];

export type AudienceModel = {
  step(scene: Scene, stepMs: number): Doings;
  /** The person got this code, and uses it with an order that it fits. */
  hold(personId: string, held: HeldCode): void;
  /** Somebody opened the link of a push: they are in the room from the next step on. Answers who they are. */
  comeBy(via: string, at: number): string;
  /** Somebody who had signed up is in the room from the next step on, longer than others. */
  comeAs(known: Pick<SimulatedViewer, "personId" | "personKey">, at: number): void;
};

export function createAudience(seed: number): AudienceModel {
  const chance = createChance(seed);
  const room = new Map<string, SimulatedViewer>();
  const claimed = new Set<string>();
  const entered = new Set<string>();
  const buyers = createBuyers(chance, seed);
  let persons = 0;
  let samples = 0;
  let remarks = 0;
  /** By links of pushes, or because they had signed up, since the last step. */
  let broughtIn = 0;

  const arrive = (at: number, dwellMs: number, who: Partial<SimulatedViewer> = {}): SimulatedViewer => {
    persons += 1;
    const { via = null, personId = `person:sim-${seed}-${persons}` } = who;
    const isPrivate = via !== null || who.personId !== undefined || chance.happens(0.55);
    const viewer: SimulatedViewer = {
      personId,
      personKey: who.personKey ?? personId,
      traffic: isPrivate ? "private" : "public",
      via,
      leavesAt: at + chance.wait(dwellMs),
    };
    room.set(viewer.personId, viewer);
    return viewer;
  };

  return {
    hold: (personId, held) => buyers.hold(personId, held),
    comeBy(via, at) {
      broughtIn += 1;
      return arrive(at, MEAN_DWELL_MS, { via }).personId;
    },
    comeAs(known, at) {
      broughtIn += 1;
      arrive(at, SIGNED_UP_DWELL_MS, known);
    },
    step(scene, stepMs) {
      const minutes = stepMs / 60_000;
      let left = 0;
      for (const viewer of room.values()) {
        if (viewer.leavesAt > scene.at && !(scene.interrupted && chance.happens(0.12 * minutes * 4))) continue;
        room.delete(viewer.personId);
        left += 1;
      }
      const holding = scene.lotteries.length > 0 ? 1.6 : 1;
      const byThemselves = chance.count(arrivalsAMinute(scene) * minutes);
      for (let n = 0; n < byThemselves; n += 1) arrive(scene.at, MEAN_DWELL_MS * holding);
      const arrivals = byThemselves + broughtIn;
      broughtIn = 0;

      const claims: { personId: string; couponId: string; via: string | null }[] = [];
      const entries: { personId: string; lotteryId: string; via: string | null }[] = [];
      for (const { personId, via } of room.values()) {
        for (const { couponId, left: codesLeft } of scene.coupons) {
          if (codesLeft <= 0 || claimed.has(`${couponId} ${personId}`) || !chance.happens(0.35 * minutes)) continue;
          claimed.add(`${couponId} ${personId}`);
          claims.push({ personId, couponId, via });
        }
        for (const { lotteryId } of scene.lotteries) {
          if (entered.has(`${lotteryId} ${personId}`) || !chance.happens(0.5 * minutes)) continue;
          entered.add(`${lotteryId} ${personId}`);
          entries.push({ personId, lotteryId, via });
        }
      }

      const viewers = [...room.values()];
      const looks = scene.live && !scene.interrupted ? buyers.look(scene, viewers, minutes) : [];
      const comments = remarksOf({ viewers, scene, minutes, chance }, () => `sim-${seed}-${(remarks += 1)}`);
      samples += 1;
      return {
        claims,
        entries,
        comments,
        orders: buyers.due(scene.at),
        sample: {
          source: "simulator",
          sampleId: `sim-${seed}-${samples}`,
          at: scene.at,
          online: room.size,
          viewers: persons,
          views: arrivals,
          entered: arrivals,
          left,
          likes: chance.count(room.size * 0.8 * minutes),
          shares: chance.count(room.size * 0.02 * minutes),
          follows: chance.count(arrivals * 0.06),
          comments: comments.length,
          products: looks,
        },
      };
    },
  };
}

/** Waves: people come at the start, thin out, and come again; before the start only the faithful wait. */
function arrivalsAMinute(scene: Scene): number {
  if (scene.startedAt === null) return CROWD * 0.02;
  if (scene.interrupted) return 2;
  if (!scene.live) return 0;
  const minute = (scene.at - scene.startedAt) / 60_000;
  const opening = 1.6 * Math.exp(-minute / 6);
  const wave = 0.25 * (1 + Math.sin(minute / 7));
  return (CROWD / (MEAN_DWELL_MS / 60_000)) * (0.55 + opening + wave);
}

type Room = {
  readonly viewers: readonly SimulatedViewer[];
  readonly scene: Scene;
  readonly minutes: number;
  readonly chance: Chance;
};

function remarksOf({ viewers, scene, minutes, chance }: Room, newId: () => string): Doings["comments"] {
  if (viewers.length === 0 || !scene.live) return [];
  const count = chance.count(viewers.length * 0.05 * minutes);
  return Array.from({ length: count }, () => ({
    commentId: newId(),
    personKey: chance.pick(viewers).personKey,
    at: scene.at,
    text: chance.happens(0.6) ? chance.pick(QUESTIONS) : chance.pick(CHEERS),
  }));
}
