import { z } from "zod";
import { Totals, totalsOf } from "../metrics/totals.ts";
import { defineOp, reject, type Grant } from "../op.ts";
import { same } from "../same.ts";
import { text, type Instant } from "../units.ts";
import { figures } from "./figures.ts";
import { session } from "./session.ts";

/** A show whose figures somebody held against the shop's own and found right. */
export type Settlement = {
  /** Of the event: what came later has a higher one. */
  readonly seq: number;
  readonly by: string;
  readonly at: Instant;
  readonly note: string;
  readonly totals: Totals;
};

export type SettlementState = { readonly settled: Settlement | null };

const Settled = z.object({ totals: Totals, note: text(200) });

/** Who answers for the room; a desk that counts its own money is no check. */
const by: readonly Grant[] = ["owner", "manager"];

/**
 * Rules SET1–SET4 in SPEC.md: 对账. It changes no figure: it notes what they were, so that later changes show. Taken back by `withdraw` and not
 * by the tape's undo, which the desk may use too.
 */
export const settlement = defineOp({
  name: "settlement",
  reads: { session, figures },
  initial: (): SettlementState => ({ settled: null }),
  events: {
    "settlement.settled.v1": Settled,
    "settlement.withdrawn.v1": Settled,
  },
  expects: { settle: z.object({ paidFen: z.int(), refundedFen: z.int() }) },
  commands: {
    /** Also anew, after later changes were looked at. */
    settle: {
      by,
      risk: "compensable",
      input: z.object({ note: text(200).default("") }),
      decide(see, { note }, _ctx, expect) {
        if (see.session.endedAt === null) return reject("settlement.notEnded", { phase: see.session.phase });
        const { total, ordersAt } = see.figures.show;
        if (ordersAt === null) return reject("settlement.noOrders");
        const totals = totalsOf(total);
        const now = { paidFen: totals.paid.fen, refundedFen: totals.refunded.fen };
        if (expect && !same(expect, now)) return reject("state.changed", now);
        const before = see.own.settled;
        if (before && same(before.totals, totals) && before.note === note) return [];
        return [{ type: "settlement.settled.v1", data: { totals, note } }];
      },
    },
    withdraw: {
      by,
      risk: "compensable",
      input: z.object({}),
      decide({ own: { settled } }) {
        if (!settled) return reject("settlement.none");
        return [{ type: "settlement.withdrawn.v1", data: { totals: settled.totals, note: settled.note } }];
      },
    },
  },
  apply: {
    "settlement.settled.v1": (_own, { totals, note }, { seq, by: who, at }) => ({
      settled: { seq, by: who, at, note, totals },
    }),
    "settlement.withdrawn.v1": () => ({ settled: null }),
  },
  slices: {
    settlement: { kind: "value", show: { control: (see) => see.own.settled, review: (see) => see.own.settled } },
  },
});
