import type { Command } from "#domain/engine.ts";
import type { Audience, Json } from "#domain/op.ts";
import type { CommandAnswer, Snapshot } from "#domain/wire.ts";
import type { FrameListener, Sender } from "./directory-contract.ts";

/** A show as the directory holds it: the writer itself, or the way to the node that has it. */
export type Show = {
  send(command: Command, sender: Sender): Promise<CommandAnswer>;
  snapshot(audience: Audience): Promise<Snapshot>;
  me(personId: string): Promise<Record<string, Json>>;
  watch(audience: Audience, listener: FrameListener): Promise<() => void>;
  stepClock(to: number): Promise<boolean>;
  readonly idleMs: number;
  close(deadlineMs: number): Promise<void>;
};
