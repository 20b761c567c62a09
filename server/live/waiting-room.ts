import type { Command } from "#domain/engine.ts";
import type { CommandAnswer } from "#domain/wire.ts";
import { commandHash, commandKey } from "./command-hash.ts";
import type { Sender } from "./directory-contract.ts";
import type { Lane, LiveMetrics } from "./live-metrics.ts";

/**
 * Commands that wait undecided, in two lanes. Staff, screens and the system itself (armed acts, what falls due) go first: a hand or a promise in time
 * waits on them. Viewers and programs share the other lane: both send the same again by themselves, and a storm of either must not delay an operator.
 * The staff lane is far shorter than a batch, so it can't starve the crowd.
 */
export type Waiting = {
  readonly command: Command;
  readonly sender: Sender;
  readonly hash: string;
  readonly key: string;
  readonly lane: Lane;
  readonly receivedAt: number;
  /** Seqs that were looked up in the log: another command begins there. */
  readonly notAt: readonly number[];
  /** Decided in a batch of its own, after a batch that the database refused. */
  readonly solo: boolean;
  /** Exactly one of both is called, once; later calls do nothing. */
  readonly answer: (answer: CommandAnswer) => void;
  readonly fail: (error: Error) => void;
};

export const STAFF_LANE_MAX = 400;
export const CROWD_LANE_MAX = 5_000;

export function laneOf(sender: Sender): Lane {
  const crowd = sender.grants.every((grant) => grant === "viewer" || grant === "program");
  return crowd ? "crowd" : "staff";
}

/** A command as it comes in; `answered` settles with its one answer, or fails with a bug. */
export function arrive(
  command: Command,
  sender: Sender,
  metrics: LiveMetrics,
): { waiting: Waiting; answered: Promise<CommandAnswer> } {
  const { promise, resolve, reject } = Promise.withResolvers<CommandAnswer>();
  let open = true;
  const waiting: Waiting = {
    command,
    sender,
    hash: commandHash(command.type, command.input),
    key: commandKey(sender.id, command.id),
    lane: laneOf(sender),
    receivedAt: performance.now(),
    notAt: [],
    solo: false,
    answer: (answer) => {
      if (!open) return;
      open = false;
      metrics.answered(command.type, answer.status);
      if (answer.status === "rejected") metrics.refused(answer.code);
      resolve(answer);
    },
    fail: (error) => {
      if (!open) return;
      open = false;
      metrics.answered(command.type, "error");
      reject(error);
    },
  };
  return { waiting, answered: promise };
}

export class WaitingRoom {
  readonly #lanes: Record<Lane, Waiting[]> = { staff: [], crowd: [] };
  readonly #heads: Record<Lane, number> = { staff: 0, crowd: 0 };

  get size(): number {
    return this.length("staff") + this.length("crowd");
  }

  length(lane: Lane): number {
    return this.#lanes[lane].length - this.#heads[lane];
  }

  /** False when the lane is full. */
  offer(waiting: Waiting): boolean {
    const max = waiting.lane === "staff" ? STAFF_LANE_MAX : CROWD_LANE_MAX;
    if (this.length(waiting.lane) >= max) return false;
    this.#lanes[waiting.lane].push(waiting);
    return true;
  }

  /** Puts back what had been taken; before all others, bounds aside. */
  putBack(waiting: readonly Waiting[]): void {
    for (const lane of ["staff", "crowd"] as const) {
      const rest = this.#lanes[lane].slice(this.#heads[lane]);
      this.#lanes[lane] = [...waiting.filter((one) => one.lane === lane), ...rest];
      this.#heads[lane] = 0;
    }
  }

  peek(): Waiting | undefined {
    return this.#lanes.staff[this.#heads.staff] ?? this.#lanes.crowd[this.#heads.crowd];
  }

  take(): Waiting | undefined {
    const lane: Lane = this.length("staff") > 0 ? "staff" : "crowd";
    const taken = this.#lanes[lane][this.#heads[lane]];
    if (!taken) return undefined;
    this.#heads[lane] += 1;
    // Taken ones are cut off now and then, not one by one: shifting a long array costs its length.
    if (this.length(lane) === 0 || this.#heads[lane] > STAFF_LANE_MAX + CROWD_LANE_MAX) {
      this.#lanes[lane] = this.#lanes[lane].slice(this.#heads[lane]);
      this.#heads[lane] = 0;
    }
    return taken;
  }

  takeAll(): Waiting[] {
    const all: Waiting[] = [];
    for (let next = this.take(); next; next = this.take()) all.push(next);
    return all;
  }
}
