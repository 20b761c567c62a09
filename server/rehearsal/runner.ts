import { setTimeout as sleep } from "node:timers/promises";
import type { RehearsalApi } from "./api.ts";
import { createAudience, type AudienceModel, type Doings } from "./audience-model.ts";
import { createPilot, type Pilot } from "./pilot.ts";
import { sceneOf } from "./scene.ts";

/**
 * Runs a rehearsal: steps the show's clock, lets the audience (and, where nobody is at the desk, the pilot) act, and carries out through the public
 * API what they do. It holds nothing that matters: stopped in the middle, the show is as real as its log.
 */

export type RehearsalPlan = {
  readonly sessionId: string;
  readonly seed: number;
  /** How much show time at most. */
  readonly minutes: number;
  /** Show seconds in a real second, 1 to 60. */
  readonly speed: number;
  /** Without one it is a 走流程: the clock runs, nobody comes. */
  readonly audience: boolean;
  /** Whether Kaibo itself plays the operator, for the sample show. */
  readonly pilot: boolean;
};

export type RehearsalProgress = {
  readonly showAt: number;
  readonly endsAt: number;
  readonly speed: number;
  readonly online: number;
  readonly orders: number;
  readonly refused: number;
  readonly done: boolean;
};

/** Real time between two steps. */
const STEP_REAL_MS = 250;
const AT_ONCE = 8;

export class RehearsalRunner {
  readonly #api: RehearsalApi;
  readonly #plan: RehearsalPlan;
  readonly #audience: AudienceModel | undefined;
  readonly #pilot: Pilot | undefined;
  #speed: number;
  #stopped = false;
  #paused = false;
  #orders = 0;
  #refused = 0;
  #online = 0;

  constructor(api: RehearsalApi, plan: RehearsalPlan) {
    this.#api = api;
    this.#plan = plan;
    this.#speed = plan.speed;
    this.#audience = plan.audience ? createAudience(plan.seed) : undefined;
    this.#pilot = plan.pilot ? createPilot() : undefined;
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
  }

  setPaused(paused: boolean): void {
    this.#paused = paused;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Resolves when the time is up, the show has ended, or it was stopped. */
  async run(onProgress: (progress: RehearsalProgress) => void): Promise<void> {
    await this.#api.open();
    const first = this.#api.view();
    const from = Math.max(
      first.at,
      Math.min(first.session.plannedStartAt, first.session.startedAt ?? Infinity) - 30_000,
    );
    const endsAt = from + this.#plan.minutes * 60_000;
    let showAt = from;
    const say = (done: boolean) =>
      onProgress({
        showAt,
        endsAt,
        speed: this.#speed,
        online: this.#online,
        orders: this.#orders,
        refused: this.#refused,
        done,
      });
    for (let nextAt = performance.now(); !this.#stopped;) {
      nextAt = Math.max(nextAt + STEP_REAL_MS, performance.now() - STEP_REAL_MS);
      await sleep(Math.max(0, nextAt - performance.now()));
      if (this.#paused) continue;
      const stepMs = Math.round(STEP_REAL_MS * this.#speed);
      showAt += stepMs;
      await this.#api.stepClock(showAt);
      await this.#step(showAt, stepMs);
      say(false);
      if (showAt >= endsAt || this.#api.view().session.phase === "ended") break;
    }
    if (this.#pilot) await this.#sendAll(this.#pilot.finish(this.#api.view()));
    say(true);
  }

  async #step(showAt: number, stepMs: number): Promise<void> {
    if (this.#pilot) await this.#sendAll(this.#pilot.step(this.#api.view(), showAt));
    if (!this.#audience) return;
    const doings = this.#audience.step(sceneOf(this.#api.view(), showAt), stepMs);
    this.#online = doings.sample.online;
    this.#orders += doings.orders.length;
    await this.#carryOut(doings);
  }

  async #carryOut({ claims, entries, orders, comments, sample }: Doings): Promise<void> {
    const claim = async (personId: string, couponId: string) => {
      const code = await this.#api.claim(personId, couponId);
      if (code !== undefined) this.#audience?.hold(personId, { couponId, code });
      return code !== undefined;
    };
    const acts = [
      ...claims.map(
        ({ personId, couponId }) =>
          () =>
            claim(personId, couponId),
      ),
      ...entries.map((entry) => () => this.#api.enter(entry.personId, entry.lotteryId)),
    ];
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let act = acts.pop(); act; act = acts.pop()) if (!(await act())) this.#refused += 1;
    });
    await Promise.all([
      ...workers,
      this.#api.ingest("orders", orders),
      this.#api.ingest("comments", comments),
      this.#api.ingest("audience", [sample]),
    ]);
  }

  async #sendAll(commands: ReturnType<Pilot["step"]>): Promise<void> {
    for (const command of commands) if (!(await this.#api.command(command.type, command.input))) this.#refused += 1;
  }
}
