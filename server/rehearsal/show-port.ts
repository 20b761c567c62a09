import type { Json } from "#domain/op.ts";
import type { CommandInput, CommandType } from "#domain/ops/index.ts";
import type { Snapshot } from "#domain/wire.ts";

/** Where a show is planned: this server's own directory, or another one over HTTP. */
export type ShowPort = {
  send<T extends CommandType>(type: T, input: CommandInput<T>): Promise<Json | undefined>;
  snapshot(): Promise<Snapshot>;
};
