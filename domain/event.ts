import type { Instant } from "./units.ts";

/** One row of a show's log. `seq` is dense from 1; `at` never runs back; `data` fits the schema of `type`. */
export type StoredEvent = {
  readonly seq: number;
  readonly at: Instant;
  readonly type: string;
  readonly by: string;
  readonly commandId: string;
  readonly data: unknown;
};
