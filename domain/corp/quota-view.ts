import { z } from "zod";
import type { Snapshot } from "../wire.ts";
import { QUOTA_RULES, SEND_SOURCES, type Account, type QuotaPlan, type QuotaState } from "./quota-state.ts";
import { dayNumber } from "../shanghai-day.ts";

/** What the account's own slices show, as state again: for whoever foresees without being the node that writes the corp's stream. */

const Days = z.record(z.string(), z.int());
const AccountRow = z.object({
  /** Sends by day number and where that is known from. */
  used: z.partialRecord(z.enum(SEND_SOURCES), Days),
  reserved: z.array(z.object({ pushId: z.string(), day: z.int() })),
  readFrom: z.int().nullable(),
  readTo: z.int().nullable(),
});
export type AccountRow = z.infer<typeof AccountRow>;

export const PlanRow = z.object({
  pushId: z.string(),
  sessionId: z.string(),
  day: z.string(),
  reserved: z.int(),
  over: z.array(z.string()),
});

export function accountRow({ sends, reserved, readFrom, readTo }: Account): AccountRow {
  const used: Partial<Record<(typeof SEND_SOURCES)[number], Record<string, number>>> = {};
  for (const { day, source } of sends) {
    const days = (used[source] ??= {});
    days[day] = (days[day] ?? 0) + 1;
  }
  return { used, reserved: [...reserved], readFrom, readTo };
}

/** Of a snapshot of the corp's stream for `control`. Sends have no ids of their own there, so it is good for counting only. */
export function quotaOf({ slices }: Snapshot): QuotaState {
  const rows = (name: string) => {
    const slice = slices[name];
    return slice?.kind === "keyed" ? slice.rows : [];
  };
  const value = slices["quota"]?.kind === "value" ? slices["quota"].value : null;
  const { rule } = z.object({ rule: z.enum(QUOTA_RULES) }).parse(value);
  const accounts = new Map(rows("quotaAccounts").map(([id, row]) => [id, accountOfRow(AccountRow.parse(row))]));
  const targets = new Map<string, string[]>();
  for (const [id, { reserved }] of accounts) {
    for (const { pushId } of reserved) {
      const own = targets.get(pushId);
      if (own) own.push(id);
      else targets.set(pushId, [id]);
    }
  }
  const plans = rows("quotaPlans").map(([pushId, row]): [string, QuotaPlan] => {
    const { sessionId, day, over } = PlanRow.parse(row);
    return [pushId, { pushId, sessionId, day: dayNumber(day), targetIds: targets.get(pushId) ?? [], over }];
  });
  return { rule, accounts, plans: new Map(plans) };
}

function accountOfRow({ used, ...row }: AccountRow): Account {
  const sends = SEND_SOURCES.flatMap((source) =>
    Object.entries(used[source] ?? {}).flatMap(([day, count]) =>
      Array.from({ length: count }, (_none, at) => ({ sendId: `${source}:${day}:${at}`, day: Number(day), source })),
    ),
  );
  return { ...row, sends };
}
