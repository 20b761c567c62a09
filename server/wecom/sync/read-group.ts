import type { Database } from "#db/client.ts";
import { claimDueGroups, saveGroupRead, type GroupRow } from "#db/queries/wecom-groups.ts";
import { getGroup } from "../api/groups.ts";
import type { WecomClient } from "../client.ts";
import { WecomError } from "../wecom-error.ts";
import { keepGone, keepGroup } from "./keep-group.ts";

/** Groups one by one, as they are due. */

/** Who claimed groups and died loses them after this. */
const CLAIM_MS = 60_000;
const AT_ONCE = 4;
const AGAIN_MS = [10_000, 60_000, 600_000] as const;

export type Reading = {
  readonly db: Database;
  readonly client: WecomClient;
  readonly now: () => number;
  readonly signal: AbortSignal;
};

/** Reads up to `limit` groups that are due; how many it were. Throws what stands in the way of all of them: no right, no answer, too fast. */
export async function readDueGroups(reading: Reading, corpId: string, limit: number): Promise<number> {
  const { db, now } = reading;
  const at = now();
  const due = await claimDueGroups(db, corpId, { now: at, until: at + CLAIM_MS, limit });
  const waiting = [...due];
  const work = async () => {
    for (let row = waiting.pop(); row && !reading.signal.aborted; row = waiting.pop()) await readGroup(reading, row);
  };
  const results = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, due.length) }, work));
  for (const result of results) if (result.status === "rejected") throw result.reason;
  return due.length;
}

async function readGroup({ db, client, now, signal }: Reading, row: GroupRow): Promise<void> {
  try {
    const group = await getGroup(client, row.chatId, { signal });
    await keepGroup(db, row, group, now());
  } catch (error) {
    if (!(error instanceof WecomError) || isOfAll(error)) throw error;
    if (error.class === "target") {
      await keepGone(db, row.id, now());
      return;
    }
    const wait = AGAIN_MS[row.readTries];
    const readFrom = wait === undefined ? null : now() + wait;
    await saveGroupRead(db, row.id, { readFrom, readTries: row.readTries + 1, readFailure: `wecom.${error.errcode}` });
  }
}

/** Of this one group: its owner is out of the app's sight. */
const OUT_OF_RANGE = 60011;

/** Not about this group: the next one would be refused the same way. */
function isOfAll({ class: kind, errcode }: WecomError): boolean {
  if (errcode === OUT_OF_RANGE) return false;
  return kind !== "target" && kind !== "other" && kind !== "bug" && kind !== "conflict" && kind !== "concurrency";
}
