import type { Database } from "#db/client.ts";
import { putTouches, type Touch } from "#db/queries/put-touches.ts";
import { touchesOf } from "#db/queries/touches-of.ts";
import { askTogether } from "../lib/ask-together.ts";
import { RecentMap } from "../lib/recent-map.ts";

/**
 * By whose link somebody came first. A person's own first touch goes before that of their phone. What was noted here is remembered here, so that a sign-up
 * a moment later asks nobody; the table is for other nodes and for later.
 */
export type FirstTouches = {
  /** Resolves when it is kept. */
  note(came: Came & { readonly inviterCode: string; readonly at: number; readonly windowMs: number }): Promise<void>;
  /** `null`: nobody brought them, as far as is known. */
  find(came: Came): Promise<FirstTouch | null>;
  /** They are forgotten, or were told apart. */
  forget(came: Came): void;
};

export type Came = { readonly sessionId: string; readonly personId: string; readonly deviceId: string | null };
export type FirstTouch = { readonly inviterCode: string; readonly at: number };

const HELD_MAX = 200_000;
const AT_ONCE_MAX = 500;

type Noted = { readonly touch: Touch; readonly windowMs: number };
type Who = { readonly sessionId: string; readonly who: string };

export function createFirstTouches(db: Database): FirstTouches {
  const held = new RecentMap<FirstTouch>(HELD_MAX);
  const keyOf = ({ sessionId, who }: Who) => `${sessionId} ${who}`;

  const put = askTogether<Noted, undefined>(
    async (noted) => {
      for (const [windowMs, touches] of Map.groupBy(noted, (one) => one.windowMs)) {
        const firsts = new Map<string, Touch>();
        for (const { touch } of touches) if (!firsts.has(keyOf(touch))) firsts.set(keyOf(touch), touch);
        const kept = await putTouches(db, [...firsts.values()], windowMs);
        for (const touch of kept) held.set(keyOf(touch), { inviterCode: touch.inviterCode, at: touch.at });
      }
      return noted.map(() => undefined);
    },
    { atOnceMax: AT_ONCE_MAX },
  );
  const read = askTogether<Who, FirstTouch | null>(
    async (wanted) => {
      const found = new Map((await touchesOf(db, wanted)).map((touch) => [keyOf(touch), touch]));
      return wanted.map((one) => {
        const touch = found.get(keyOf(one));
        return touch ? { inviterCode: touch.inviterCode, at: touch.at } : null;
      });
    },
    { atOnceMax: AT_ONCE_MAX },
  );
  const whosOf = ({ sessionId, personId, deviceId }: Came): Who[] =>
    [personId, deviceId].flatMap((who) => (who === null ? [] : [{ sessionId, who }]));

  return {
    async note({ inviterCode, at, windowMs, ...came }) {
      const fresh = whosOf(came).filter((who) => {
        const known = held.get(keyOf(who));
        return !known || known.at < at - windowMs;
      });
      await Promise.all(fresh.map((who) => put({ touch: { ...who, inviterCode, at }, windowMs })));
    },
    async find(came) {
      for (const who of whosOf(came)) {
        const touch = held.get(keyOf(who)) ?? (await read(who));
        if (touch) return touch;
      }
      return null;
    },
    forget(came) {
      for (const who of whosOf(came)) held.delete(keyOf(who));
    },
  };
}
