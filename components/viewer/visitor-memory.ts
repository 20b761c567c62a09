import { isRecord, type Receipt } from "./viewer-data.ts";

/**
 * What this phone keeps of one show: who the person is here, presses that got no answer yet, and what was seen of each draw. Where storage
 * is refused (private windows), the page remembers for as long as it lives.
 */

export type SeenDraw = { readonly commitment: string; readonly at: number };

type Kept = {
  token: string | null;
  /** Keys of presses without an answer, by act: the next press is a repeat of the same one. */
  pending: Record<string, string>;
  receipts: Record<string, Receipt>;
  seen: Record<string, SeenDraw>;
  self: Self;
};

/** What stands on the own poster: known by a sign-in, or typed in here and told to nobody. */
export type Self = {
  readonly name: string;
  /** The server holds a picture of them. */
  readonly avatar: boolean;
  /** Went to reserve the show in WeChat; whether they did, only WeChat knows. */
  readonly wentToReserve: boolean;
};

const nobody: Self = { name: "", avatar: false, wentToReserve: false };

export type VisitorMemory = {
  readonly token: () => string | null;
  readonly keepToken: (token: string | null) => void;
  /** The key of this act: that of its last press when it got no answer. */
  readonly keyOf: (act: string) => string;
  readonly settle: (act: string) => void;
  readonly receipt: (lotteryId: string) => Receipt | null;
  readonly keepReceipt: (lotteryId: string, receipt: Receipt) => void;
  readonly seen: (lotteryId: string) => SeenDraw | null;
  /** Notes what was published when this phone first saw the draw. */
  readonly firstSeen: (lotteryId: string, commitment: string, at: number) => SeenDraw;
  readonly self: () => Self;
  readonly keepSelf: (part: Partial<Self>) => void;
  /** Of the person nothing is left; what was published of draws stays. */
  readonly forget: () => void;
};

export type Shelf = Pick<Storage, "getItem" | "setItem">;

export function openVisitorMemory(sessionId: string, shelf: Shelf | null, newKey: () => string): VisitorMemory {
  const name = `kaibo.viewer.${sessionId}`;
  const kept = readKept(shelf, name);
  const save = () => {
    try {
      shelf?.setItem(name, JSON.stringify(kept));
    } catch {
      // Full or forbidden: what is in memory still serves this visit.
    }
  };
  return {
    token: () => kept.token,
    keepToken(token) {
      kept.token = token;
      save();
    },
    keyOf(act) {
      const known = kept.pending[act];
      if (known) return known;
      const key = newKey();
      kept.pending[act] = key;
      save();
      return key;
    },
    settle(act) {
      delete kept.pending[act];
      save();
    },
    receipt: (lotteryId) => kept.receipts[lotteryId] ?? null,
    keepReceipt(lotteryId, receipt) {
      kept.receipts[lotteryId] = receipt;
      save();
    },
    seen: (lotteryId) => kept.seen[lotteryId] ?? null,
    firstSeen(lotteryId, commitment, at) {
      const known = kept.seen[lotteryId];
      if (known) return known;
      const seen = { commitment, at };
      kept.seen[lotteryId] = seen;
      save();
      return seen;
    },
    self: () => kept.self,
    keepSelf(part) {
      kept.self = { ...kept.self, ...part };
      save();
    },
    forget() {
      Object.assign(kept, { token: null, pending: {}, receipts: {}, self: nobody });
      save();
    },
  };
}

function readKept(shelf: Shelf | null, name: string): Kept {
  let read: unknown = null;
  try {
    read = JSON.parse(shelf?.getItem(name) ?? "null");
  } catch {
    // Unreadable is the same as nothing kept.
  }
  const found = isRecord(read) ? read : {};
  return {
    token: typeof found["token"] === "string" ? found["token"] : null,
    pending: entriesOf(found["pending"], (value) => (typeof value === "string" ? value : null)),
    receipts: entriesOf(found["receipts"], (value) =>
      isRecord(value) && typeof value["n"] === "number" && typeof value["head"] === "string"
        ? { n: value["n"], head: value["head"] }
        : null,
    ),
    seen: entriesOf(found["seen"], (value) =>
      isRecord(value) && typeof value["commitment"] === "string" && typeof value["at"] === "number"
        ? { commitment: value["commitment"], at: value["at"] }
        : null,
    ),
    self: selfOf(found["self"]),
  };
}

function selfOf(value: unknown): Self {
  if (!isRecord(value)) return nobody;
  const { name, avatar, wentToReserve } = value;
  return {
    name: typeof name === "string" ? name : "",
    avatar: avatar === true,
    wentToReserve: wentToReserve === true,
  };
}

function entriesOf<T>(value: unknown, read: (value: unknown) => T | null): Record<string, T> {
  const kept: Record<string, T> = {};
  for (const [id, entry] of Object.entries(isRecord(value) ? value : {})) {
    const known = read(entry);
    if (known !== null) kept[id] = known;
  }
  return kept;
}

/** The browser's storage, `null` where even asking for it throws. */
export function browserShelf(): Shelf | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

const TOKEN = /^#t=([\w.~%-]{20,400})$/;

/** A token that came with the link. In the hash, so that it is in no server's log; then taken out of the address, so that sharing the page does not share it. */
export function takeLinkToken(): string | null {
  const found = TOKEN.exec(window.location.hash)?.[1];
  if (!found) return null;
  window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  return decodeURIComponent(found);
}
