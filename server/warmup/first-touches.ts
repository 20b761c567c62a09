import type { Database } from "#db/client.ts";
import { putTouches, type Touch } from "#db/queries/put-touches.ts";
import { askTogether } from "../lib/ask-together.ts";
import { RecentMap } from "../lib/recent-map.ts";

/** By whose link somebody came first: of a person, and of the phone they came with. */
export type FirstTouches = {
  /** Resolves when it is kept; what was kept before stays, until it is too old. */
  note(came: Came & { readonly inviterCode: string; readonly at: number; readonly windowMs: number }): Promise<void>;
  /** They are forgotten. */
  forget(came: Came): void;
};

export type Came = { readonly sessionId: string; readonly personId: string; readonly deviceId: string | null };
export type FirstTouch = { readonly inviterCode: string; readonly at: number };

/** Pages tell each time that they open; what is kept already need not be written again. */
const HELD_MAX = 200_000;
const AT_ONCE_MAX = 500;
const ANSWER_MS_MAX = 2_000;

type Noted = { readonly touch: Touch; readonly windowMs: number };

export function createFirstTouches(db: Database): FirstTouches {
  const heldSince = new RecentMap<number>(HELD_MAX);
  const keyOf = ({ sessionId, who }: Pick<Touch, "sessionId" | "who">) => `${sessionId} ${who}`;

  const put = askTogether<Noted, undefined>(
    async (noted) => {
      for (const [windowMs, touches] of Map.groupBy(noted, (one) => one.windowMs)) {
        const firsts = new Map<string, Touch>();
        for (const { touch } of touches) if (!firsts.has(keyOf(touch))) firsts.set(keyOf(touch), touch);
        const kept = await putTouches(db, [...firsts.values()], windowMs);
        for (const touch of kept) heldSince.set(keyOf(touch), touch.at);
      }
      return noted.map(() => undefined);
    },
    { atOnceMax: AT_ONCE_MAX, answerMsMax: ANSWER_MS_MAX },
  );
  const whosOf = ({ personId, deviceId }: Came) => (deviceId === null ? [personId] : [personId, deviceId]);

  return {
    async note({ inviterCode, at, windowMs, ...came }) {
      const { sessionId } = came;
      const fresh = whosOf(came).filter(
        (who) => (heldSince.get(keyOf({ sessionId, who })) ?? -Infinity) < at - windowMs,
      );
      await Promise.all(fresh.map((who) => put({ touch: { sessionId, who, inviterCode, at }, windowMs })));
    },
    forget(came) {
      for (const who of whosOf(came)) heldSince.delete(keyOf({ sessionId: came.sessionId, who }));
    },
  };
}
