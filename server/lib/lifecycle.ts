import type { Logger } from "./log.ts";

/**
 * Stops what was started, last started first, each part within its own deadline. A part that
 * misses its deadline is logged and left behind: a stop that hangs is worse than a part that was
 * cut off, because everything durable is already in the log.
 */
export type Part = {
  name: string;
  deadlineMs: number;
  stop: () => Promise<void> | void;
  /** Synchronous last resort when there is no time for `stop` (second Ctrl C, crash). */
  abort?: () => void;
};

/** npm passes the terminal's SIGINT on, so one Ctrl C arrives twice within a few milliseconds. */
const doubledSignalMs = 700;

export class Lifecycle {
  readonly #log: Logger;
  readonly #parts: Part[] = [];
  #stopped: Promise<void> | null = null;

  constructor(log: Logger) {
    this.#log = log;
  }

  get stopping(): boolean {
    return this.#stopped !== null;
  }

  add(part: Part): void {
    this.#parts.push(part);
  }

  /** Idempotent: every caller waits for the same stop. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  abort(): void {
    for (const part of this.#parts.toReversed()) this.#abortPart(part);
  }

  #abortPart(part: Part): void {
    try {
      part.abort?.();
    } catch (error) {
      this.#log.error({ err: error, part: part.name }, "abort failed");
    }
  }

  async #stopAll(): Promise<void> {
    for (let part = this.#parts.pop(); part; part = this.#parts.pop()) {
      const startedAt = Date.now();
      try {
        await within(part.deadlineMs, Promise.resolve(part.stop()));
        this.#log.info({ part: part.name, tookMs: Date.now() - startedAt }, "stopped");
      } catch (error) {
        this.#log.error({ err: error, part: part.name }, "did not stop cleanly");
        this.#abortPart(part);
      }
    }
  }
}

export class DeadlineError extends Error {
  constructor(deadlineMs: number) {
    super(`no end within ${deadlineMs} ms`);
    this.name = "DeadlineError";
  }
}

export async function within<T>(deadlineMs: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DeadlineError(deadlineMs)), deadlineMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

export type SignalHandling = {
  lifecycle: Lifecycle;
  log: Logger;
  say: (line: string) => void;
};

/** Ctrl C, SIGTERM, a closed terminal, a vanished parent and a crash all end in one clean stop. */
export function stopOnSignals({ lifecycle, log, say }: SignalHandling): void {
  let firstAt = 0;
  const end = (code: number) => {
    void lifecycle.stop().then(() => process.exit(code));
  };
  const onSignal = (signal: NodeJS.Signals) => {
    if (firstAt === 0) {
      firstAt = Date.now();
      say(`正在停止(再按一次 Ctrl C 立即退出) · stopping on ${signal}`);
      end(0);
    } else if (Date.now() - firstAt > doubledSignalMs) {
      lifecycle.abort();
      process.exit(130);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  const onCrash = (error: unknown) => {
    log.fatal({ err: error }, "uncaught");
    end(1);
  };
  process.on("uncaughtException", onCrash);
  process.on("unhandledRejection", onCrash);
  if (process.channel) {
    process.channel.unref();
    process.on("disconnect", () => onSignal("SIGTERM"));
  }
}
