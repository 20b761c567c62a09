import type { Directory } from "../../live/directory-contract.ts";
import { within } from "../../lib/lifecycle.ts";
import { errorForLog, type Logger } from "../../lib/log.ts";
import { tellStream } from "../../wecom/pushes/tell-log.ts";

/**
 * How often links of pushes, or those of sources, were opened, gathered here and told to the show every few seconds: one visitor counts once for a link.
 * What is not told yet when the process is killed is lost; it is a count, no promise to anybody.
 */
export type LinkOpens = {
  /** False: counted before. */
  note(open: { readonly sessionId: string; readonly code: string; readonly visitor: string }): boolean;
  /** Tells what is gathered. */
  flush(): Promise<void>;
  close(): Promise<void>;
};

const TELL_EVERY_MS = 2_000;
const CLOSE_MS = 2_000;
/** As many as each command takes; what guesses codes by the thousand gets no further. */
const CODES_MAX = { push: 500, source: 200 } as const;
const SHOWS_MAX = 1_000;
/** Of the latest visitors it is known that they came; about 60 bytes each. */
const KNOWN_MAX = 200_000;

type Parts = {
  readonly directory: Pick<Directory, "send">;
  readonly log: Logger;
  /** Whose links: which command tells of them. */
  readonly of?: "push" | "source";
};
type Count = { readonly code: string; readonly count: number };

const told = {
  push: (opens: readonly Count[]) => ({
    type: "push.opened",
    input: { opens: opens.map(({ code, count }) => ({ taskId: code, count })) },
  }),
  source: (opens: readonly Count[]) => ({ type: "source.opened", input: { opens } }),
} as const;

export function createLinkOpens({ directory, log, of = "push" }: Parts): LinkOpens {
  let gathered = new Map<string, Map<string, number>>();
  let known = new Set<string>();
  let older = new Set<string>();
  let telling: Promise<void> = Promise.resolve();

  const tellShow = async (sessionId: string, counts: ReadonlyMap<string, number>): Promise<void> => {
    const opens = [...counts].map(([code, count]) => ({ code, count }));
    try {
      await tellStream(directory, sessionId, told[of](opens));
    } catch (error) {
      log.warn({ error: errorForLog(error), sessionId }, "opened links were not counted");
    }
  };
  const flush = (): Promise<void> => {
    const now = gathered;
    gathered = new Map();
    if (now.size > 0) {
      telling = telling
        .then(() => Promise.all([...now].map(([sessionId, counts]) => tellShow(sessionId, counts))))
        .then(() => undefined);
    }
    return telling;
  };
  const timer = setInterval(() => void flush(), TELL_EVERY_MS);
  timer.unref();

  return {
    note({ sessionId, code, visitor }) {
      const who = `${sessionId} ${code} ${visitor}`;
      if (known.has(who) || older.has(who)) return false;
      const counts = gathered.get(sessionId) ?? new Map<string, number>();
      const isFull = counts.size >= CODES_MAX[of] && !counts.has(code);
      if (isFull || (gathered.size >= SHOWS_MAX && !gathered.has(sessionId))) return false;
      if (known.size >= KNOWN_MAX) {
        older = known;
        known = new Set();
      }
      known.add(who);
      counts.set(code, (counts.get(code) ?? 0) + 1);
      gathered.set(sessionId, counts);
      return true;
    },
    flush,
    async close() {
      clearInterval(timer);
      await within(CLOSE_MS, flush()).catch(() => undefined);
    },
  };
}
