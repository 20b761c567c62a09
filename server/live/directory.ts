import { setTimeout as sleep } from "node:timers/promises";
import { StoreUnavailableError, type EventStore, type Node } from "#db/event-store-contract.ts";
import { isCorpStream } from "#domain/corp/index.ts";
import type { Command, Engine, ShowState } from "#domain/engine.ts";
import type { Audience, Json } from "#domain/op.ts";
import type { CommandAnswer, Snapshot } from "#domain/wire.ts";
import { DeadlineError, within } from "../lib/lifecycle.ts";
import type { Logger } from "../lib/log.ts";
import type { Vault } from "../lib/vault.ts";
import {
  BusyError,
  UnknownSessionError,
  type Directory,
  type FrameListener,
  type Sender,
} from "./directory-contract.ts";
import { UnreadableLogError } from "./fold.ts";
import { LeaseKeeper } from "./leases.ts";
import type { Lane, LiveMetrics } from "./live-metrics.ts";
import { LiveSession } from "./live-session.ts";
import { recover, type SavedFolds } from "./recover.ts";
import type { Show } from "./show.ts";
import { WatchList } from "./watch-list.ts";

/**
 * Which show is written where. Shows are opened when somebody asks for one and let go of when nobody has for a while; a show whose owner is gone, or in which
 * something falls due, is opened by whichever node sees it first. The database decides who owns a show; this only keeps what it decided.
 */
export type DirectoryOptions = {
  readonly engineOf: (streamId: string) => Engine;
  readonly store: EventStore;
  readonly saved: SavedFolds;
  readonly node: Node;
  /** The wall clock, ms UTC. */
  readonly wall: () => number;
  readonly vault: Vault;
  readonly metrics: LiveMetrics;
  readonly log: Logger;
  /** A show was opened on this node, with what its log says. Must not throw; the state is only good during the call. */
  opened(sessionId: string, state: ShowState): void;
  /** The way to a show on another node; `null` when this is the only one. */
  readonly remote: ((sessionId: string, by: Node, onGone: () => void) => Show) | null;
};

/** What the owner's side of forwarding needs: shows of this node only. */
export type LocalDirectory = {
  /** Throws `NotOwnerError` when another node has it. */
  local(sessionId: string, creates: boolean): Promise<LiveSession>;
  /** Commands that wait in the shows of this node, at this moment. */
  waiting(lane: Lane): number;
};

export class NotOwnerError extends Error {
  override readonly name = "NotOwnerError";
}

/** The one command that an empty log takes. */
const CREATING = "session.create";
/** Of whom no show knows anything: the smallest question that only the owner answers. */
const NOBODY = "-";
const OPEN_MS_MAX = 4_000;
const AGAIN_MS = 150;
const IDLE_MS = 5 * 60_000;
const HOUSEKEEPING_MS = 2_000;
const CLOSE_MS = 5_000;
const ABANDONED_AT_ONCE = 20;
/** An unreadable log is not read again for every request. */
const UNREADABLE_MS = 5_000;

type Opened = { readonly show: Show; readonly local: LiveSession | null };

export function createDirectory(options: DirectoryOptions): Directory & LocalDirectory {
  return new LiveDirectory(options);
}

class LiveDirectory implements Directory, LocalDirectory {
  readonly #options: DirectoryOptions;
  readonly #leases: LeaseKeeper;
  readonly #open = new Map<string, Promise<Opened>>();
  /** Of those, the ones that are open: a command to one of them waits for nothing but its batch. */
  readonly #ready = new Map<string, Opened>();
  readonly #watches: WatchList;
  readonly #housekeeping: NodeJS.Timeout;
  readonly #lettingGo = new Set<Promise<void>>();
  #closed = false;

  constructor(options: DirectoryOptions) {
    this.#options = options;
    this.#leases = new LeaseKeeper(options);
    this.#watches = new WatchList((sessionId) => this.#opened(sessionId).then(({ show }) => show), options.log);
    this.#housekeeping = setInterval(() => void this.#keepHouse(), HOUSEKEEPING_MS);
    this.#housekeeping.unref();
  }

  send(sessionId: string, command: Command, sender: Sender): Promise<CommandAnswer> {
    // Its writer says itself when to come back: claims come by the thousand, and there is nothing to wait for but the answer.
    return this.#ready.get(sessionId)?.local?.send(command, sender) ?? this.#sendOnceOpen(sessionId, command, sender);
  }

  async #sendOnceOpen(sessionId: string, command: Command, sender: Sender): Promise<CommandAnswer> {
    const end = performance.now() + OPEN_MS_MAX;
    for (;;) {
      try {
        const { show } = this.#ready.get(sessionId) ?? (await this.#opened(sessionId, command.type === CREATING));
        return await show.send(command, sender);
      } catch (error) {
        if (!(error instanceof BusyError)) throw error;
        // The show is changing nodes. Sending the same id again is harmless, whatever became of the first try.
        if (performance.now() + AGAIN_MS > end) return { status: "retry", retryAfterMs: error.retryAfterMs };
      }
      await sleep(AGAIN_MS);
    }
  }

  async read<T>(sessionId: string, read: (state: ShowState) => T): Promise<T> {
    const { show, local } = await this.#opened(sessionId);
    if (local) return local.read(read);
    // A node that was killed tells nobody. Who only reads, as the runner of pushes does, would take it for the owner for minutes: so it is asked, and when it
    // is gone this throws BusyError, and the next one opens the show here.
    await show.me(NOBODY);
    throw new NotOwnerError(`${sessionId} is written on another node`);
  }

  async snapshot(sessionId: string, audience: Audience): Promise<Snapshot> {
    return (await this.#opened(sessionId)).show.snapshot(audience);
  }

  async me(sessionId: string, personId: string): Promise<Record<string, Json>> {
    return (await this.#opened(sessionId)).show.me(personId);
  }

  watch(sessionId: string, audience: Audience, listener: FrameListener): Promise<() => void> {
    return this.#watches.add(sessionId, audience, listener);
  }

  async stepClock(sessionId: string, to: number): Promise<boolean> {
    return (await this.#opened(sessionId)).show.stepClock(to);
  }

  async local(sessionId: string, creates: boolean): Promise<LiveSession> {
    const { local } = await this.#opened(sessionId, creates);
    if (!local) throw new NotOwnerError(`${sessionId} is written on another node`);
    return local;
  }

  waiting(lane: Lane): number {
    return [...this.#ready.values()].reduce((sum, { local }) => sum + (local?.waiting(lane) ?? 0), 0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#housekeeping);
    this.#watches.stop();
    await Promise.all([...this.#open.keys()].map((sessionId) => this.#letGo(sessionId)));
    await Promise.all(this.#lettingGo);
    this.#leases.stop();
  }

  /** The show, within the deadline. Busy: its owner is away, it is just changing hands, or the database is. */
  async #opened(sessionId: string, creates = false): Promise<Opened> {
    const ready = this.#ready.get(sessionId);
    if (ready) return ready;
    const end = performance.now() + OPEN_MS_MAX;
    for (;;) {
      if (this.#closed) throw new BusyError(1_000);
      try {
        return await within(Math.max(1, end - performance.now()), this.#opening(sessionId, creates));
      } catch (error) {
        const passing =
          error instanceof BusyError || error instanceof StoreUnavailableError || error instanceof DeadlineError;
        if (!passing) throw error;
        if (performance.now() + AGAIN_MS > end) throw new BusyError(500, error);
      }
      await sleep(AGAIN_MS);
    }
  }

  #opening(sessionId: string, creates: boolean): Promise<Opened> {
    const known = this.#open.get(sessionId);
    if (known) return known;
    const opening = this.#openOnce(sessionId, creates);
    this.#open.set(sessionId, opening);
    opening.then(
      (opened) => {
        if (this.#open.get(sessionId) === opening) this.#ready.set(sessionId, opened);
      },
      (error: unknown) => {
        const forget = () => this.#forget(sessionId, opening);
        if (error instanceof UnreadableLogError) setTimeout(forget, UNREADABLE_MS).unref();
        else forget();
      },
    );
    return opening;
  }

  async #openOnce(sessionId: string, creates: boolean): Promise<Opened> {
    const { store, saved, remote, metrics, log } = this.#options;
    const engine = this.#options.engineOf(sessionId);
    // What spans the shows of a corp begins with its first command, whichever that is.
    const begins = creates || isCorpStream(sessionId);
    if (!begins && (await store.head(sessionId)) === 0) throw new UnknownSessionError(sessionId);
    const lease = await this.#leases.acquire(sessionId);
    if ("status" in lease) {
      if (!remote || lease.by.address === "") throw new BusyError(300);
      const gone = () => this.#gone(sessionId);
      return { show: remote(sessionId, lease.by, gone), local: null };
    }
    const startedAt = performance.now();
    try {
      const recovered = await recover({ sessionId, engine, store, saved });
      const { wall, vault } = this.#options;
      const onEnd = () => {
        const letGo = lease.letGo().finally(() => this.#lettingGo.delete(letGo));
        this.#lettingGo.add(letGo);
        this.#gone(sessionId);
      };
      const session = new LiveSession(
        { sessionId, engine, store, lease, saved, wall, vault, metrics, log, onEnd },
        recovered,
      );
      lease.keep({ dueAt: () => session.dueAt, onLost: () => session.end("fenced") });
      if (!isCorpStream(sessionId)) this.#options.opened(sessionId, recovered.fold.state);
      metrics.recovered({ events: session.seq - recovered.savedSeq, ms: performance.now() - startedAt });
      metrics.owned(this.#leases.size);
      return { show: session, local: session };
    } catch (error) {
      await lease.letGo();
      throw error;
    }
  }

  /** The writer ended or its node is gone: the next request opens it anew, and watchers are led there. */
  #gone(sessionId: string): void {
    this.#open.delete(sessionId);
    this.#ready.delete(sessionId);
    this.#options.metrics.owned(this.#leases.size);
    if (!this.#closed) this.#watches.moved(sessionId);
  }

  #forget(sessionId: string, opening: Promise<Opened>): void {
    if (this.#open.get(sessionId) !== opening) return;
    this.#open.delete(sessionId);
    this.#ready.delete(sessionId);
  }

  async #letGo(sessionId: string): Promise<void> {
    const opened = await this.#open.get(sessionId)?.catch(() => null);
    await opened?.show.close(CLOSE_MS);
  }

  async #keepHouse(): Promise<void> {
    try {
      for (const [sessionId, opening] of this.#open) {
        const opened = await opening.catch(() => null);
        if (opened && opened.show.idleMs > IDLE_MS) await this.#letGo(sessionId);
      }
      for (const sessionId of await this.#options.store.abandoned(ABANDONED_AT_ONCE)) {
        // Taken as it is, even if its log is empty: letting go of it then clears the mark.
        if (!this.#closed) await this.#opening(sessionId, true).catch(() => undefined);
      }
    } catch (err) {
      this.#options.log.debug({ err }, "the directory could not look for abandoned shows");
    }
  }
}
