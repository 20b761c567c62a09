import pino from "pino";

export type Logger = pino.Logger;
export type LogLevel = pino.LevelWithSilent;

/**
 * JSON lines on stderr. A person at a terminal wants only what needs attention, a log collector
 * wants everything; an explicit LOG_LEVEL wins over both.
 */
export function createLog(level: LogLevel | null): Logger {
  return pino(
    {
      level: level ?? (process.stderr.isTTY ? "warn" : "info"),
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ["req.headers.authorization", "req.headers.cookie", "password", "token", "*.token"],
        censor: "(hidden)",
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
