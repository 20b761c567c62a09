import { setTimeout as sleep } from "node:timers/promises";
import { REPORT_MS } from "#domain/ops/rehearsal.ts";
import type { RehearsalApi } from "./api.ts";
import { createAudience, type AudienceModel, type Doings } from "./audience-model.ts";
import type { ControlView } from "./control-view.ts";
import { createChance } from "./chance.ts";
import { PhoneLife } from "./phone-life.ts";
import { createPilot, type Pilot } from "./pilot.ts";
import { sceneOf } from "./scene.ts";
import { createSpread, type SpreadAct, type SpreadModel } from "./spread-model.ts";
import type { StandInPhones } from "./stand-in-phones.ts";

/**
 * Runs a rehearsal: steps the show's clock, lets the audience (and, where nobody is at the desk, the pilot) act, and carries out through the public
 * API what they do. Its orders (speed, pause, stop) it reads in the show itself, where it also tells how it goes; so it obeys a screen on any node, and
 * gives way to the simulator that took its place. It holds nothing that matters: stopped in the middle, the show is as real as its log.
 */

export type RehearsalPlan = {
  readonly sessionId: string;
  readonly runId: string;
  readonly seed: number;
  /** How much show time at most. */
  readonly minutes: number;
  /** Without one it is a 走流程: the clock runs, nobody comes. */
  readonly audience: boolean;
  /** Whether Kaibo itself plays the operator, for the sample show. */
  readonly pilot: boolean;
};

export type RehearsalProgress = {
  readonly showAt: number;
  readonly endsAt: number;
  readonly online: number;
  readonly orders: number;
  readonly refused: number;
};

/** Real time between two steps. */
const STEP_REAL_MS = 250;
const REPORT_REAL_MS = REPORT_MS / 2;
const AT_ONCE = 8;
/** A show of which nothing is heard for so long is left to another simulator. Real time, as are the next two. */
const SILENT_MS_MAX = 30_000;
/** An end that had no effect, as where it was refused or its answer was lost, is pressed again. */
const END_AGAIN_MS = 2_000;
const END_MS_MAX = 60_000;
/** Show time before the first thing that happens. */
const WARM_UP_MS = 30_000;
/** Pushes that are due longer before the start are not waited for. */
const EARLY_MS_MAX = 30 * 60_000;

/** A rehearsal that began at its start would find its 开播提醒 too late to go out. */
function firstPushAt({ session, pushes }: ControlView): number {
  const from = session.plannedStartAt - EARLY_MS_MAX;
  const times = pushes.flatMap(({ sendAt, rounds, held, closed }) =>
    sendAt === null || sendAt < from || rounds > 0 || held || closed ? [] : [sendAt],
  );
  return session.startedAt === null ? Math.min(Infinity, ...times) : Infinity;
}

export class RehearsalRunner {
  readonly #api: RehearsalApi;
  readonly #plan: RehearsalPlan;
  readonly #audience: AudienceModel | undefined;
  readonly #pilot: Pilot | undefined;
  readonly #phones: PhoneLife | undefined;
  readonly #spread: SpreadModel | undefined;
  #orders = 0;
  #refused = 0;
  #online = 0;
  #endPressedAt = -Infinity;

  /** `phones`: those of the people whom pushes reach; null: nobody has one. */
  constructor(api: RehearsalApi, plan: RehearsalPlan, phones: StandInPhones | null) {
    this.#api = api;
    this.#plan = plan;
    this.#audience = plan.audience ? createAudience(plan.seed) : undefined;
    this.#pilot = plan.pilot ? createPilot() : undefined;
    const { seed } = plan;
    const spread = plan.audience ? createSpread(seed) : undefined;
    this.#spread = spread;
    if (phones && spread && this.#audience) {
      // A chance of its own: what people do with their phones must not change what the audience does.
      const chance = createChance(seed + 1);
      this.#phones = new PhoneLife({ api, phones, audience: this.#audience, chance, seed, spread });
    }
  }

  /** Resolves when the time is up, the show has ended, it was stopped, or another simulator has taken over. */
  async run(onProgress: (progress: RehearsalProgress) => void): Promise<void> {
    await this.#api.open();
    let { showAt, endsAt } = this.#beginning();
    let hasBegun = false;
    let reportAt = 0;
    const report = async () => {
      const progress = { endsAt, online: this.#online, orders: this.#orders, refused: this.#refused };
      onProgress({ ...progress, showAt });
      await this.#api.command("rehearsal.report", { ...progress, runId: this.#plan.runId });
      reportAt = performance.now() + REPORT_REAL_MS;
    };
    let overAt = Infinity;
    for (let nextAt = performance.now(); ;) {
      nextAt = Math.max(nextAt + STEP_REAL_MS, performance.now() - STEP_REAL_MS);
      await sleep(Math.max(0, nextAt - performance.now()));
      if (this.#api.silentMs() > SILENT_MS_MAX) throw new Error("nothing is heard of the show");
      const orders = this.#told();
      if (!orders) return;
      if (!orders.paused && showAt < endsAt) {
        const stepMs = Math.round(STEP_REAL_MS * orders.speed);
        // Somebody may have pressed 开播 since.
        if (!hasBegun) ({ showAt, endsAt } = this.#beginning());
        showAt += stepMs;
        const isDone = await this.#api.stepClock(showAt);
        hasBegun ||= isDone;
        if (!hasBegun) continue;
        await this.#step(showAt, stepMs);
      }
      if (showAt >= endsAt) await this.#pressEnd();
      if (performance.now() >= reportAt) await report();
      if (this.#api.view().session.phase === "ended") break;
      // What an old view says of the show's end may be over.
      if (showAt < endsAt || this.#api.silentMs() > 2 * REPORT_MS) continue;
      if (!this.#pilot || this.#pilot.finish(this.#api.view()).length === 0) break;
      overAt = Math.min(overAt, performance.now());
      if (performance.now() > overAt + END_MS_MAX) throw new Error("the show does not end");
    }
    await this.#phones?.end();
    await report();
    await this.#api.command("rehearsal.finish", { runId: this.#plan.runId, failed: null });
  }

  /** Where the show's clock begins, and when the rehearsal is over, in show time: by the plan, or by the start where that was. */
  #beginning(): { showAt: number; endsAt: number } {
    const view = this.#api.view();
    const planned = Math.min(view.session.plannedStartAt, view.session.startedAt ?? Infinity) - WARM_UP_MS;
    const showAt = Math.max(view.at, Math.min(planned, firstPushAt(view) - WARM_UP_MS));
    return { showAt, endsAt: view.run?.endsAt ?? Math.max(view.at, planned) + this.#plan.minutes * 60_000 };
  }

  /** By whoever plays the operator; again when it had no effect. */
  async #pressEnd(): Promise<void> {
    if (!this.#pilot || performance.now() < this.#endPressedAt + END_AGAIN_MS) return;
    const commands = this.#pilot.finish(this.#api.view());
    if (commands.length === 0) return;
    this.#endPressedAt = performance.now();
    await this.#sendAll(commands);
  }

  /** `undefined`: this simulator has nothing more to do here. */
  #told(): { readonly speed: number; readonly paused: boolean } | undefined {
    const { run } = this.#api.view();
    const isOurs = run?.runId === this.#plan.runId && (run.state === "on" || run.state === "lost");
    return isOurs ? run : undefined;
  }

  async #step(showAt: number, stepMs: number): Promise<void> {
    if (this.#pilot) await this.#sendAll(this.#pilot.step(this.#api.view(), showAt));
    if (!this.#audience) return;
    const doings = this.#audience.step(sceneOf(this.#api.view(), showAt), stepMs);
    this.#online = doings.sample.online;
    this.#orders += doings.orders.length;
    this.#phones?.step(this.#api.view(), showAt);
    await Promise.all([this.#carryOut(doings), this.#getAbout(showAt, stepMs)]);
  }

  /** Word of the show gets about: by links, from friend to friend. */
  async #getAbout(showAt: number, stepMs: number): Promise<void> {
    const { session, sourceCodes } = this.#api.view();
    const { phase, plannedStartAt } = session;
    const acts = (this.#spread?.step({ at: showAt, phase, plannedStartAt, sourceCodes }, stepMs) ?? []).toReversed();
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let act = acts.pop(); act; act = acts.pop()) if (!(await this.#actOfSpread(act, showAt))) this.#refused += 1;
    });
    await Promise.all(workers);
  }

  /** Whether they could; what is refused here is part of the story. */
  async #actOfSpread(act: SpreadAct, showAt: number): Promise<boolean> {
    switch (act.kind) {
      case "come": {
        const code = await this.#api.comeAndSignUp(act);
        if (code !== undefined) this.#spread?.signedUp(act.name, code);
        return code !== undefined;
      }
      case "again":
        return this.#api.again(act.name);
      case "cancel":
        return this.#api.cancelSignup(act.name);
      case "watch":
        this.#audience?.comeAs({ personId: act.name, personKey: this.#api.keyOf(act.name) }, showAt);
        return this.#api.openPage(act.name);
    }
  }

  async #carryOut({ claims, entries, orders, comments, sample }: Doings): Promise<void> {
    const claim = async ({ personId, couponId, via }: Doings["claims"][number]) => {
      const code = await this.#api.claim(personId, couponId, via);
      if (code !== undefined) this.#audience?.hold(personId, { couponId, code });
      return code !== undefined;
    };
    const acts = [
      ...claims.map((one) => () => claim(one)),
      ...entries.map(
        ({ personId, lotteryId, via }) =>
          () =>
            this.#api.enter(personId, lotteryId, via),
      ),
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
