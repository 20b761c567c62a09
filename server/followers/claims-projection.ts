import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { arrayText } from "#db/array-text.ts";
import { reportClaims } from "#db/schema/reports.ts";
import { couponOfCode } from "#domain/coupon/state.ts";
import type { StoredEvent } from "#domain/event.ts";
import { orderOf } from "#domain/ops/order.ts";
import { coupon } from "#domain/ops/coupon.ts";
import type { ShowState } from "#domain/engine.ts";
import { sliceOf } from "#domain/slice-of.ts";
import { inChunks, type Projection, type Transaction } from "./projection.ts";

/** Claims of own coupons. Who claimed when is told by the event; whether the code was used or voided, by the state. */
export const claimsProjection: Projection = {
  name: "claims",
  async write(tx, { sessionId, state, events }) {
    const claimed = events.flatMap((event) => (event.type === "coupon.claimed.v1" ? [newRow(event)] : []));
    for (const rows of Map.groupBy(claimed, ({ coupon_id }) => coupon_id).values()) {
      await inChunks(rows, (chunk) => addClaims(tx, sessionId, chunk), CLAIMS_A_STATEMENT);
    }
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

/** All of a stretch, mostly: they come in few parameters, and each statement is planned anew. */
const CLAIMS_A_STATEMENT = 5_000;

const claimIdOf = (couponId: string, n: number) => `${couponId}#${String(n).padStart(7, "0")}`;

type Claim = Readonly<Record<"claim_id" | "coupon_id" | "person_id" | "code", string>> & {
  readonly claimed_at: number;
};

function newRow({ at, data }: StoredEvent): Claim {
  const { couponId, personId, n, code } = Claimed.parse(data);
  return { claim_id: claimIdOf(couponId, n), coupon_id: couponId, person_id: personId, code, claimed_at: at };
}

/**
 * Claims of one coupon, in the order of their numbers. A parameter for each column of many rows: thousands a second are claimed, and to bind each value of
 * each row takes longer than to store them, to read them as JSON half as long again. A stretch is written once as a rule; only when some of it stands
 * there already is each row asked for, which costs as much as storing it.
 */
async function addClaims(tx: Transaction, sessionId: string, claims: readonly Claim[]): Promise<void> {
  const column = (name: keyof Claim) => sql`${arrayText(claims.map((claim) => claim[name]))}::text`;
  const [first, last] = [claims[0]?.claim_id ?? "", claims.at(-1)?.claim_id ?? ""];
  const standing = await tx.execute(sql`
    select 1 from report_claims
    where session_id = ${sessionId}::text and claim_id between ${first}::text and ${last}::text limit 1`);
  await tx.execute(sql`
    insert into report_claims (session_id, state, claim_id, coupon_id, person_id, code, claimed_at)
    select ${sessionId}::text, 'claimed', n.* from unnest(
      ${column("claim_id")}::text[], ${column("coupon_id")}::text[], ${column("person_id")}::text[],
      ${column("code")}::text[], ${column("claimed_at")}::bigint[]) as n
    ${standing.length > 0 ? sql`on conflict do nothing` : sql``}`);
}

type Use = { readonly claim_id: string; readonly state: string; readonly redeemed_at: number | null };

/** Every code that the events say something of, as it stands now; `redeemed_at` null: as it was. */
function usesIn(events: readonly StoredEvent[], state: ShowState): Use[] {
  const own = sliceOf(state, "coupon");
  const orders = sliceOf(state, "order");
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
