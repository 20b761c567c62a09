import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { StoreUnavailableError } from "#db/event-store-contract.ts";
import type { ShowState } from "#domain/engine.ts";
import { Batch, BATCH_COMMANDS_MAX } from "./batch.ts";
import { comeBack } from "./come-back.ts";
import type { Fold } from "./fold.ts";
import { commit } from "./group-commit.ts";
import type { LiveSessionOptions } from "./live-session.ts";
import { recover, type Recovered } from "./recover.ts";
import { Repeats } from "./repeats.ts";
import type { ShowClock } from "./show-clock.ts";
import { Stall } from "./stall.ts";
import { STAFF_LANE_MAX, WaitingRoom, type Waiting } from "./waiting-room.ts";

/**
 * Brings commands into the log, one batch after the other, and answers them (design.md 1). While one batch is on its way to the database, the next one is
 * decided on top of it, so that the database and this thread work at the same time. What was decided is answered when it is stored itself, refusals too:
 * they may rest on what is not stored yet. When somebody wants the state as the log has it, nothing is decided ahead, until they had their gap.
 */
export type WriteLoopOptions = Omit<LiveSessionOptions, "wall" | "onEnd"> & {
  readonly clock: ShowClock;
  /** Somebody waits for the state to be what the log says. */
  wantsGap(): boolean;
  /** State equals log, until this returns. */
  onGap(): void;
  /** The database does not answer: everybody who waits is told to come back. */
  onStall(): void;
  /** The state was folded anew from the log. */
  onReload(recovered: Recovered): void;
  onEnd(reason: EndReason): void;
};

export type EndReason = "fenced" | "unreadable" | "closed";

/** What is decided ahead leaves room for all staff who come before the batch is sent. */
const AHEAD_MAX = BATCH_COMMANDS_MAX - STAFF_LANE_MAX;
const RELOAD_PAUSE_MS = 250;

export class WriteLoop {
  readonly room = new WaitingRoom();
  readonly #options: WriteLoopOptions;
  readonly #stop = new AbortController();
  readonly #stall = new Stall(() => this.#tellAllToComeBack());
  readonly #repeats: Repeats;
  #fold: Fold;
  /** Being decided, on top of the log and of the batch that is on its way. */
  #open: Batch;
  #onItsWay: Batch | null = null;
  /** Stored, and to be answered once the next batch is on its way to the database. */
  #owed: Batch | null = null;
  #decidesSoon = false;
  #reloading = false;
  #ended = false;
  #active = false;
  #running: Promise<void> = Promise.resolve();

  constructor(options: WriteLoopOptions, fold: Fold) {
    this.#options = options;
    this.#fold = fold;
    this.#open = this.#newBatch();
    const onUnknown = (waiting: Waiting) => {
      this.#decideAnew([waiting]);
      this.kick();
    };
    this.#repeats = new Repeats({ ...options, onUnknown });
  }

  /** What was decided is folded in, stored or not. */
  get state(): ShowState {
    return this.#fold.state;
  }

  get stateIsLog(): boolean {
    return this.#onItsWay?.changesState !== true && !this.#open.changesState;
  }

  get isStalled(): boolean {
    return this.#stall.on;
  }

  get isActive(): boolean {
    return this.#active;
  }

  /** Settles when nothing waits. */
  get running(): Promise<void> {
    return this.#running;
  }

  /** Something waits in the room. */
  kick(): void {
    if (this.#ended) return;
    if (this.#active) {
      this.#decideSoon();
      return;
    }
    this.#active = true;
    this.#running = this.#run().finally(() => {
      this.#active = false;
      // A command may have come between the last look at the queue and here.
      if (this.room.size > 0) this.kick();
    });
  }

  /** Nothing is stored from here on; who was not answered is told to come back. */
  end(): void {
    this.#ended = true;
    this.#stop.abort();
    for (const waiting of [...this.#open.waiting, ...this.room.takeAll()]) waiting.answer(comeBack(300));
  }

  async #run(): Promise<void> {
    const { log, sessionId, onEnd } = this.#options;
    try {
      while (!this.#ended && (this.room.size > 0 || !this.#open.isEmpty)) {
        // All that arrives in this turn of the event loop goes into one batch, also what senders send on when they are answered.
        if (this.#open.isEmpty && this.#owed === null) await nextTurn();
        this.#decide(BATCH_COMMANDS_MAX);
        await this.#settle(this.#takeOpen());
        // Whoever waits goes first: the work of answering is then done while the database stores the next batch.
        if (this.room.size === 0 && this.#open.isEmpty) this.#payOwed();
      }
    } catch (error) {
      // A bug of the writer itself. The log is whole; a new writer begins from it.
      log.error({ err: error, sessionId }, "the writer failed");
      onEnd("fenced");
    } finally {
      this.#payOwed();
    }
  }

  /** Once a turn, so that in each one staff go before the crowd. */
  #decideSoon(): void {
    if (this.#decidesSoon) return;
    this.#decidesSoon = true;
    setImmediate(() => {
      this.#decidesSoon = false;
      if (this.#mayDecideAhead()) this.#decide(AHEAD_MAX);
    });
  }

  #mayDecideAhead(): boolean {
    const before = this.#onItsWay;
    const isSound = before !== null && before.broken === null && !this.#reloading;
    return isSound && !this.#stall.on && !this.#ended && !this.#options.wantsGap();
  }

  #decide(most: number): void {
    const { known, late } = this.#open.fill(this.room, { before: this.#onItsWay, most });
    for (const waiting of late) waiting.answer(comeBack(500));
    for (const { waiting, seqs } of known) void this.#repeats.answer(waiting, seqs);
  }

  async #settle(batch: Batch): Promise<void> {
    this.#onItsWay = batch;
    try {
      const settled = batch.rows.length > 0 ? this.#store(batch) : this.#answerWithoutRows(batch);
      this.#payOwed();
      await settled;
      if (batch.broken) {
        // Reading the log anew may take as long as the database is away, and these are stored.
        this.#payOwed();
        await this.#afterBug(batch.broken);
      }
    } catch (error) {
      // Does nothing for those that were answered; nobody may be left without.
      for (const waiting of batch.waiting) waiting.answer(comeBack(500));
      throw error;
    } finally {
      this.#onItsWay = null;
    }
    if (!this.#ended && this.stateIsLog) this.#options.onGap();
  }

  async #store(batch: Batch): Promise<void> {
    const { store, lease, metrics, log, sessionId, onEnd } = this.#options;
    const startedAt = performance.now();
    const { rows, answers } = batch;
    const onUnavailable = (err: Error) => log.warn({ err, sessionId }, "a batch has no answer yet");
    const outcome = await this.#stall.watch(() =>
      commit({ store, lease: lease.lease, rows, signal: this.#stop.signal, onUnavailable }),
    );
    switch (outcome.status) {
      case "committed":
        metrics.committed({ events: rows.length, ms: performance.now() - startedAt });
        this.#owed = batch;
        return;
      case "fenced":
        for (const { waiting, answer } of answers) waiting.answer(outcome.stored ? answer : comeBack(200));
        onEnd("fenced");
        return;
      case "refused":
        await this.#afterRefusal(batch, outcome.error);
        return;
      case "unknown":
        for (const { waiting } of answers) waiting.answer(comeBack(500));
        onEnd("closed");
    }
  }

  /** Refusals, and commands that change nothing, say something about the state: only its owner may say it. */
  async #answerWithoutRows({ answers }: Batch): Promise<void> {
    if (answers.length === 0) return;
    const { lease, onEnd } = this.#options;
    const held = lease.isSurelyHeld() || (await this.#stall.watch(() => lease.confirm().catch(unavailable)));
    if (held === "unavailable") {
      for (const { waiting } of answers) waiting.answer(comeBack(1_000));
      return;
    }
    for (const { waiting, answer } of answers) waiting.answer(held ? answer : comeBack(200));
    if (!held) onEnd("fenced");
  }

  #payOwed(): void {
    const owed = this.#owed;
    this.#owed = null;
    for (const { waiting, answer } of owed?.answers ?? []) waiting.answer(answer);
  }

  async #afterBug({ waiting, error }: NonNullable<Batch["broken"]>): Promise<void> {
    const { log, sessionId } = this.#options;
    log.error({ err: error, sessionId, type: waiting.command.type }, "a rule failed");
    waiting.fail(error);
    await this.#reload();
  }

  /** The database can't hold a value of this batch: whose it was shows when each is stored alone. What was decided on top of it is decided anew. */
  async #afterRefusal({ answers }: Batch, error: Error): Promise<void> {
    const { log, sessionId } = this.#options;
    const ahead = this.#takeOpen().waiting;
    const [only, second] = answers;
    if (only && !second) {
      log.error({ err: error, sessionId, type: only.waiting.command.type }, "refused");
      only.waiting.fail(error);
      this.#decideAnew(ahead);
    } else {
      this.#decideAnew([...answers.map(({ waiting }) => ({ ...waiting, solo: true })), ...ahead]);
    }
    await this.#reload();
  }

  /** Nobody looks into the room any more once the writer has ended, and while the database is away nobody shall wait in it. */
  #decideAnew(waiting: readonly Waiting[]): void {
    if (!this.#ended && !this.#stall.on) this.room.putBack(waiting);
    else for (const one of waiting) one.answer(comeBack(500));
  }

  /** Folds the log anew: the state in memory is not what the log says. */
  async #reload(): Promise<void> {
    const { sessionId, engine, store, saved, log, onReload, onEnd } = this.#options;
    this.#reloading = true;
    await this.#stall.watch(async () => {
      while (!this.#ended) {
        try {
          const recovered = await recover({ sessionId, engine, store, saved });
          this.#fold = recovered.fold;
          this.#open = this.#newBatch();
          onReload(recovered);
          return;
        } catch (error) {
          log.error({ err: error, sessionId }, "can't read the log");
          if (error instanceof StoreUnavailableError) await sleep(RELOAD_PAUSE_MS);
          else onEnd("unreadable");
        }
      }
    });
    this.#reloading = false;
  }

  #tellAllToComeBack(): void {
    const inHand = [...(this.#onItsWay?.waiting ?? []), ...this.#open.waiting];
    for (const waiting of [...inHand, ...this.room.takeAll()]) waiting.answer(comeBack(1_000));
    this.#options.onStall();
  }

  #takeOpen(): Batch {
    const taken = this.#open;
    this.#open = this.#newBatch();
    return taken;
  }

  #newBatch(): Batch {
    const { engine, clock, vault } = this.#options;
    return new Batch({ fold: this.#fold, engine, clock, vault });
  }
}

function unavailable(error: unknown): "unavailable" {
  if (error instanceof StoreUnavailableError) return "unavailable";
  throw error;
}
