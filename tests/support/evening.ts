import type { NewRow } from "#db/event-store-contract.ts";
import type { ShowState } from "#domain/engine.ts";
import { engine, type CommandInput, type CommandType } from "#domain/ops/index.ts";
import { instant } from "#domain/units.ts";

/**
 * A whole evening by the rules themselves, without a writer: a bag of products explained in turn, coupons and draws, an interruption,
 * orders, samples and comments, and a hand that marks and prices. For reviews of shows as long as real ones. Sample data.
 */
export type EveningOptions = {
  /** The show as it stands: created, nothing else. Folded on in place. */
  readonly state: ShowState;
  readonly startAt: number;
  readonly lengthMs: number;
  /** About how many events; most of them orders and comments. */
  readonly events: number;
};

const PRODUCTS = 60;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Rows in the order of the log, a minute of the show each. */
export function* eveningRows({ state, startAt, lengthMs, events }: EveningOptions): Generator<NewRow[]> {
  const hand = createHand(state);
  yield hand.at(Math.max(state.at, startAt - 10 * MINUTE_MS), prepare);
  const productIds = [...productsOf(state).keys()];
  const minutes = Math.floor(lengthMs / MINUTE_MS);
  const aMinute = Math.max(1, Math.round(events / minutes));
  const offers = { couponIds: idsIn(state, "coupon", "coupons"), lotteryIds: idsIn(state, "lottery", "lotteries") };
  yield hand.at(startAt, (send) => send("session.start", { reason: "示例" }));
  for (let minute = 0; minute < minutes; minute += 1) {
    yield hand.at(startAt + minute * MINUTE_MS, (send, clock) => {
      actsOf(minute, { productIds, ...offers }, send);
      for (let second = 0; second < 60; second += 1) {
        const at = startAt + minute * MINUTE_MS + second * SECOND_MS;
        clock(at);
        crowd(minute * 60 + second, { count: Math.ceil(aMinute / 60), at }, send);
      }
    });
  }
  yield hand.at(startAt + lengthMs, (send) => send("session.end", { note: "示例" }));
}

type Send = <T extends CommandType>(type: T, input: CommandInput<T>, by?: string) => void;

function createHand(state: ShowState) {
  let sent = 0;
  let now = 0;
  let rows: NewRow[] = [];
  const send: Send = (type, input, by = "staff:op") => {
    sent += 1;
    const id = `evening-${sent}`;
    const checked = engine.parse({ id, type, input });
    if (!("parsed" in checked)) throw new Error(`${type}: ${JSON.stringify(checked.issues)}`);
    const { answer, events } = engine.execute(state, checked.parsed, {
      now: instant(now),
      realNow: instant(now),
      by,
      commandId: id,
      newId: () => `e${sent}x${state.seq}x${(drawn += 1)}`,
      randomBytes: (count) => new Uint8Array(count).fill(sent % 251),
      seal: () => "sealed",
      open: () => new Uint8Array(32),
    });
    if (answer.status !== "ok") throw new Error(`${type}: ${JSON.stringify(answer)}`);
    for (const event of events) rows.push({ ...event, commandHash: "0", json: JSON.stringify(event.data) });
  };
  let drawn = 0;
  return {
    at(at: number, work: (send: Send, clock: (at: number) => void) => void): NewRow[] {
      rows = [];
      now = at;
      work(send, (next) => (now = Math.max(now, next)));
      return rows;
    },
  };
}

function prepare(send: Send): void {
  send("session.warmUp", {});
  send("bag.applySheet", {
    products: Array.from({ length: PRODUCTS }, (_, index) => ({
      linkNo: index + 1,
      platformId: `P${index + 1}`,
      name: `示例商品 ${index + 1} 号`,
      role: index % 3 === 0 ? "主推款" : "福利款",
      skus: ["S", "M", "L"].map((size) => ({
        platformId: `K${index + 1}-${size}`,
        name: size,
        liveFen: 9_900 + index * 1_000,
        usualFen: 19_900 + index * 1_000,
        sellable: 5_000,
        pool: 1_000,
      })),
    })),
  });
  for (const off of [1_000, 3_000, 5_000]) {
    const discount = { kind: "moneyOff", thresholdFen: off * 6, offFen: off, productIds: null } as const;
    send("coupon.plan", { carrier: "shop", title: `满 ${(off * 6) / 100} 减 ${off / 100}`, discount, total: 5_000 });
  }
  for (const title of ["围巾三份", "保温杯十份"]) {
    const prizes = [{ name: title, count: 3, valueFen: 9_900 }];
    send("lottery.plan", { carrier: "platformBag", title: `福袋 · ${title}`, prizes, durationMs: 300_000 });
  }
}

type Offers = {
  readonly productIds: readonly string[];
  readonly couponIds: readonly string[];
  readonly lotteryIds: readonly string[];
};

function actsOf(minute: number, { productIds, couponIds, lotteryIds }: Offers, send: Send): void {
  const productId = productIds[Math.floor(minute / 4) % productIds.length] ?? "";
  if (minute === 121) send("session.resume", {});
  if (minute === 118) send("session.interrupt", {});
  if (minute >= 118 && minute < 121) return;
  if (minute % 4 === 0) {
    send("bag.explain", { productId });
    if (minute < productIds.length * 4) send("bag.openSale", { productId });
  }
  if (minute % 9 === 5)
    send("marker.add", { kind: minute % 2 === 0 ? "problem" : "highlight", text: `示例打点 ${minute}` });
  const coupon = couponIds[minute / 50 - 0.5];
  if (coupon) send("coupon.push", { couponId: coupon });
  const lottery = lotteryIds[minute / 90 - 0.5];
  if (lottery) send("lottery.open", { lotteryId: lottery });
}

/** One second of the audience: a source that counts, people who talk, people who buy. */
function crowd(second: number, { count, at }: { count: number; at: number }, send: Send): void {
  const swing = 1 + Math.sin(second / 700) / 2;
  if (second % 15 === 0) {
    const online = Math.round(6_000 * swing + (second % 97) * 10);
    const counted = { entered: Math.round(60 * swing), clicks: Math.round(40 * swing) };
    send(
      "audience.sample",
      { source: "dashboard", sampleId: `s${second}`, online, viewers: second * 9, ...counted },
      "program:board",
    );
  }
  const buyers = Math.max(1, Math.round((count / 4) * swing));
  for (let index = 0; index < buyers; index += 1)
    order(`${second}-${index}`, { seed: second * 31 + index * 7, at }, send);
  const talk = Math.max(0, Math.round((count / 2) * swing));
  const items = Array.from({ length: talk }, (_, index) => ({ commentId: `c${second}-${index}`, at: instant(at) }));
  if (items.length > 0) send("comment.noteMany", { items }, "program:board");
}

function order(orderId: string, { seed, at }: { seed: number; at: number }, send: Send): void {
  const product = 1 + (seed % PRODUCTS);
  for (const status of ["placed", "paid"] as const) {
    const line = { lineId: "1", productId: `P${product}`, skuId: `K${product}-${"SML"[seed % 3]}`, units: 1 };
    send(
      "order.record",
      {
        orderId,
        sourceUpdatedAt: instant(at + (status === "placed" ? 0 : 1)),
        placedAt: instant(at),
        ...(status === "paid" ? { paidAt: instant(at) } : {}),
        status,
        personId: `p${seed % 20_000}`,
        lines: [{ ...line, paidFen: 8_900 + product * 1_000 }],
        traffic: seed % 5 < 3 ? "private" : "public",
      },
      "program:shop",
    );
  }
}

type Rows = { readonly keys: () => IterableIterator<string> };
const productsOf = (state: ShowState): Rows => Object(state.slices["bag"]).products;
const idsIn = (state: ShowState, op: string, map: string): string[] => [
  ...(Object(state.slices[op])[map] as Rows).keys(),
];
