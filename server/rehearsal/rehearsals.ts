import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import type { ShowState } from "#domain/engine.ts";
import { engine, type CommandInput, type CommandType } from "#domain/ops/index.ts";
import { isUnderWay, type RehearsalState, type Run } from "#domain/ops/rehearsal.ts";
import type { CommandAnswer } from "#domain/wire.ts";
import { inheritedEnv } from "../env.ts";
import type { Logger } from "../lib/log.ts";
import { SYSTEM, type Directory, type Sender } from "../live/directory-contract.ts";
import type { WorkerNews, WorkerStart } from "./rehearsal-worker.ts";
import type { RehearsalPlan } from "./runner.ts";

/**
 * The simulators that run on this node, one process each. What a rehearsal is at stands in its show's log, for every node; a simulator that went with
 * its node is replaced by the node that opens the show next, one that failed or died by this node, twice.
 */
export type Rehearsals = {
  /** The show's own answer, or why this node takes no more. */
  begin(sessionId: string, plan: RehearsalWish, by: Sender): Promise<CommandAnswer | "rehearsal.tooMany">;
  /** Goes on with a rehearsal whose simulator went with its node. To be called when a show is opened here. */
  resume(sessionId: string, state: ShowState): void;
  /** Resolves when its simulator on this node is gone, in whatever way. */
  ended(sessionId: string): Promise<void>;
  close(): Promise<void>;
};

export type RehearsalWish = Omit<CommandInput<"rehearsal.begin">, "runId">;

type Simulator = { readonly child: ChildProcess; readonly runId: string; readonly ended: Promise<void> };

export type RehearsalsConfig = {
  readonly directory: Pick<Directory, "send">;
  readonly baseUrl: string;
  tokenFor(sessionId: string): string;
  /** Where the phones of the people whom its pushes reach are. */
  phonesUrl(): Promise<string>;
  /** Resolves when `baseUrl` answers. */
  readonly listening: Promise<void>;
  readonly log: Logger;
};

/** Two cores carry two audiences beside the server. */
const AT_ONCE = 2;
/** So often one that failed or died is replaced, before its rehearsal has failed. */
const REPLACED_MAX = 2;
/** One that says nothing for so long hangs: each thing that it waits for ends earlier. */
const SILENT_MS_MAX = 120_000;

export function createRehearsals(config: RehearsalsConfig): Rehearsals {
  return new NodeRehearsals(config);
}

export const rehearsalOf = (state: ShowState): RehearsalState | undefined =>
  state.slices["rehearsal"] as RehearsalState | undefined;

class NodeRehearsals implements Rehearsals {
  readonly #config: RehearsalsConfig;
  readonly #simulators = new Map<string, Simulator>();
  /** Those whose show has not answered yet. */
  #beginning = 0;
  #closed = false;

  constructor(config: RehearsalsConfig) {
    this.#config = config;
  }

  async begin(sessionId: string, wish: RehearsalWish, by: Sender): Promise<CommandAnswer | "rehearsal.tooMany"> {
    if (this.#isFull()) return "rehearsal.tooMany";
    return this.#inPlace(async () => {
      const runId = randomUUID();
      const answer = await this.#send(sessionId, "rehearsal.begin", { ...wish, runId }, by);
      if (answer.status === "ok") {
        const { seed, minutes, audience, pilot } = wish;
        this.#start({ sessionId, runId, seed, minutes, audience, pilot });
      }
      return answer;
    });
  }

  resume(sessionId: string, state: ShowState): void {
    const found = rehearsalOf(state);
    const run = found?.run ?? null;
    if (!found || !isUnderWay(run) || this.#simulators.get(sessionId)?.runId === run.runId) return;
    this.#takeOver(sessionId, run, found.simulators).catch((err: unknown) =>
      this.#config.log.error({ err, sessionId }, "a rehearsal could not go on"),
    );
  }

  async ended(sessionId: string): Promise<void> {
    await this.#simulators.get(sessionId)?.ended;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const all = [...this.#simulators.values()];
    for (const { child } of all) if (child.connected) child.disconnect();
    await Promise.all(all.map(({ ended }) => ended));
  }

  async #takeOver(sessionId: string, run: Run, simulators: number): Promise<void> {
    await this.#config.listening;
    if (this.#closed || this.#isFull()) return;
    await this.#inPlace(async () => {
      const runId = randomUUID();
      const answer = await this.#send(sessionId, "rehearsal.resume", { runId, insteadOf: run.runId }, SYSTEM);
      if (answer.status !== "ok") return;
      this.#config.log.info({ sessionId }, "a rehearsal goes on");
      const { seed, minutes, audience, pilot } = run;
      this.#start({ sessionId, runId, seed: nextSeed(seed, simulators), minutes, audience, pilot });
    });
  }

  #isFull(): boolean {
    return this.#simulators.size + this.#beginning >= AT_ONCE;
  }

  /** Keeps a place while the show is asked: those who ask in the same moment find it taken. */
  async #inPlace<T>(begin: () => Promise<T>): Promise<T> {
    this.#beginning += 1;
    try {
      return await begin();
    } finally {
      this.#beginning -= 1;
    }
  }

  /** `replaced`: how many simulators of this rehearsal failed here before. */
  #start(plan: RehearsalPlan, replaced = 0): void {
    const { sessionId, runId, audience } = plan;
    const child = fork(path.join(import.meta.dirname, "rehearsal-worker.ts"), [], {
      env: { ...inheritedEnv(), NODE_ENV: "production" },
      execArgv: [],
      stdio: ["ignore", 2, 2, "ipc"],
    });
    let failed = "the simulator stopped";
    const hangs = setTimeout(() => {
      failed = "the simulator hung";
      child.kill("SIGKILL");
    }, SILENT_MS_MAX);
    const ended = new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.once("error", (error) => {
        failed = error.message;
        // One that never got a pid does not exit; without a listener its error would end this process.
        if (child.pid === undefined) resolve();
      });
    }).then(() => {
      clearTimeout(hangs);
      if (this.#simulators.get(sessionId) === simulator) this.#simulators.delete(sessionId);
      return this.#closed ? undefined : this.#goOnOrFinish(plan, replaced, failed);
    });
    const simulator = { child, runId, ended };
    child.on("message", (news: WorkerNews) => {
      hangs.refresh();
      if (news.kind === "failed") failed = news.message;
    });
    const before = this.#simulators.get(sessionId)?.child;
    if (before?.connected) before.disconnect();
    this.#simulators.set(sessionId, simulator);
    const { baseUrl, tokenFor } = this.#config;
    void this.#phonesUrl(audience).then((phonesUrl) => {
      const start = { kind: "start", baseUrl, token: tokenFor(sessionId), plan, phonesUrl } satisfies WorkerStart;
      if (child.connected) child.send(start);
    });
  }

  /** Resolves when whoever took its place is gone too. */
  async #goOnOrFinish(plan: RehearsalPlan, replaced: number, reason: string): Promise<void> {
    const { sessionId } = plan;
    try {
      const isReplaced = replaced < REPLACED_MAX && (await this.#replace(plan, replaced, reason));
      if (isReplaced) return await this.ended(sessionId);
    } catch (err) {
      this.#config.log.error({ err, sessionId, reason }, "a simulator could not be replaced");
    }
    return this.#finish(sessionId, plan.runId, reason);
  }

  /** False where nothing is left to go on with, as when all went well, or another one has it by now. */
  async #replace(plan: RehearsalPlan, replaced: number, reason: string): Promise<boolean> {
    const { sessionId, seed } = plan;
    const runId = randomUUID();
    const answer = await this.#send(sessionId, "rehearsal.resume", { runId, insteadOf: plan.runId }, SYSTEM);
    if (answer.status !== "ok" || this.#closed) return false;
    this.#config.log.warn(
      { sessionId, reason, replaced: replaced + 1 },
      "a simulator failed, another one takes its place",
    );
    this.#start({ ...plan, runId, seed: nextSeed(seed, 1) }, replaced + 1);
    return true;
  }

  /** A rehearsal without phones is one all the same. */
  async #phonesUrl(audience: boolean): Promise<string | null> {
    if (!audience) return null;
    try {
      return await this.#config.phonesUrl();
    } catch (err) {
      this.#config.log.warn({ err }, "a rehearsal begins without the phones of its people");
      return null;
    }
  }

  /** Refused where the simulator has said so itself, as it does when all went well. */
  async #finish(sessionId: string, runId: string, failed: string): Promise<void> {
    const { log } = this.#config;
    try {
      const told = { runId, failed: failed.slice(0, 400) };
      const answer = await this.#send(sessionId, "rehearsal.finish", told, SYSTEM);
      if (answer.status === "ok") log.error({ sessionId, reason: failed }, "a rehearsal failed");
    } catch (err) {
      log.error({ err, sessionId, reason: failed }, "a rehearsal's end could not be told");
    }
  }

  async #send<T extends CommandType>(sessionId: string, type: T, input: CommandInput<T>, by: Sender) {
    const checked = engine.parse({ id: randomUUID(), type, input });
    return "parsed" in checked ? this.#config.directory.send(sessionId, checked.parsed, by) : checked;
  }
}

/** A prime far from what people type as seeds. */
const SEED_STEP = 104_729;
const SEEDS = 2 ** 31;

/** Another one for each simulator: the ids of orders and persons follow from it, and those of the others are taken. */
const nextSeed = (seed: number, simulators: number): number => (seed + simulators * SEED_STEP) % SEEDS;
