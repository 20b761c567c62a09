import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { STAND_IN_CORP, STAND_IN_NAMES, STAND_IN_ROBOT } from "#domain/wecom-stand-in.ts";
import { inheritedEnv } from "../env.ts";
import { keepChild, type KeptChild } from "../lib/kept-child.ts";
import type { Logger } from "../lib/log.ts";
import type { AppKeys } from "../wecom/callbacks/app-keys.ts";
import type { StandIns } from "../wecom/rehearsal-wecom.ts";
import type { StandInReady, StandInStart } from "./stand-in-worker.ts";

/**
 * The WeCom of this node's rehearsals. Its process is started by whoever first needs it and kept until this one goes. What opens it is made here for each
 * of its lives, is known to nobody else, and opens nothing else.
 */
export type StandIn = {
  readonly standIns: StandIns;
  /** Its callbacks come to this process, from this machine. */
  readonly appKeys: AppKeys;
  /** Where its phones are; starts it. */
  url(): Promise<string>;
  /** Told when one that was at this address is gone. */
  onGone(told: (baseUrl: string) => void): void;
  stop(): Promise<void>;
  abort(): void;
};

export class StandInAwayError extends Error {
  override readonly name = "StandInAwayError";
}

type Parts = {
  readonly dataDir: string;
  /** Where this server answers on this machine. */
  readonly ownUrl: string;
  readonly log: Logger;
};

/** As the path of its callbacks has it. */
const APP_KEY = STAND_IN_CORP;
const START_MS_MAX = 8_000;

export function createStandIn(parts: Parts): StandIn {
  return new KeptStandIn(parts);
}

type Words = Pick<StandInStart, "secret" | "callbackToken" | "aesKey">;
type Life = StandInReady & Words;

class KeptStandIn implements StandIn {
  readonly standIns: StandIns;
  readonly appKeys: AppKeys;
  readonly #parts: Parts;
  readonly #gone: ((baseUrl: string) => void)[] = [];
  #child: KeptChild | null = null;
  #life = Promise.withResolvers<Life>();
  #now: Life | null = null;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.standIns = {
      corp: async (id) => {
        if (id !== STAND_IN_CORP || this.#stopped) return null;
        const { url, corpId, agentId, secret } = await this.#alive();
        return { baseUrl: url, corpId, agentId, secret };
      },
      robot: async (id) => {
        if (id !== STAND_IN_ROBOT || this.#stopped) return null;
        const { url, corpId, robotKey } = await this.#alive();
        return { baseUrl: url, corpId, key: robotKey };
      },
    };
    this.appKeys = { find: (appKey) => Promise.resolve(appKey === APP_KEY ? this.#appKey() : null) };
  }

  async url(): Promise<string> {
    return (await this.#alive()).url;
  }

  onGone(told: (baseUrl: string) => void): void {
    this.#gone.push(told);
  }

  readonly stop = async (): Promise<void> => {
    this.#stopped = true;
    await this.#child?.stop();
  };

  readonly abort = (): void => {
    this.#stopped = true;
    this.#child?.abort();
  };

  /** Null before its first life: then nobody of it can call. */
  #appKey() {
    if (!this.#now) return null;
    const { corpId, callbackToken, aesKey } = this.#now;
    return { corpId, token: callbackToken, aesKey, corpRow: STAND_IN_CORP, thisMachineOnly: true as const };
  }

  async #alive(): Promise<Life> {
    if (this.#stopped) throw new StandInAwayError("the rehearsals' WeCom has stopped");
    this.#child ??= this.#keep();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new StandInAwayError("the rehearsals' WeCom does not start")), START_MS_MAX);
    try {
      return await Promise.race([this.#life.promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #keep(): KeptChild {
    const { log } = this.#parts;
    return keepChild({
      name: "the rehearsals' WeCom",
      log,
      stopMs: 2_000,
      launch: () => this.#launch(),
      onExit: () => {
        const was = this.#now;
        if (was) {
          this.#now = null;
          this.#life = Promise.withResolvers();
          for (const told of this.#gone) told(was.url);
        }
        return true;
      },
    });
  }

  #launch() {
    const { dataDir, ownUrl } = this.#parts;
    const words = freshWords();
    const child = fork(path.join(import.meta.dirname, "stand-in-worker.ts"), [], {
      env: { ...inheritedEnv(), NODE_ENV: "production" },
      execArgv: [],
      stdio: ["ignore", 2, 2, "ipc"],
    });
    child.once("message", (ready: StandInReady) => {
      this.#now = { ...ready, ...words };
      this.#life.resolve(this.#now);
    });
    child.send({
      kind: "start",
      dataFile: path.join(dataDir, "rehearsal-wecom.json"),
      name: STAND_IN_NAMES.corp,
      callbackUrl: `${ownUrl}/hooks/wecom/${APP_KEY}`,
      ...words,
    } satisfies StandInStart);
    return child;
  }
}

/** Letters and digits, as WeCom gives them. */
function freshWords(): Words {
  const word = (length: number) => randomBytes(length).toString("hex").slice(0, length);
  return { secret: word(43), callbackToken: word(24), aesKey: word(43) };
}
