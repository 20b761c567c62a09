import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import type { Command, Engine } from "#domain/engine.ts";
import type { CommandAnswer, Frame, Snapshot } from "#domain/wire.ts";
import { breaks, chainRules, Head, refuses } from "#tests/support/chain.ts";
import { dice, type Dice } from "#tests/support/dice.ts";
import { openShow, operator, SHOW, viewer, type LiveShow } from "#tests/support/live-show.ts";
import { stormyStore, turns, type StormyStore } from "#tests/support/stormy-store.ts";
import { BusyError, type Sender } from "./directory-contract.ts";
import { commandHash } from "./command-hash.ts";
import { Fold } from "./fold.ts";

/**
 * Thousands of random interleavings of commands, repeats, reads, watchers, takeovers, closings and whatever a store can do, against one rule: all that a
 * writer lets out must be what the log says at that moment, and the log must be what the rules allow one after the other.
 */

const SENDERS: readonly Sender[] = [operator, { id: "staff:two", grants: ["operator"] }, viewer];
const CLIENTS = 5;
const COMMANDS = 14;
const SHOWS = 32;

/** The writer's clock for gaps and waiting, in ms: it goes by turns, so that a slow machine decides ahead as much as a fast one. */
let clock = 0;
beforeEach(() => {
  clock = 1_000;
  vi.spyOn(performance, "now").mockImplementation(() => clock);
});
afterEach(() => void vi.restoreAllMocks());

class Trial {
  readonly wrong: string[] = [];
  readonly counts = { ahead: 0 };
  readonly #dice: Dice;
  readonly #stormy: StormyStore;
  readonly #sent = new Map<string, Command>();
  readonly #acked = new Set<string>();
  /** Counts what is decided while a batch is being stored. */
  readonly #rules: Engine = {
    ...chainRules,
    execute: (...what) => {
      if (this.#stormy.busy() > 0) this.counts.ahead += 1;
      return chainRules.execute(...what);
    },
  };
  #show: Promise<LiveShow> | null = null;
  #over = false;

  constructor(seed: number) {
    this.#dice = dice(seed);
    this.#stormy = stormyStore(this.#dice);
  }

  async run(): Promise<void> {
    const beside = [this.#look(), this.#disturb(), this.#passTime()];
    await Promise.all(Array.from({ length: CLIENTS }, (_, n) => this.#client(n)));
    this.#over = true;
    await Promise.all(beside);
    const { session } = await this.#open();
    await session.close(1_000);
    this.#checkLog();
  }

  /** The show as a directory would give it: opened anew when its writer has ended. */
  async #open(): Promise<LiveShow> {
    for (;;) {
      const opening = (this.#show ??= this.#openOnce(null));
      const show = await opening;
      if (show.ended.length === 0) return show;
      if (this.#show === opening) this.#show = this.#openOnce(show);
    }
  }

  async #openOnce(before: LiveShow | null): Promise<LiveShow> {
    for (;;) {
      try {
        const show = await (before?.again() ?? openShow({ memory: this.#stormy.store, rules: this.#rules }));
        await show.session.watch("control", this.#watcher(show));
        return show;
      } catch {
        // Held, or not to be read for a moment.
        await turns(1);
      }
    }
  }

  #watcher(show: LiveShow) {
    let frames = -1;
    const look = ({ seq, frame, slices }: Snapshot | Frame) => {
      const slice = slices["head"];
      if (slice && "value" in slice) this.#checkHead("a frame", Head.parse(slice.value), seq);
      if (show.ended.length > 0) this.wrong.push("a frame after the end");
      return frame;
    };
    return {
      onSnapshot: (snapshot: Snapshot) => void (frames = look(snapshot)),
      onFrame: (frame: Frame) => {
        if (look(frame) !== frames + 1) this.wrong.push(`frame ${frame.frame} after ${frames}`);
        frames = frame.frame;
      },
    };
  }

  async #client(n: number): Promise<void> {
    const sender = SENDERS[n % SENDERS.length] ?? operator;
    const under: Promise<void>[] = [];
    for (let m = 0; m < COMMANDS; m += 1) {
      const command = this.#draw(`${n}-${m}`);
      this.#sent.set(`${sender.id} ${command.id}`, command);
      under.push(this.#deliver(command, sender));
      for (let more = this.#dice.below(8); more > 5; more -= 1) {
        under.push(turns(this.#dice.below(12)).then(() => this.#deliver(command, sender)));
      }
      if (this.#dice.below(12) === 0) {
        const other = { ...command, type: "chain.note", input: { text: `other ${command.id}` } };
        under.push(turns(2 + this.#dice.below(9)).then(() => this.#deliver(other, sender)));
      }
      if (this.#dice.below(3) > 0) await Promise.all(under.splice(0));
      else await turns(this.#dice.below(4));
    }
    await Promise.all(under);
  }

  #draw(id: string): Command {
    const roll = this.#dice.below(100);
    if (roll < 50)
      return { id, type: "chain.link", input: { fits: this.#dice.below(4), count: 1 + this.#dice.below(3) } };
    if (roll < 75) return { id, type: "chain.take", input: { person: `p${this.#dice.below(12)}` } };
    if (roll < 85) return { id, type: "chain.nothing", input: {} };
    if (roll < 90) return { id, type: "chain.bug", input: { misfit: this.#dice.below(2) === 0 } };
    return { id, type: "chain.note", input: { text: roll < 93 ? `${id}\u0000` : `note ${id}` } };
  }

  /** As a good client: the same again until it is answered. */
  async #deliver(command: Command, sender: Sender): Promise<void> {
    for (;;) {
      const show = await this.#open();
      const { rows, takeovers } = this.#stormy;
      const before = rows.length;
      let answer: CommandAnswer;
      try {
        answer = await show.session.send(command, sender);
      } catch {
        // Bugs, and what the store refuses.
        return;
      }
      if (answer.status !== "retry") {
        this.#checkAnswer(command, sender, answer, takeovers === this.#stormy.takeovers ? before : 0);
        return;
      }
      await turns(this.#dice.below(4));
    }
  }

  #checkAnswer(command: Command, sender: Sender, answer: CommandAnswer, before: number): void {
    const { rows } = this.#stormy;
    const said = `${command.type} ${command.id}: ${JSON.stringify(answer)}`;
    const mine = rows.filter(({ by, commandId }) => by === sender.id && commandId === command.id);
    const hash = commandHash(command.type, command.input);
    if (answer.status === "rejected" && answer.code === "command.idReused") {
      if (mine.every(({ commandHash: was }) => was === hash)) this.wrong.push(`${said}, but the id is free`);
    } else if (answer.status === "rejected") {
      const { seq } = this.#checkHead(said, Head.parse(answer.data));
      if (seq < before) this.wrong.push(`${said}, decided on what was over when it was sent`);
    } else if (answer.status === "ok" && command.type === "chain.nothing") {
      if (answer.seq > rows.length || answer.seq < before) this.wrong.push(`${said}, with ${rows.length} stored`);
    } else if (answer.status === "ok") {
      this.#acked.add(`${sender.id} ${command.id}`);
      const links = mine.filter(({ commandHash: was }) => was === hash).map(({ link }) => link);
      if (mine.at(-1)?.seq !== answer.seq) this.wrong.push(`${said}, but stands at ${mine.at(-1)?.seq}`);
      if (JSON.stringify(links) !== JSON.stringify(answer.result)) this.wrong.push(`${said}, but ${links.join()}`);
    } else this.wrong.push(said);
  }

  /** What is told of a state must be stored. */
  #checkHead(what: string, head: Head, seq = head.seq): Head {
    const { rows } = this.#stormy;
    const stored = rows[head.seq - 1]?.link ?? "";
    if (head.seq > rows.length || seq > rows.length) this.wrong.push(`${what} of ${head.seq}, ${rows.length} stored`);
    else if (stored !== head.head) this.wrong.push(`${what} of ${head.seq}: ${head.head}, where ${stored} is stored`);
    return head;
  }

  async #look(): Promise<void> {
    while (!this.#over) {
      await turns(1 + this.#dice.below(12));
      const { session, ended } = await this.#open();
      const { takeovers } = this.#stormy;
      try {
        const roll = this.#dice.below(3);
        if (roll === 0) {
          await session.read((state) => {
            this.#checkHead("a read", chainHead(chainRules.me(state, "")), state.seq);
            const { rows } = this.#stormy;
            const sole = takeovers === this.#stormy.takeovers && ended.length === 0;
            if (sole && state.seq !== rows.length) this.wrong.push(`a read of ${state.seq}, ${rows.length} stored`);
          });
        } else if (roll === 1) this.#checkHead("me", chainHead(await session.me("p")));
        else {
          const { seq, slices } = await session.snapshot("control");
          const slice = slices["head"];
          if (slice?.kind === "value") this.#checkHead("a snapshot", Head.parse(slice.value), seq);
        }
      } catch (error) {
        if (!(error instanceof BusyError)) this.wrong.push(String(error));
      }
    }
  }

  async #disturb(): Promise<void> {
    while (!this.#over) {
      await turns(20 + this.#dice.below(60));
      const show = await this.#open();
      show.lease = this.#dice.of(["sure", "sure", "unsure", "unknown"]);
      const roll = this.#dice.below(10);
      if (roll === 0) await show.session.close(1_000);
      if (roll === 1) show.session.end("fenced");
      if (roll === 2) show.wall += this.#dice.below(3_000) - 1_000;
    }
  }

  async #passTime(): Promise<void> {
    while (!this.#over) {
      await turns(1);
      clock += this.#dice.below(30) === 0 ? 25 : 0.1;
    }
  }

  #checkLog(): void {
    const fold = new Fold(chainRules);
    const done = new Set<string>();
    let last = "";
    let from = 0;
    const taken = new Set<string>();
    for (const event of this.#stormy.store.events(SHOW)) {
      const key = `${event.by} ${event.commandId}`;
      if (key !== last) {
        if (done.has(key)) this.wrong.push(`${key} was done twice`);
        done.add(key);
        from = fold.state.seq;
      }
      last = key;
      fold.add(event);
      const command = this.#sent.get(key);
      if (!command || commandHash(command.type, command.input) !== event.commandHash) continue;
      if (!isAllowed(command, from, taken)) this.wrong.push(`${key} does not follow ${from}`);
      if (command.type === "chain.take") taken.add(JSON.stringify(command.input));
    }
    for (const key of this.#acked) if (!done.has(key)) this.wrong.push(`${key} was acknowledged, and is gone`);
  }
}

const chainHead = ({ chain }: Record<string, unknown>): Head => Head.parse(chain);

const Fits = z.object({ fits: z.int() });

function isAllowed({ type, input }: Command, seq: number, taken: ReadonlySet<string>): boolean {
  if (type === "chain.link") return !refuses(seq, Fits.parse(input).fits);
  if (type === "chain.bug") return !breaks(seq);
  return type !== "chain.take" || !taken.has(JSON.stringify(input));
}

it("lets nothing out that the log does not say, whatever happens in whichever order", async () => {
  const trials = Array.from({ length: SHOWS }, (_, n) => new Trial(n + 1));
  await Promise.all(trials.map((trial) => trial.run()));
  expect(trials.flatMap(({ wrong }, n) => wrong.map((what) => `show ${n + 1}: ${what}`))).toEqual([]);
  // Or it would say nothing of deciding ahead.
  expect(trials.reduce((sum, { counts }) => sum + counts.ahead, 0)).toBeGreaterThan(100);
});
