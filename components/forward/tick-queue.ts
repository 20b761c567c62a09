import { isRecord, type Failure, type Group, type Tick } from "./forward-api.ts";

/**
 * Ticks that the server has not answered yet, kept on the phone: sent in order, each under its own id until it is answered, so that none is lost and none
 * counts twice. What was ticked and taken back before it was sent is not sent at all.
 */

export type Pending = Tick & {
  /** By this phone's clock, ms. */
  readonly at: number;
};
export type Shelf = Pick<Storage, "getItem" | "setItem">;

export type TickQueue = {
  readonly waiting: () => readonly Pending[];
  /** `sending`: the id that is on its way, which can't be called back. */
  readonly press: (press: { taskId: string; groupId: string; ticked: boolean }, sending: string | null) => void;
  readonly settle: (id: string) => void;
};

type Parts = {
  readonly shelf: Shelf | null;
  readonly name: string;
  readonly newId: () => string;
  readonly now: () => number;
};

export function openTickQueue({ shelf, name, newId, now }: Parts): TickQueue {
  let queue = readQueue(shelf, name);
  const keep = (changed: readonly Pending[]) => {
    queue = changed;
    try {
      shelf?.setItem(name, JSON.stringify(queue));
    } catch {
      // Full or forbidden: it holds for this visit.
    }
  };
  return {
    waiting: () => queue,
    press(press, sending) {
      const last = queue.findLast(({ groupId }) => groupId === press.groupId);
      if (last?.ticked === press.ticked) return;
      if (last && last.id !== sending) keep(queue.filter((one) => one !== last));
      else keep([...queue, { ...press, id: newId(), at: now() }]);
    },
    settle: (id) => keep(queue.filter((one) => one.id !== id)),
  };
}

/** Heard, now or when it was sent before; or it never will be. */
export const isSettled = (failure: Failure | null): boolean => failure === null || failure.kind === "refused";

/** Refused because it was heard before under the same id, when it was told as done a little earlier. */
export const wasHeardBefore = ({ code }: Failure): boolean => code === "command.idReused";

/** The group as the phone knows it: what is on its way is what the member said last. */
export function shownGroup(group: Group, waiting: readonly Pending[]): Group & { readonly waits: boolean } {
  const last = waiting.findLast(({ groupId }) => groupId === group.groupId);
  return last ? { ...group, tickedAt: last.ticked ? last.at : null, waits: true } : { ...group, waits: false };
}

function readQueue(shelf: Shelf | null, name: string): readonly Pending[] {
  try {
    const read: unknown = JSON.parse(shelf?.getItem(name) ?? "[]");
    return Array.isArray(read) ? read.filter(isPending) : [];
  } catch {
    // Unreadable is the same as nothing kept.
    return [];
  }
}

function isPending(value: unknown): value is Pending {
  if (!isRecord(value)) return false;
  const { id, taskId, groupId, ticked, at } = value;
  const named = [id, taskId, groupId].every((word) => typeof word === "string");
  return named && typeof ticked === "boolean" && typeof at === "number";
}
