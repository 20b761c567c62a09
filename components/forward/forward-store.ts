import { randomId } from "../http/random-id.ts";
import { getList, getMember, sendTick, type ForwardList, type MemberPart } from "./forward-api.ts";
import { isSettled, openTickQueue, wasHeardBefore, type Pending, type Shelf, type TickQueue } from "./tick-queue.ts";

/**
 * All that the page knows of one 员工转发, outside the tree. `start` when it is there, and the returned function when it goes. The link's token reads; whom
 * WeCom named has one of their own, and keeps to it.
 */

export type ForwardState = {
  readonly list: ForwardList | null;
  readonly memberId: string | null;
  readonly proven: boolean;
  readonly part: MemberPart | null;
  /** `gone`: the list or one's place on it. */
  readonly problem: "unknown" | "expired" | "notOnList" | null;
  readonly offline: boolean;
  readonly waiting: readonly Pending[];
  /** What came of asking WeCom who this is. */
  readonly note: "notMember" | "failed" | null;
};

export type ForwardStore = {
  readonly read: () => ForwardState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly start: () => () => void;
  readonly choose: (memberId: string) => void;
  readonly leave: () => void;
  readonly tick: (groupId: string, ticked: boolean) => void;
  readonly refresh: () => void;
};

export const firstState: ForwardState = {
  list: null,
  memberId: null,
  proven: false,
  part: null,
  problem: null,
  offline: false,
  waiting: [],
  note: null,
};

const EVERY_MS = 5_000;
const none: TickQueue = { waiting: () => [], press: () => undefined, settle: () => undefined };

export function createForwardStore(token: string): ForwardStore {
  const shelf = browserShelf();
  /** The end of a token is its signature: no two links share it. */
  const name = `kaibo.forward.${token.slice(-24)}`;
  const kept = (part: string) => shelf?.getItem(`${name}.${part}`) ?? null;
  const keep = (part: string, value: string) => {
    try {
      shelf?.setItem(`${name}.${part}`, value);
    } catch {
      // Full or forbidden: it holds for this visit.
    }
  };
  let state = firstState;
  let queue = none;
  let ownToken: string | null = null;
  let sending: string | null = null;
  let asking: Promise<void> | null = null;
  const listeners = new Set<() => void>();
  const change = (part: Partial<ForwardState>) => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  const credential = () => ownToken ?? token;

  const become = (memberId: string, proven: boolean) => {
    queue = openTickQueue({ shelf, name: `${name}.ticks.${memberId}`, newId: randomId, now: Date.now });
    change({ memberId, proven, part: null, waiting: queue.waiting() });
  };

  const ask = async (): Promise<void> => {
    const answer = await getList(credential());
    if (!answer.ok) {
      const { kind, status } = answer.failure;
      if (kind !== "refused") return change({ offline: true });
      // What WeCom said holds no longer than its link; the link itself may still.
      if (ownToken !== null && status === 401) return forgetProof();
      return change({ problem: status === 401 ? "expired" : "unknown", offline: false });
    }
    const list = answer.value;
    change({ list, problem: null, offline: false });
    if (list.me !== null && state.memberId !== list.me) become(list.me, true);
    const { memberId } = state;
    if (memberId === null) return;
    const part = await getMember(credential(), memberId);
    if (state.memberId !== memberId) return;
    if (part.ok) change({ part: part.value });
    else if (part.failure.kind === "refused") change({ memberId: null, part: null, problem: null });
    else change({ offline: true });
  };

  const forgetProof = () => {
    ownToken = null;
    keep("proof", "");
    change({ memberId: null, proven: false, part: null });
  };

  const flush = async (): Promise<void> => {
    const { memberId } = state;
    if (memberId === null || sending !== null) return;
    for (let next = queue.waiting()[0]; next; next = queue.waiting()[0]) {
      sending = next.id;
      const { at, ...tick } = next;
      const agoMs = Math.min(3_600_000, Math.max(0, Date.now() - at));
      const answer = await sendTick(credential(), memberId, { ...tick, agoMs });
      sending = null;
      const failure = answer.ok ? null : answer.failure;
      if (!isSettled(failure)) return change({ offline: true, waiting: queue.waiting() });
      queue.settle(next.id);
      if (failure && !wasHeardBefore(failure)) change({ problem: "notOnList" });
      change({ waiting: queue.waiting(), offline: false });
      // Somebody else sits here now; their own ticks come with their next press.
      if (state.memberId !== memberId) return;
    }
  };

  const round = (): Promise<void> => {
    asking ??= flush()
      .then(ask)
      .finally(() => (asking = null));
    return asking;
  };

  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start() {
      const came = takeAnswer();
      if (came.proof !== null) keep("proof", came.proof);
      if (came.note !== null) change({ note: came.note });
      ownToken = came.proof ?? (kept("proof") || null);
      const chosen = kept("member");
      if (ownToken === null && chosen) become(chosen, false);
      const look = () => void (!document.hidden && round());
      const timer = setInterval(look, EVERY_MS);
      look();
      document.addEventListener("visibilitychange", look);
      window.addEventListener("online", look);
      return () => {
        clearInterval(timer);
        document.removeEventListener("visibilitychange", look);
        window.removeEventListener("online", look);
      };
    },
    choose(memberId) {
      keep("member", memberId);
      become(memberId, false);
      change({ note: null });
      void round();
    },
    leave() {
      keep("member", "");
      forgetProof();
      void round();
    },
    tick(groupId, ticked) {
      const { part } = state;
      if (!part) return;
      queue.press({ taskId: part.taskId, groupId, ticked }, sending);
      change({ waiting: queue.waiting(), problem: null });
      void flush().then(round);
    },
    refresh: () => void round(),
  };
}

function browserShelf(): Shelf | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** What WeCom's sign-in left behind the address: then taken out, so that sharing the page shares nobody. */
function takeAnswer(): { readonly proof: string | null; readonly note: ForwardState["note"] } {
  const found = /^#(m|e)=([\w.~-]{1,1000})$/.exec(window.location.hash);
  if (!found) return { proof: null, note: null };
  window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  const [, kind, word = ""] = found;
  if (kind === "m") return { proof: word, note: null };
  return { proof: null, note: word === "notMember" ? "notMember" : "failed" };
}
