import type { EventStore, NewRow } from "#db/event-store-contract.ts";
import { instant } from "#domain/units.ts";

/**
 * Puts `count` more events of one show straight into a log, as its writer would have: creation first, then a mix by `event`.
 * For logs that are too long to be made through commands.
 */
export type FilledEvent = { readonly type: string; readonly data: unknown };

export async function fillLog(
  store: EventStore,
  sessionId: string,
  count: number,
  event: (seq: number) => FilledEvent = markers,
): Promise<void> {
  const acquired = await store.acquire(sessionId, { owner: "fill", address: "" });
  if (acquired.status === "held") throw new Error(`${sessionId} is held by ${acquired.by.owner}`);
  const last = (await store.head(sessionId)) + count;
  for (let from = last - count + 1; from <= last; from += 1_000) {
    const length = Math.min(1_000, last - from + 1);
    await store.append(
      acquired.lease,
      Array.from({ length }, (_, index) => rowOf(from + index, sessionId, event)),
    );
  }
  await store.release({ ...acquired.lease, dueAt: null });
}

function rowOf(seq: number, sessionId: string, event: (seq: number) => FilledEvent): NewRow {
  const { type, data } = seq === 1 ? created(sessionId) : event(seq);
  const at = instant(1_800_000_000_000 + seq * 14);
  const json = JSON.stringify(data);
  return { seq, at, type, by: "staff:fill", commandId: `fill-${seq}`, commandHash: "0", data, json };
}

function created(sessionId: string): FilledEvent {
  return {
    type: "session.created.v1",
    data: {
      sessionId,
      roomId: "room-1",
      title: "示例场次",
      theme: "",
      plannedStartAt: 1_800_000_000_000,
      plannedEndAt: 1_800_014_400_000,
      platformRoomIds: [],
      anonymousClaims: true,
      rehearsal: true,
    },
  };
}

function markers(seq: number): FilledEvent {
  const was = `示例 ${seq - 1}`;
  return { type: "session.edited.v1", data: { from: { title: was }, to: { title: `示例 ${seq}` } } };
}
