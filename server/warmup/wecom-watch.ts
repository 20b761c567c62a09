import { randomUUID } from "node:crypto";
import type { Database } from "#db/client.ts";
import { markJoinsTold, noteCodeJoins, untoldJoins, type JoinBatch } from "#db/queries/code-joins.ts";
import { groupLeavers, groupReturners, type Moved } from "#db/queries/group-leavers.ts";
import { within } from "../lib/lifecycle.ts";
import { errorForLog, type Logger } from "../lib/log.ts";
import { SYSTEM, UnknownSessionError, type Directory } from "../live/directory-contract.ts";

/**
 * Tells shows what WeCom knows of their warm-up: who came by the codes of their sources, and who left the groups, or came back, after signing up. Every node
 * looks; what two of them tell counts once.
 */
export type WecomWatch = {
  look(): Promise<void>;
  close(): Promise<void>;
};

const LOOK_MS = 5_000;
/** Callbacks come within seconds; what only a full reading finds is looked for less often. */
const RECENT_MS = 2 * 3_600_000;
const WHOLE_MS = 5 * 60_000;
const LEFT_MS = 24 * 3_600_000;
const OVERLAP_MS = 2 * 60_000;
const AT_ONCE_MAX = 500;
const CLOSE_MS = 3_000;

type Parts = { readonly db: Database; readonly directory: Pick<Directory, "send">; readonly log: Logger };

type Told = { readonly type: string; readonly input: object; readonly id?: string };

export function createWecomWatch({ db, directory, log }: Parts): WecomWatch {
  let wholeAt = 0;
  let leftFrom = Date.now() - LEFT_MS;
  let looking: Promise<void> = Promise.resolve();

  /** Whether there is nothing left to tell. A show that takes nothing is told later, and holds up no other. */
  const tell = async (sessionId: string, { type, input, id = randomUUID() }: Told): Promise<boolean> => {
    try {
      const answer = await directory.send(sessionId, { id, type, input }, SYSTEM);
      if (answer.status === "invalid") throw new Error(`not well formed: ${JSON.stringify(answer.issues)}`);
      return answer.status !== "retry";
    } catch (error) {
      if (error instanceof UnknownSessionError) return true;
      log.warn({ error: errorForLog(error), sessionId, type }, "a show was not told what WeCom knows of its warm-up");
      return false;
    }
  };

  const tellJoins = async ({ sessionId, batch, joins }: JoinBatch): Promise<void> => {
    // Its own id: told again after a crash, or by another node, it is the same command.
    const id = `joined:${batch}`.slice(0, 120);
    if (await tell(sessionId, { id, type: "source.joined", input: { joins } })) await markJoinsTold(db, batch);
  };

  const tellMoved = async (type: "signup.left" | "signup.returned", moved: readonly Moved[]): Promise<boolean> => {
    let isAllTold = true;
    for (const [sessionId, ofShow] of Map.groupBy(moved, (one) => one.sessionId)) {
      for (let first = 0; first < ofShow.length; first += AT_ONCE_MAX) {
        const people = ofShow.slice(first, first + AT_ONCE_MAX).map(({ personId, at }) => ({ personId, at }));
        isAllTold = (await tell(sessionId, { type, input: { people } })) && isAllTold;
      }
    }
    return isAllTold;
  };

  const lookOnce = async (): Promise<void> => {
    const now = Date.now();
    const isWhole = now - wholeAt >= WHOLE_MS;
    await noteCodeJoins(db, isWhole ? 0 : now - RECENT_MS);
    if (isWhole) wholeAt = now;
    for (const batch of await untoldJoins(db, randomUUID())) await tellJoins(batch);
    const isAllTold = await tellMoved("signup.left", await groupLeavers(db, leftFrom));
    if (isAllTold) leftFrom = now - OVERLAP_MS;
    await tellMoved("signup.returned", await groupReturners(db));
  };
  const look = (): Promise<void> => {
    looking = looking.then(lookOnce).catch((error: unknown) => {
      log.warn({ error: errorForLog(error) }, "could not tell shows what WeCom knows of their warm-up");
    });
    return looking;
  };
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  const next = () => {
    timer = setTimeout(() => void look().then(() => closed || next()), LOOK_MS);
    timer.unref();
  };
  next();

  return {
    look,
    async close() {
      closed = true;
      clearTimeout(timer);
      await within(CLOSE_MS, looking).catch(() => undefined);
    },
  };
}
