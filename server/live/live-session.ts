import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { EventStore } from "#db/event-store-contract.ts";
import type { Command, Engine, ShowState } from "#domain/engine.ts";
import type { Audience, Due, Json } from "#domain/op.ts";
import type { CommandAnswer, Snapshot } from "#domain/wire.ts";
import type { Logger } from "../lib/log.ts";
import type { Vault } from "../lib/vault.ts";
import { AudienceViews } from "./audience-views.ts";
import { comeBack } from "./come-back.ts";
import { BusyError, SYSTEM, type FrameListener, type Sender } from "./directory-contract.ts";
import { GapQueue } from "./gap-queue.ts";
import type { HeldLease } from "./leases.ts";
import type { Lane, LiveMetrics } from "./live-metrics.ts";
import type { Recovered, SavedFolds } from "./recover.ts";
import { ShowClock } from "./show-clock.ts";
import { SnapshotPace } from "./snapshot-pace.ts";
import { DueTimer } from "./timers.ts";
import { arrive } from "./waiting-room.ts";
import { WriteLoop, type EndReason } from "./write-loop.ts";

/**
 * The one writer of a show as others see it. `WriteLoop` stores commands and answers them; views, reads and snapshots are made here, and only in a gap of
 * the loop, when the state is what the log says: nothing is shown before it is stored.
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

/** While batch follows batch, one gap in this time: looking for frames and dues after every single batch would cost more than it shows sooner. */
const GAP_MS = 20;

export class LiveSession {
  readonly sessionId: string;
  readonly #options: LiveSessionOptions;
  readonly #loop: WriteLoop;
  readonly #gapQueue = new GapQueue();
  readonly #clock: ShowClock;
  readonly #views: AudienceViews;
  readonly #timer: DueTimer;
  readonly #snapshots: SnapshotPace;
  /** The calm after a crowd may bring no command that would be the occasion. */
  #calmTimer: NodeJS.Timeout | undefined;
  /** As of the last commit: what is decided ahead neither fires nor takes back what falls due. */
  #dues: readonly Due[] = [];
  #phase: "open" | "closing" | "ended" = "open";
  #lastGapAt = 0;
  #lastUsedAt = performance.now();

  constructor(options: LiveSessionOptions, { fold, savedSeq }: Recovered) {
    this.sessionId = options.sessionId;
    this.#options = options;
    this.#snapshots = new SnapshotPace(savedSeq, performance.now());
    this.#clock = new ShowClock(options.wall);
    this.#loop = new WriteLoop(
      {
        ...options,
        clock: this.#clock,
        wantsGap: () => !this.#gapQueue.isEmpty || performance.now() - this.#lastGapAt >= GAP_MS,
        onGap: () => this.#gap(),
        onStall: () => this.#gapQueue.fail(new BusyError(500)),
        onReload: (recovered) => {
          this.#snapshots.done(recovered.savedSeq, performance.now());
          this.#views.replace(recovered.fold.state);
        },
        onEnd: (reason) => this.end(reason),
      },
      fold,
    );
    this.#views = new AudienceViews(fold.state, {
      engine: options.engine,
      metrics: options.metrics,
      wantGap: () => {
        if (this.#loop.stateIsLog) this.#showFrames();
      },
      onListenerError: (err) => options.log.error({ err, sessionId: this.sessionId }, "a frame's listener failed"),
    });
    this.#timer = new DueTimer({
      due: () => this.#storedDues(),
      showNow: () => this.#clock.now(this.#loop.state),
      realNow: () => this.#clock.real(),
      stepped: () => this.#clock.stepped(this.#loop.state),
      fire: ({ id, type, input }) => this.send({ id, type, input }, SYSTEM),
      onError: (err, due) => options.log.error({ err, sessionId: this.sessionId, due: due.id }, "what fell due failed"),
    });
    this.#timer.arm();
  }

  get seq(): number {
    return this.#loop.state.seq;
  }

  /** For the lease: when somebody must be awake for this show. */
  get dueAt(): number | null {
    return this.#timer.nextAt();
  }

  /** Commands that wait to be decided. */
  waiting(lane: Lane): number {
    return this.#loop.room.length(lane);
  }

  /** Milliseconds without a command, a read or a watcher. */
  get idleMs(): number {
    const busy = this.#loop.isActive || this.#views.watchers > 0;
    return busy ? 0 : performance.now() - this.#lastUsedAt;
  }

  send(command: Command, sender: Sender): Promise<CommandAnswer> {
    this.#lastUsedAt = performance.now();
    const { waiting, answered } = arrive(command, sender, this.#options.metrics);
    if (this.#phase !== "open") waiting.answer(comeBack(300));
    else if (this.#loop.isStalled) waiting.answer(comeBack(1_000));
    else if (this.#loop.room.offer(waiting)) this.#loop.kick();
    else waiting.answer(comeBack(500));
    return answered;
  }

  /** Runs `look` on the state as of the last commit. */
  read<T>(look: (state: ShowState) => T): Promise<T> {
    return this.#inGap(() => look(this.#loop.state));
  }

  snapshot(audience: Audience): Promise<Snapshot> {
    return this.#inGap(() => {
      const snapshot = this.#views.snapshot(audience);
      const clock = this.#clock.steps(this.#loop.state);
      return clock ? { ...snapshot, clock } : snapshot;
    });
  }

  me(personId: string): Promise<Record<string, Json>> {
    return this.#inGap(() => this.#options.engine.me(this.#loop.state, personId));
  }

  watch(audience: Audience, listener: FrameListener): Promise<() => void> {
    return this.#inGap(() => this.#views.watch(audience, listener));
  }

  async stepClock(to: number): Promise<boolean> {
    const { stepped, note } = await this.#inGap(() => {
      const done = this.#clock.step(this.#loop.state, to);
      if (done) this.#timer.arm();
      return { stepped: done, note: done && this.#clock.wantsNote(this.#loop.state) };
    });
    // A note that is not taken now is wanted again with the next step.
    if (note) await this.send({ id: randomUUID(), type: "rehearsal.noteClock", input: {} }, SYSTEM);
    return stepped;
  }

  /** Stores what waits, then lets go. Takes no new command. */
  async close(deadlineMs: number): Promise<void> {
    if (this.#phase === "open") this.#phase = "closing";
    await Promise.race([this.#loop.running, sleep(deadlineMs, undefined, { ref: false })]);
    this.end("closed");
  }

  end(reason: EndReason): void {
    if (this.#phase === "ended") return;
    this.#phase = "ended";
    this.#timer.stop();
    clearTimeout(this.#calmTimer);
    this.#views.stop();
    this.#loop.end();
    this.#gapQueue.fail(new BusyError(500));
    if (reason !== "closed") this.#options.metrics.lost(reason);
    this.#options.onEnd(reason);
  }

  #inGap<T>(work: () => T): Promise<T> {
    this.#lastUsedAt = performance.now();
    if (this.#phase === "ended" || this.#loop.isStalled) return Promise.reject(new BusyError(500));
    return this.#gapQueue.add(work, !this.#loop.stateIsLog);
  }

  /** A slice or a due that throws is a bug of one op; it must not take the writer of the show with it. */
  #showFrames(): void {
    try {
      this.#views.inGap();
    } catch (err) {
      this.#options.log.error({ err, sessionId: this.sessionId }, "a view failed");
    }
  }

  #storedDues(): readonly Due[] {
    if (!this.#loop.stateIsLog) return this.#dues;
    try {
      this.#dues = this.#options.engine.due(this.#loop.state);
    } catch (err) {
      this.#options.log.error({ err, sessionId: this.sessionId }, "finding what falls due failed");
      this.#dues = [];
    }
    return this.#dues;
  }

  /** State equals log: the only place where views, reads and snapshots are made. */
  #gap(): void {
    this.#lastGapAt = performance.now();
    this.#showFrames();
    this.#gapQueue.run();
    this.#timer.arm();
    this.#saveWhenDue();
  }

  #saveWhenDue(): void {
    if (this.#snapshots.isDue(this.seq, performance.now())) {
      this.#snapshots.asked();
      void this.#options.saved.wish(this.sessionId).then((seq) => this.#snapshots.done(seq, performance.now()));
    }
    const againMs = this.#snapshots.askAgainMs(this.seq);
    if (againMs === null || this.#calmTimer) return;
    this.#calmTimer = setTimeout(() => {
      this.#calmTimer = undefined;
      if (this.#phase === "open") this.#saveWhenDue();
    }, againMs).unref();
  }
}
