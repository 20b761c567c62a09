import { corpStream } from "#domain/corp/index.ts";
import { emptyQuota, type QuotaState, type SendSource } from "#domain/corp/quota-state.ts";
import { quotaOf } from "#domain/corp/quota-view.ts";
import { UnknownSessionError, type Directory } from "../live/directory-contract.ts";
import { tellStream } from "./pushes/tell-log.ts";

/** A corp's account of quota, whichever node writes it. */
export type QuotaAccount = {
  /** For counting; sends have no ids of their own in it. */
  state(corpId: string): Promise<QuotaState>;
  observe(corpId: string, seen: Observed): Promise<void>;
};

export type Observed = {
  readonly sends: readonly {
    readonly sendId: string;
    /** `2026-11-22`, in Shanghai. */
    readonly day: string;
    readonly source: SendSource;
    readonly targetIds: readonly string[];
  }[];
  /** Days of these groups and customers that were read whole. */
  readonly read: { readonly targetIds: readonly string[]; readonly from: string; readonly to: string } | null;
};

export function createQuotaAccount(directory: Pick<Directory, "send" | "snapshot">): QuotaAccount {
  return {
    async state(corpId) {
      try {
        return quotaOf(await directory.snapshot(corpStream(corpId), "control"));
      } catch (error) {
        // Nothing was ever planned or read.
        if (error instanceof UnknownSessionError) return emptyQuota();
        throw error;
      }
    },
    async observe(corpId, seen) {
      const answer = await tellStream(directory, corpStream(corpId), { type: "quota.observe", input: seen });
      if (answer.status !== "ok") throw new Error(`the account of ${corpId} took no reading: ${answer.code}`);
    },
  };
}
