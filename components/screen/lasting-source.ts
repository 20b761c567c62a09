import type { SessionReading, SessionSource, Connection } from "../session/source.ts";

/**
 * A source for a screen that nobody touches for hours. It gives what its inner source gives, and puts a new one in its place when that
 * has come to nothing: refused for a reason that passes, without an answer for long, or left behind by a machine that slept.
 * Meanwhile the last view stays, and is said to be old. It also asks whether the server answers at all: a line that went silent
 * is found in seconds, a socket alone needs its ping's time-out.
 */
export type LastingOptions = {
  readonly create: () => SessionSource;
  /** Whether the server can be reached now. */
  readonly probe: () => Promise<boolean>;
};

/** Codes that no waiting changes: the link is not or no longer good. */
const isFinal = (code: string): boolean => /^(auth|access)\./.test(code) || code === "session.unknown";

const WATCH_MS = 1_000;
const PROBE_EVERY_MS = 4_000;
const RENEW_AFTER_MS = 15_000;
const REFUSED_WAIT_MS = 3_000;
/** A timer that comes this much too late was asleep. */
const SLEPT_MS = 8_000;

export function createLastingSource({ create, probe }: LastingOptions): SessionSource {
  const listeners = new Set<() => void>();
  let inner = create();
  let stop = inner.subscribe(changed);
  let reading = inner.read();
  /** Since when it has not been live, for the inner source and for the screen. */
  let innerDownSince = Date.now();
  let lostSince: number | null = null;
  let silentSince: number | null = null;
  let lastWatch = Date.now();
  let nextProbe = 0;
  let probing = false;

  function changed(): void {
    const now = inner.read();
    if (now.connection.state === "live") innerDownSince = Infinity;
    else if (innerDownSince === Infinity) innerDownSince = Date.now();
    const connection = shownConnection(now.connection);
    reading = {
      ...now,
      connection,
      view: now.view ?? reading.view,
      clockOffsetMs: now.clockOffsetMs ?? reading.clockOffsetMs,
    } satisfies SessionReading;
    for (const listener of listeners) listener();
  }

  function shownConnection(connection: Connection): Connection {
    if (connection.state === "refused" && isFinal(connection.code)) return connection;
    if (connection.state === "live" && silentSince === null) {
      lostSince = null;
      return connection;
    }
    if (reading.view === null && inner.read().view === null) return { state: "connecting" };
    lostSince ??= silentSince ?? (connection.state === "lost" ? connection.since : Date.now());
    return { state: "lost", since: lostSince };
  }

  function renew(): void {
    stop();
    inner.close();
    inner = create();
    stop = inner.subscribe(changed);
    innerDownSince = Date.now();
    changed();
  }

  async function ask(): Promise<void> {
    probing = true;
    const answered = await probe().catch(() => false);
    probing = false;
    nextProbe = Date.now() + PROBE_EVERY_MS;
    if (answered === (silentSince === null)) return;
    silentSince = answered ? null : Date.now();
    changed();
  }

  function watch(): void {
    const now = Date.now();
    const slept = now - lastWatch > SLEPT_MS;
    lastWatch = now;
    const { connection } = inner.read();
    if (connection.state === "refused") {
      if (!isFinal(connection.code) && now - innerDownSince > REFUSED_WAIT_MS) renew();
      return;
    }
    if (slept || (connection.state !== "live" && now - innerDownSince > RENEW_AFTER_MS)) renew();
    if (!probing && now >= nextProbe) void ask();
  }

  const timer = setInterval(watch, WATCH_MS);
  return {
    kind: inner.kind,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    read: () => reading,
    send: (command) => inner.send(command),
    setPage: (page) => inner.setPage(page),
    close() {
      clearInterval(timer);
      stop();
      inner.close();
    },
  };
}
