import type { Command, ShowState } from "#domain/engine.ts";
import type { Audience, Grant, Json } from "#domain/op.ts";
import type { CommandAnswer, Frame, Snapshot } from "#domain/wire.ts";

/**
 * What HTTP and sockets know of the live shows. Behind it: one writer for a show, on this node or another; commands are forwarded to it.
 * Roles have been checked before (server/http/access.ts); a command comes here parsed.
 */

/** `id` stands in the log as `by`: `staff:<id>`, `person:<id>`, `program:<id>`, `screen:<id>`; of 员工转发 `member:<id>` (named by WeCom), `forward:<id>` (by themselves). */
export type Sender = { readonly id: string; readonly grants: readonly Grant[] };

/** Kaibo itself: what falls due, and what goes on by itself. */
export const SYSTEM: Sender = { id: "system", grants: ["system"] };

export type FrameListener = {
  /** Called once at first, and again whenever frames can't be continued (writer moved or reloaded). */
  onSnapshot(snapshot: Snapshot): void;
  onFrame(frame: Frame): void;
};

/** No such show: its log is empty and the command does not create it. */
export class UnknownSessionError extends Error {
  override readonly name = "UnknownSessionError";
}

/** The writer can't be reached or its queue is full; nothing was done. */
export class BusyError extends Error {
  override readonly name = "BusyError";
  readonly retryAfterMs: number;
  constructor(retryAfterMs: number, cause?: unknown) {
    super("the show's writer is busy or away", { cause });
    this.retryAfterMs = retryAfterMs;
  }
}

export type Directory = {
  /** Exactly one answer, within the deadline (`retry` when it is not known whether it was done). */
  send(sessionId: string, command: Command, sender: Sender): Promise<CommandAnswer>;
  /** The state as of the last commit, between two batches, on the writer's node. `read` must not keep or change it. Local node only. */
  read<T>(sessionId: string, read: (state: ShowState) => T): Promise<T>;
  snapshot(sessionId: string, audience: Audience): Promise<Snapshot>;
  me(sessionId: string, personId: string): Promise<Record<string, Json>>;
  /** Frames of an audience, until the returned function is called. */
  watch(sessionId: string, audience: Audience, listener: FrameListener): Promise<() => void>;
  /** Steps a rehearsal's show clock to `to`; refused (false) for a real show or backwards. */
  stepClock(sessionId: string, to: number): Promise<boolean>;
  /** Flushes and lets go of every show. */
  close(): Promise<void>;
};
