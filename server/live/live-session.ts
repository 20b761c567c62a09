import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { StoreUnavailableError, type EventStore, type Lease } from "#db/event-store-contract.ts";
import type { Command, Engine, ShowState } from "#domain/engine.ts";
import { reject, type Audience, type Due, type Json } from "#domain/op.ts";
import type { CommandAnswer, Snapshot } from "#domain/wire.ts";
import type { Logger } from "../lib/log.ts";
import type { Vault } from "../lib/vault.ts";
import { AudienceViews } from "./audience-views.ts";
import { decideBatch, type Decided } from "./batch.ts";
import { BusyError, SYSTEM, type FrameListener, type Sender } from "./directory-contract.ts";
import type { Fold } from "./fold.ts";
import { GapQueue } from "./gap-queue.ts";
import { commit } from "./group-commit.ts";
import type { Lane, LiveMetrics } from "./live-metrics.ts";
import { recover, type Recovered, type SavedFolds } from "./recover.ts";
import { ShowClock } from "./show-clock.ts";
import { readStoredCommand } from "./stored-command.ts";
import { DueTimer } from "./timers.ts";
import { arrive, WaitingRoom, type Waiting } from "./waiting-room.ts";

/**
 * The one writer of a show (design.md 1). Commands wait undecided while a batch is being stored; when it is, due views, reads and snapshots are made in
 * that gap, and then everything that waits is decided as the next batch. The senders of a stored batch are answered when the next one is on its way, or
 * after the gap where nobody waits. Nothing is answered or shown before it is stored.
 *
 * It assumes an acquired lease and a fold of the whole log, and ends for good when the lease is lost; whoever made it opens another one.
 */
export type LiveSessionOptions = {
  readonly sessionId: string;
  readonly engine: Engine;
  readonly store: EventStore;
  readonly lease: HeldLease;
  readonly saved: SavedFolds;
  readonly wall: () => number;
  readonly vault: Vault;
  readonly metrics: LiveMetrics;
  readonly log: Logger;
  onEnd(reason: EndReason): void;
};

export type HeldLease = {
  readonly lease: Lease;
  /** By this machine's steady clock, which also counts while the process is stopped. */
  isSurelyHeld(): boolean;
  /** Asks the database. Throws `StoreUnavailableError`. */
  confirm(): Promise<boolean>;
};

export type EndReason = "fenced" | "unreadable" | "closed";

/** An INSERT without an answer for this long: its senders are told to come back, and no new command is taken. */
export const UNKNOWN_MS = 2_000;
const LOOKUPS_MAX = 64;
const SNAPSHOT_EVENTS_MIN = 20_000;
const RELOAD_PAUSE_MS = 250;

export class LiveSession {
  readonly sessionId: string;
  readonly #options: LiveSessionOptions;
  readonly #room = new WaitingRoom();
  readonly #gapQueue = new GapQueue();
  readonly #clock: ShowClock;
  readonly #views: AudienceViews;
  readonly #timer: DueTimer;
  readonly #stop = new AbortController();
  #fold: Fold;
  #savedSeq: number;
  /** The state holds more than the log: no view and no read may be made of it. */
  #ahead = false;
  #stalled = false;
  /** Answers of a stored batch that wait until the next one is on its way to the database. */
  #owed: Decided["answers"] = [];
  #phase: "open" | "closing" | "ended" = "open";
  #active = false;
  #running: Promise<void> = Promise.resolve();
  #lookups = 0;
  #lastUsedAt = performance.now();

  constructor(options: LiveSessionOptions, { fold, savedSeq }: Recovered) {
    this.sessionId = options.sessionId;
    this.#options = options;
    this.#fold = fold;
    this.#savedSeq = savedSeq;
    this.#clock = new ShowClock(options.wall);
    this.#views = new AudienceViews(fold.state, {
      engine: options.engine,
      metrics: options.metrics,
      wantGap: () => {
        if (!this.#ahead) this.#showFrames();
      },
      onListenerError: (err) => options.log.error({ err, sessionId: this.sessionId }, "a frame's listener failed"),
    });
    this.#timer = new DueTimer({
      due: () => this.#dues(),
      showNow: () => this.#clock.now(this.#fold.state),
      realNow: () => this.#clock.real(),
      stepped: () => this.#clock.stepped(this.#fold.state),
      fire: ({ id, type, input }) => this.send({ id, type, input }, SYSTEM),
      onError: (err, due) => options.log.error({ err, sessionId: this.sessionId, due: due.id }, "what fell due failed"),
    });
    this.#timer.arm();
  }

  get seq(): number {
    return this.#fold.state.seq;
  }

  /** For the lease: when somebody must be awake for this show. */
  get dueAt(): number | null {
    return this.#timer.nextAt();
  }

  /** Commands that wait to be decided. */
  waiting(lane: Lane): number {
    return this.#room.length(lane);
  }

  /** Milliseconds without a command, a read or a watcher. */
  get idleMs(): number {
    const busy = this.#active || this.#views.watchers > 0;
    return busy ? 0 : performance.now() - this.#lastUsedAt;
  }

  send(command: Command, sender: Sender): Promise<CommandAnswer> {
    this.#lastUsedAt = performance.now();
    const { waiting, answered } = arrive(command, sender, this.#options.metrics);
    if (this.#phase !== "open") waiting.answer(comeBack(300));
    else if (this.#stalled) waiting.answer(comeBack(1_000));
    else if (this.#room.offer(waiting)) this.#kick();
    else waiting.answer(comeBack(500));
    return answered;
  }

  /** Runs `look` on the state as of the last commit. */
  read<T>(look: (state: ShowState) => T): Promise<T> {
    return this.#inGap(() => look(this.#fold.state));
  }

  snapshot(audience: Audience): Promise<Snapshot> {
    return this.#inGap(() => {
      const snapshot = this.#views.snapshot(audience);
      const clock = this.#clock.steps(this.#fold.state);
      return clock ? { ...snapshot, clock } : snapshot;
    });
  }

  me(personId: string): Promise<Record<string, Json>> {
    return this.#inGap(() => this.#options.engine.me(this.#fold.state, personId));
  }

  watch(audience: Audience, listener: FrameListener): Promise<() => void> {
    return this.#inGap(() => this.#views.watch(audience, listener));
  }

  async stepClock(to: number): Promise<boolean> {
    const { stepped, note } = await this.#inGap(() => {
      const done = this.#clock.step(this.#fold.state, to);
      if (done) this.#timer.arm();
      return { stepped: done, note: done && this.#clock.wantsNote(this.#fold.state) };
    });
    // A note that is not taken now is wanted again with the next step.
    if (note) await this.send({ id: randomUUID(), type: "rehearsal.noteClock", input: {} }, SYSTEM);
    return stepped;
  }

  /** Stores what waits, then lets go. Takes no new command. */
  async close(deadlineMs: number): Promise<void> {
    if (this.#phase === "open") this.#phase = "closing";
    await Promise.race([this.#running, sleep(deadlineMs, undefined, { ref: false })]);
    this.end("closed");
  }

  end(reason: EndReason): void {
    if (this.#phase === "ended") return;
    this.#phase = "ended";
    this.#timer.stop();
    this.#views.stop();
    this.#stop.abort();
    for (const waiting of this.#room.takeAll()) waiting.answer(comeBack(300));
    this.#gapQueue.fail(new BusyError(500));
    if (reason !== "closed") this.#options.metrics.lost(reason);
    this.#options.onEnd(reason);
  }

  #inGap<T>(work: () => T): Promise<T> {
    this.#lastUsedAt = performance.now();
    if (this.#phase === "ended" || this.#stalled) return Promise.reject(new BusyError(500));
    return this.#gapQueue.add(work, this.#ahead);
  }

  #kick(): void {
    if (this.#active || this.#phase === "ended") return;
    this.#active = true;
    this.#running = this.#run().finally(() => {
      this.#active = false;
      // A command may have come between the last look at the queue and here.
      if (this.#room.size > 0) this.#kick();
    });
  }

  async #run(): Promise<void> {
    try {
      while (this.#room.size > 0 && this.#phase !== "ended") {
        // All that arrives in this turn of the event loop goes into one batch, also what senders send on when they are answered.
        if (this.#owed.length === 0) await nextTurn();
        await this.#oneBatch();
        // Whoever waits goes first: the work of answering is then done while the database stores the next batch.
        if (this.#room.size === 0) this.#payOwed();
      }
    } catch (error) {
      // A bug of the writer itself. The log is whole; a new writer begins from it.
      this.#options.log.error({ err: error, sessionId: this.sessionId }, "the writer failed");
      this.end("fenced");
    } finally {
      this.#payOwed();
    }
  }

  #payOwed(): void {
    const owed = this.#owed;
    this.#owed = [];
    for (const { waiting, answer } of owed) waiting.answer(answer);
  }

  async #oneBatch(): Promise<void> {
    const { engine, vault } = this.#options;
    const decided = decideBatch({ room: this.#room, fold: this.#fold, engine, clock: this.#clock, vault });
    this.#ahead = decided.rows.length > 0 || decided.broken !== null;
    for (const waiting of decided.late) waiting.answer(comeBack(500));
    for (const { waiting, seqs } of decided.known) void this.#answerFromLog(waiting, seqs);
    try {
      const settled = decided.rows.length > 0 ? this.#store(decided) : this.#answerWithoutRows(decided);
      this.#payOwed();
      await settled;
      if (decided.broken) {
        // Reading the log anew may take as long as the database is away, and these are stored.
        this.#payOwed();
        await this.#afterBug(decided.broken);
      }
      if (this.#phase !== "ended") this.#gap();
    } catch (error) {
      // Does nothing for those that were answered; nobody may be left without.
      for (const { waiting } of decided.answers) waiting.answer(comeBack(500));
      throw error;
    }
  }

  async #afterBug({ waiting, error }: NonNullable<Decided["broken"]>): Promise<void> {
    this.#options.log.error({ err: error, sessionId: this.sessionId, type: waiting.command.type }, "a rule failed");
    waiting.fail(error);
    await this.#reload();
  }

  async #store(decided: Decided): Promise<void> {
    const { store, lease, metrics, log } = this.#options;
    const startedAt = performance.now();
    const outcome = await this.#withStall(
      () => decided.answers.map(({ waiting }) => waiting),
      () =>
        commit({
          store,
          lease: lease.lease,
          rows: decided.rows,
          signal: this.#stop.signal,
          onUnavailable: (err) => log.warn({ err, sessionId: this.sessionId }, "a batch has no answer yet"),
        }),
    );
    switch (outcome.status) {
      case "committed":
        for (const row of decided.rows) this.#fold.remember(row);
        this.#ahead = decided.broken !== null;
        metrics.committed({ events: decided.rows.length, ms: performance.now() - startedAt });
        this.#owed = decided.answers;
        return;
      case "fenced":
        for (const { waiting, answer } of decided.answers) waiting.answer(outcome.stored ? answer : comeBack(200));
        this.end("fenced");
        return;
      case "refused":
        await this.#afterRefusal(decided, outcome.error);
        return;
      case "unknown":
        for (const { waiting } of decided.answers) waiting.answer(comeBack(500));
        this.end("closed");
    }
  }

  /** The database can't hold a value of this batch: whose it was shows when each is stored alone. */
  async #afterRefusal({ answers }: Decided, error: Error): Promise<void> {
    const [only, second] = answers;
    if (only && !second) {
      this.#options.log.error({ err: error, sessionId: this.sessionId, type: only.waiting.command.type }, "refused");
      only.waiting.fail(error);
    } else {
      this.#room.putBack(answers.map(({ waiting }) => ({ ...waiting, solo: true })));
    }
    await this.#reload();
  }

  /** Refusals, and commands that change nothing, say something about the state: only its owner may say it. */
  async #answerWithoutRows({ answers }: Decided): Promise<void> {
    if (answers.length === 0) return;
    const { lease } = this.#options;
    let held = lease.isSurelyHeld();
    if (!held) {
      const asked = this.#withStall(
        () => answers.map(({ waiting }) => waiting),
        () => lease.confirm().catch((error: unknown) => unavailable(error)),
      );
      const confirmed = await asked;
      if (confirmed === "unavailable") {
        for (const { waiting } of answers) waiting.answer(comeBack(1_000));
        return;
      }
      held = confirmed;
    }
    for (const { waiting, answer } of answers) waiting.answer(held ? answer : comeBack(200));
    if (!held) this.end("fenced");
  }

  async #answerFromLog(waiting: Waiting, seqs: readonly number[]): Promise<void> {
    if (this.#lookups >= LOOKUPS_MAX) {
      waiting.answer(comeBack(300));
      return;
    }
    this.#lookups += 1;
    try {
      const { store, engine } = this.#options;
      for (const seq of seqs) {
        const events = await readStoredCommand(store, this.sessionId, seq);
        const first = events[0];
        if (first?.commandId !== waiting.command.id || first.by !== waiting.sender.id) continue;
        const same = first.commandHash === waiting.hash;
        waiting.answer(same ? engine.answerOf(waiting.command.type, events) : reject("command.idReused"));
        return;
      }
      if (this.#phase === "ended" || this.#stalled) {
        waiting.answer(comeBack(500));
      } else {
        this.#room.putBack([{ ...waiting, fresh: true }]);
        this.#kick();
      }
    } catch (error) {
      if (error instanceof StoreUnavailableError) waiting.answer(comeBack(1_000));
      else waiting.fail(new Error("looking up a command failed", { cause: error }));
    } finally {
      this.#lookups -= 1;
    }
  }

  /** Folds the log anew: the state in memory is not what the log says. */
  async #reload(): Promise<void> {
    const { engine, store, saved, log } = this.#options;
    await this.#withStall(
      () => [],
      async () => {
        while (this.#phase !== "ended") {
          try {
            const recovered = await recover({ sessionId: this.sessionId, engine, store, saved });
            this.#fold = recovered.fold;
            this.#savedSeq = recovered.savedSeq;
            this.#ahead = false;
            this.#views.replace(recovered.fold.state);
            return;
          } catch (error) {
            log.error({ err: error, sessionId: this.sessionId }, "can't read the log");
            if (error instanceof StoreUnavailableError) await sleep(RELOAD_PAUSE_MS);
            else this.end("unreadable");
          }
        }
      },
    );
  }

  /** When `work` has no end within 2 s, everybody who waits is told to come back, and whoever comes meanwhile. */
  async #withStall<T>(inHand: () => readonly Waiting[], work: () => Promise<T>): Promise<T> {
    const timer = setTimeout(() => {
      this.#stalled = true;
      for (const waiting of [...inHand(), ...this.#room.takeAll()]) waiting.answer(comeBack(1_000));
      this.#gapQueue.fail(new BusyError(500));
    }, UNKNOWN_MS);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      this.#stalled = false;
    }
  }

  /** A slice or a due that throws is a bug of one op; it must not take the writer of the show with it. */
  #showFrames(): void {
    try {
      this.#views.inGap();
    } catch (err) {
      this.#options.log.error({ err, sessionId: this.sessionId }, "a view failed");
    }
  }

  #dues(): readonly Due[] {
    try {
      return this.#options.engine.due(this.#fold.state);
    } catch (err) {
      this.#options.log.error({ err, sessionId: this.sessionId }, "finding what falls due failed");
      return [];
    }
  }

  /** State equals log: the only place where views, reads and snapshots are made. */
  #gap(): void {
    this.#showFrames();
    this.#gapQueue.run();
    this.#timer.arm();
    const unsaved = this.seq - this.#savedSeq;
    // About a twentieth of the log at most is folded at recovery, and no state is written too often.
    if (unsaved >= Math.max(SNAPSHOT_EVENTS_MIN, this.seq / 20)) {
      this.#savedSeq = this.seq;
      this.#options.saved.wish(this.sessionId);
    }
  }
}

function comeBack(retryAfterMs: number): CommandAnswer {
  return { status: "retry", retryAfterMs };
}

function unavailable(error: unknown): "unavailable" {
  if (error instanceof StoreUnavailableError) return "unavailable";
  throw error;
}
