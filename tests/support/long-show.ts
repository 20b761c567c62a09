import type { NewRow } from "#db/event-store-contract.ts";
import type { ShowState } from "#domain/engine.ts";
import { engine } from "#domain/ops/index.ts";
import { instant } from "#domain/units.ts";

/**
 * A long show made by the rules themselves, without a writer: claims and orders of many persons, as a big evening leaves them in the log.
 * The fold goes on in memory, so rows can be had in any number of steps.
 */
export type LongShow = { readonly state: ShowState; rows(count: number): NewRow[] };

const START = 1_800_000_000_000;
const DISCOUNT = { kind: "moneyOff", thresholdFen: 10_000, offFen: 1_000, productIds: null };

export function createLongShow(sessionId: string): LongShow {
  const state = engine.initial();
  let sent = 0;
  const run = (by: string, type: string, input: unknown): { rows: NewRow[]; result: unknown } => {
    sent += 1;
    const id = `c${sent}`;
    const checked = engine.parse({ id, type, input });
    if (!("parsed" in checked)) throw new Error(`${type}: ${JSON.stringify(checked.issues)}`);
    const now = instant(START + sent * 14);
    const { answer, events } = engine.execute(state, checked.parsed, {
      now,
      realNow: now,
      by,
      commandId: id,
      newId: () => `id${sent}`,
      randomBytes: (count) => new Uint8Array(count).fill(sent % 251),
      seal: () => "",
      open: () => new Uint8Array(),
    });
    if (answer.status !== "ok") throw new Error(`${type}: ${JSON.stringify(answer)}`);
    const rows = events.map((event) => ({ ...event, commandHash: "0", json: JSON.stringify(event.data) }));
    return { rows, result: answer.result };
  };

  const opening = open(sessionId, run);
  const pending: NewRow[] = opening.rows;
  let person = 0;
  return {
    state,
    rows(count) {
      while (pending.length < count) {
        person += 1;
        pending.push(...run(`person:p${person}`, "coupon.claim", { couponId: opening.couponId }).rows);
        if (person % 4 !== 0) continue;
        // Every fourth buys; the shop tells of an order when it is placed and when it is paid.
        for (const paid of [false, true]) {
          pending.push(...run("program:shop", "order.record", orderOf(person, paid)).rows);
        }
      }
      return pending.splice(0, count);
    },
  };
}

function open(
  sessionId: string,
  run: (by: string, type: string, input: unknown) => { rows: NewRow[]; result: unknown },
): { rows: NewRow[]; couponId: string } {
  const rows: NewRow[] = [];
  const staff = (type: string, input: unknown): unknown => {
    const done = run("staff:op", type, input);
    rows.push(...done.rows);
    return done.result;
  };
  staff("session.create", {
    sessionId,
    roomId: "room-1",
    title: "示例场次",
    plannedStartAt: START,
    plannedEndAt: START + 14_400_000,
    rehearsal: true,
  });
  const plan = { carrier: "own", title: "满 100 减 10", discount: DISCOUNT, total: 5_000_000 };
  const { couponId } = staff("coupon.plan", plan) as { couponId: string };
  staff("coupon.push", { couponId });
  return { rows, couponId };
}

function orderOf(person: number, paid: boolean): unknown {
  const at = START + person * 20 + (paid ? 30_000 : 0);
  const line = { lineId: "1", productId: `product-${person % 500}`, skuId: `sku-${person % 2_000}`, units: 1 };
  return {
    orderId: `order-${person}`,
    sourceUpdatedAt: at,
    status: paid ? "paid" : "placed",
    placedAt: START + person * 20,
    ...(paid ? { paidAt: at } : {}),
    personId: `p${person}`,
    lines: [{ ...line, paidFen: 9_900 }],
    traffic: person % 3 === 0 ? "private" : "public",
  };
}
