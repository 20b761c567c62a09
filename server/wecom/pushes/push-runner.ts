import { sessionsWithActivePushes } from "#db/queries/push-tasks.ts";
import type { ShowState } from "#domain/engine.ts";
import { owed as owedOf, type Owed } from "#domain/push/owed.ts";
import { NotOwnerError } from "../../live/directory.ts";
import { BusyError, UnknownSessionError } from "../../live/directory-contract.ts";
import { WecomError } from "../wecom-error.ts";
import { NotYetError, type PushParts } from "./push-parts.ts";
import { ShowPushes } from "./show-pushes.ts";
import { pushesOf } from "./task-facts.ts";
import { askAgain } from "./work/ask-again.ts";
import { giveBack, reserve, settleQuota } from "./work/quota-account.ts";
import { handOver } from "./work/hand-over.ts";
import { lookUp } from "./work/look-up.ts";
import { poll } from "./work/poll.ts";
import { resolve } from "./work/resolve.ts";
import { robotSend } from "./work/robot-send.ts";

/**
 * Does what shows owe to the outside, on the node that writes them. It remembers nothing: what is owed, and what is under way, stands in each show's log,
 * so another node goes on where this one was stopped. Nothing is handed over twice, because a call is only ever made by whoever wrote its intent.
 */
export type PushRunner = {
  /** A batch of this show was stored on this node. */
  stored(sessionId: string, types: readonly string[]): void;
  /** A show was opened on this node. */
  opened(sessionId: string, state: ShowState): void;
  close(): Promise<void>;
};

/** Shows whose pushes are under way while nobody has them open are looked for at the start and as often as this. */
const SEARCH_MS = 30_000;

export function createPushRunner(parts: PushParts): PushRunner {
  const shows = new Map<string, ShowPushes>();
  let closed = false;

  const showOf = (sessionId: string): ShowPushes => {
    const known = shows.get(sessionId);
    if (known) return known;
    const made: ShowPushes = new ShowPushes({
      look: () => parts.directory.read(sessionId, (state) => owedOf(pushesOf(state), parts.wall())),
      work: (owed) => work(parts, sessionId, owed),
      wall: parts.wall,
      isGone: (error) => error instanceof NotOwnerError || error instanceof UnknownSessionError,
      onGone: () => {
        if (shows.get(sessionId) === made) shows.delete(sessionId);
      },
      onError: (err, owed) => {
        parts.log[isPassing(err) ? "debug" : "warn"]({ err, sessionId, owed: owed?.key }, "a push waits");
      },
    });
    shows.set(sessionId, made);
    return made;
  };
  const touch = (sessionId: string): void => {
    if (!closed) showOf(sessionId).touch();
  };

  const search = async (): Promise<void> => {
    try {
      for (const sessionId of await sessionsWithActivePushes(parts.db)) touch(sessionId);
    } catch (err) {
      parts.log.debug({ err }, "could not look for pushes under way");
    }
  };
  const searching = setInterval(() => void search(), SEARCH_MS);
  searching.unref();
  void search();

  return {
    stored(sessionId, types) {
      if (types.some((type) => type.startsWith("push."))) touch(sessionId);
    },
    opened(sessionId, state) {
      const { pushes, toRelease } = pushesOf(state);
      if (pushes.size + toRelease.size > 0) touch(sessionId);
    },
    async close() {
      closed = true;
      clearInterval(searching);
      await Promise.all([...shows.values()].map((show) => show.stop()));
    },
  };
}

/** Part of the day's work: nobody has to look into it. */
function isPassing(error: unknown): boolean {
  if (error instanceof WecomError) return error.class === "notReady";
  return error instanceof NotYetError || error instanceof BusyError;
}

function work(parts: PushParts, sessionId: string, owed: Owed): Promise<void> {
  switch (owed.kind) {
    case "resolve":
      return resolve(parts, sessionId, owed);
    case "reserve":
      return reserve(parts, sessionId, owed);
    case "release":
      return giveBack(parts, sessionId, owed);
    case "settleQuota":
      return settleQuota(parts, sessionId, owed);
    case "call":
      return handOver(parts, sessionId, owed.taskId);
    case "robotSend":
      return robotSend(parts, sessionId, owed.taskId);
    case "lookUp":
      return lookUp(parts, sessionId, owed);
    case "poll":
      return poll(parts, sessionId, owed);
    case "remind":
    case "cancelCall":
      return askAgain(parts, sessionId, owed);
  }
}
