import type { Database } from "#db/client.ts";
import type { WecomClient } from "../client.ts";
import type { QuotaAccount } from "../quota-account.ts";

/** One step of reading a part of a corp: what it works with, where it begins, and where the next one does. */

export type StepContext = {
  readonly db: Database;
  readonly client: WecomClient;
  readonly corpId: string;
  readonly quota: QuotaAccount;
  readonly now: () => number;
  readonly signal: AbortSignal;
};
export type StepAt = { readonly cursor: string | null; readonly done: number; readonly startedAt: number };
/** `next` null: that was the last one. */
export type StepDone = { readonly next: string | null; readonly done: number; readonly total: number | null };
