import { within } from "../lib/lifecycle.ts";
import { errorForLog, type Logger } from "../lib/log.ts";
import { RecentMap } from "../lib/recent-map.ts";
import type { Directory } from "../live/directory-contract.ts";
import { tellStream } from "../wecom/pushes/tell-log.ts";

/**
 * Who opened the show's page while it was live, gathered here and told to the show every few seconds. The show counts each once; what is not told yet when
 * the process is killed is told when they come again.
 */
export type Watched = {
  note(sessionId: string, personId: string): void;
  /** The show counts those who have signed up: who was there before that is told again. */
  signedUp(sessionId: string, personId: string): void;
  flush(): Promise<void>;
  close(): Promise<void>;
};

const TELL_EVERY_MS = 2_000;
const CLOSE_MS = 2_000;
const AT_ONCE_MAX = 500;
const KNOWN_MAX = 200_000;
/** More than a show has viewers in two seconds. */
const GATHERED_MAX = 20_000;

type Parts = { readonly directory: Pick<Directory, "send">; readonly log: Logger };

export function createWatched({ directory, log }: Parts): Watched {
  const known = new RecentMap<true>(KNOWN_MAX);
  let gathered = new Map<string, string[]>();
  let count = 0;
  let telling: Promise<void> = Promise.resolve();

  const tellShow = async (sessionId: string, all: readonly string[]): Promise<void> => {
    for (let from = 0; from < all.length; from += AT_ONCE_MAX) {
      const personIds = all.slice(from, from + AT_ONCE_MAX);
      try {
        await tellStream(directory, sessionId, { type: "signup.watched", input: { personIds } });
      } catch (error) {
        for (const personId of personIds) known.delete(`${sessionId} ${personId}`);
        log.warn({ error: errorForLog(error), sessionId }, "who watched was not counted");
      }
    }
  };
  const flush = (): Promise<void> => {
    const now = gathered;
    gathered = new Map();
    count = 0;
    if (now.size > 0) {
      telling = telling
        .then(() => Promise.all([...now].map(([sessionId, people]) => tellShow(sessionId, people))))
        .then(() => undefined);
    }
    return telling;
  };
  const gather = (sessionId: string, personId: string): void => {
    count += 1;
    const people = gathered.get(sessionId) ?? [];
    people.push(personId);
    gathered.set(sessionId, people);
  };
  const timer = setInterval(() => void flush(), TELL_EVERY_MS);
  timer.unref();

  return {
    note(sessionId, personId) {
      const key = `${sessionId} ${personId}`;
      if (known.get(key) || count >= GATHERED_MAX) return;
      known.set(key, true);
      gather(sessionId, personId);
    },
    signedUp(sessionId, personId) {
      if (known.get(`${sessionId} ${personId}`) && count < GATHERED_MAX) gather(sessionId, personId);
    },
    flush,
    async close() {
      clearInterval(timer);
      await within(CLOSE_MS, flush()).catch(() => undefined);
    },
  };
}
