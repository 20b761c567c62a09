import { LEASE_MS, type Acquired, type EventStore, type Lease, type Node } from "#db/event-store-contract.ts";
import type { Logger } from "../lib/log.ts";

/**
 * The shows that this node owns, renewed once a second in one statement. A lease counts as surely held for less than it is granted, reckoned from before
 * the question was sent and by the steady clock, which goes on while a process is stopped: an owner that wakes up asks before it answers.
 */
const RENEW_MS = 1_000;
const MARGIN_MS = 500;

export type LeaseKeeperOptions = {
  readonly store: Pick<EventStore, "acquire" | "renew" | "release">;
  readonly node: Node;
  readonly log: Logger;
};

export type HeldLease = {
  readonly lease: Lease;
  /** By this machine's steady clock, which also counts while the process is stopped. */
  isSurelyHeld(): boolean;
  /** Asks the database. Throws `StoreUnavailableError`. */
  confirm(): Promise<boolean>;
};

export type KeptLease = HeldLease & {
  /** From now on renewed, until let go; `onLost` when another node has it. */
  keep(show: { dueAt(): number | null; onLost(): void }): void;
  letGo(): Promise<void>;
};

type Kept = { readonly lease: Lease; sureUntil: number; show: { dueAt(): number | null; onLost(): void } | null };

export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #kept = new Map<string, Kept>();
  #timer: NodeJS.Timeout | undefined;
  #renewing = false;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#kept.size;
  }

  async acquire(sessionId: string): Promise<KeptLease | Extract<Acquired, { status: "held" }>> {
    const askedAt = performance.now();
    const acquired = await this.#options.store.acquire(sessionId, this.#options.node);
    if (acquired.status === "held") return acquired;
    const kept: Kept = { lease: acquired.lease, sureUntil: askedAt + LEASE_MS - MARGIN_MS, show: null };
    this.#kept.set(sessionId, kept);
    this.#timer ??= setInterval(() => void this.#renewAll(), RENEW_MS);
    return {
      lease: kept.lease,
      isSurelyHeld: () => performance.now() < kept.sureUntil,
      confirm: () => this.#renew([kept]).then((still) => still.has(sessionId)),
      keep: (show) => {
        kept.show = show;
      },
      letGo: () => this.#letGo(kept),
    };
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #letGo(kept: Kept): Promise<void> {
    if (this.#kept.get(kept.lease.sessionId) === kept) this.#kept.delete(kept.lease.sessionId);
    if (this.#kept.size === 0) this.stop();
    kept.sureUntil = 0;
    try {
      await this.#options.store.release({ ...kept.lease, dueAt: dueAtOf(kept) });
    } catch (err) {
      // It runs out by itself.
      this.#options.log.warn({ err, sessionId: kept.lease.sessionId }, "could not release a show");
    }
  }

  async #renewAll(): Promise<void> {
    if (this.#renewing || this.#kept.size === 0) return;
    this.#renewing = true;
    try {
      const asked = [...this.#kept.values()];
      const still = await this.#renew(asked);
      for (const kept of asked) {
        const { sessionId } = kept.lease;
        if (still.has(sessionId) || this.#kept.get(sessionId) !== kept) continue;
        this.#kept.delete(sessionId);
        kept.show?.onLost();
      }
    } catch (err) {
      this.#options.log.warn({ err }, "could not renew the leases");
    } finally {
      this.#renewing = false;
    }
  }

  async #renew(asked: readonly Kept[]): Promise<ReadonlySet<string>> {
    const askedAt = performance.now();
    const held = asked.map((kept) => ({ ...kept.lease, dueAt: dueAtOf(kept) }));
    const still = await this.#options.store.renew(this.#options.node.owner, held);
    for (const kept of asked) {
      if (still.has(kept.lease.sessionId)) kept.sureUntil = askedAt + LEASE_MS - MARGIN_MS;
    }
    return still;
  }
}

function dueAtOf({ show }: Kept): number | null {
  return show?.dueAt() ?? null;
}
