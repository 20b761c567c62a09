import pino from "pino";

export type Logger = pino.Logger;
export type LogLevel = pino.LevelWithSilent;

/**
 * JSON lines on stderr. A person at a terminal wants only what needs attention, a log collector
 * wants everything; an explicit LOG_LEVEL wins over both.
 */
export function createLog(level: LogLevel | null): Logger {
  const destination = pino.destination({ dest: 2, sync: true });
  // A terminal that was closed, a collector that went away: no reason to stop working.
  destination.on("error", () => undefined);
  return pino(
    {
      level: level ?? (process.stderr.isTTY ? "warn" : "info"),
      base: { pid: process.pid },
      serializers: { err: (error: unknown) => errorForLog(error) },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ["req.headers.authorization", "req.headers.cookie", "password", "token", "*.token"],
        censor: "(hidden)",
      },
    },
    destination,
  );
}

export type ToldError = {
  readonly type?: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ToldError;
};

const CAUSES_MAX = 5;

/**
 * What is told of an error: its words, where it happened and what caused it, and nothing that hangs on it. Errors of queries carry the
 * values they were asked with, in their message too: names, texts of comments, session tokens.
 */
export function errorForLog(error: unknown, depth = 0): ToldError {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name: type, cause, stack = "" } = error;
  const query = "query" in error && typeof error.query === "string" ? error.query : null;
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  return {
    type,
    message: query === null ? error.message : `failed query: ${query}`,
    ...(code === null ? {} : { code }),
    // The frames alone: the first lines repeat the message.
    stack: stack.slice(Math.max(0, stack.search(/^\s+at /m))),
    ...(cause === undefined || depth >= CAUSES_MAX ? {} : { cause: errorForLog(cause, depth + 1) }),
  };
}
