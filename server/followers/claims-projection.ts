import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { reportClaims } from "#db/schema/reports.ts";
import { couponOfCode, type CouponState } from "#domain/coupon/state.ts";
import type { StoredEvent } from "#domain/event.ts";
import { orderOf, type OrderState } from "#domain/ops/order.ts";
import { coupon } from "#domain/ops/coupon.ts";
import type { ShowState } from "#domain/engine.ts";
import { inChunks, type Projection } from "./projection.ts";

/** Claims of own coupons. Who claimed when is told by the event; whether the code was used or voided, by the state. */
export const claimsProjection: Projection = {
  name: "claims",
  async write(tx, { sessionId, state, events }) {
    const claimed = events.flatMap((event) => (event.type === "coupon.claimed.v1" ? [newRow(event)] : []));
    // One parameter for many: thousands a second are claimed, and to bind each value of each row takes longer than to store them.
    await inChunks(claimed, (chunk) =>
      tx.execute(sql`
        insert into report_claims (session_id, claim_id, coupon_id, person_id, code, state, claimed_at)
        select ${sessionId}::text, n.*
        from jsonb_to_recordset(${JSON.stringify(chunk)}::text::jsonb)
          as n(claim_id text, coupon_id text, person_id text, code text, state text, claimed_at bigint)
        on conflict do nothing`),
    );
    const changed = usesIn(events, state);
    await inChunks(changed, (chunk) =>
      tx.execute(sql`
        update report_claims c set state = u.state,
          redeemed_at = case when u.state = 'used' then coalesce(u.redeemed_at, c.redeemed_at) end
        from jsonb_to_recordset(${JSON.stringify(chunk)}::text::jsonb) as u(claim_id text, state text, redeemed_at bigint)
        where c.session_id = ${sessionId} and c.claim_id = u.claim_id`),
    );
  },
  clear: (tx, sessionId) =>
    tx
      .delete(reportClaims)
      .where(eq(reportClaims.sessionId, sessionId))
      .then(() => undefined),
};

const Claimed = coupon.events["coupon.claimed.v1"];
const Coded = z.object({ code: z.string() });
const Codes = z.object({ couponsUsed: z.array(z.string()), couponsReleased: z.array(z.string()) });

const claimIdOf = (couponId: string, n: number) => `${couponId}#${String(n).padStart(7, "0")}`;

type Claim = Readonly<Record<"claim_id" | "coupon_id" | "person_id" | "code" | "state", string>> & {
  readonly claimed_at: number;
};

function newRow({ at, data }: StoredEvent): Claim {
  const { couponId, personId, n, code } = Claimed.parse(data);
  const claim_id = claimIdOf(couponId, n);
  return { claim_id, coupon_id: couponId, person_id: personId, code, state: "claimed", claimed_at: at };
}

type Use = { readonly claim_id: string; readonly state: string; readonly redeemed_at: number | null };

/** Every code that the events say something of, as it stands now; `redeemed_at` null: as it was. */
function usesIn(events: readonly StoredEvent[], { slices }: ShowState): Use[] {
  const own = slices["coupon"] as CouponState;
  const orders = slices["order"] as OrderState;
  const atCounter = new Map<string, number>();
  const typed = new Set<string>();
  for (const { type, at, data } of events) {
    for (const code of codesIn(type, data)) typed.add(code);
    if (type === "coupon.redeemed.v1") atCounter.set(Coded.parse(data).code, at);
  }
  const uses = new Map<string, Use>();
  for (const one of typed) {
    const found = couponOfCode(own, one);
    if (!found) continue;
    const { coupon: plan, n, code } = found;
    const where = own.uses.get(code) ?? [];
    const ordered = where.flatMap((orderId) => orderOf(orders, orderId)?.placedAt ?? []);
    const state = own.voided.has(code) ? "voided" : where.length > 0 ? "used" : "claimed";
    const claim_id = claimIdOf(plan.couponId, n);
    uses.set(claim_id, { claim_id, state, redeemed_at: atCounter.get(code) ?? ordered[0] ?? null });
  }
  return [...uses.values()];
}

function codesIn(type: string, data: unknown): readonly string[] {
  switch (type) {
    case "coupon.redeemed.v1":
    case "coupon.redeemTakenBack.v1":
    case "coupon.claimVoided.v1":
      return [Coded.parse(data).code];
    case "order.recorded.v1": {
      const { couponsUsed, couponsReleased } = Codes.parse(data);
      return [...couponsUsed, ...couponsReleased];
    }
    default:
      return [];
  }
}
