import type { Database } from "#db/client.ts";
import type { Logger } from "../lib/log.ts";
import type { Directory } from "../live/directory-contract.ts";
import type { WecomPeople } from "./callbacks/people-contract.ts";
import type { WecomClient } from "./client.ts";
import type { CodeDeps } from "./codes/code-work.ts";
import { Codes } from "./codes/codes.ts";
import { createWelcomes } from "./codes/welcomes.ts";
import { createPushMedia } from "./pushes/push-media.ts";
import { createQuotaAccount, type QuotaAccount } from "./quota-account.ts";
import { createPeople } from "./sync/people.ts";
import { Sync } from "./sync/sync.ts";
import type { WecomFor } from "./wecom-for.ts";

/** Whoever WeCom knows, for the composition root: told by callbacks, read by the sync, reached by codes. */
export type GroupsAndPeople = {
  readonly people: WecomPeople;
  readonly sync: Sync;
  readonly quota: QuotaAccount;
  readonly codes: Codes;
  readonly codeDeps: CodeDeps;
  /** Goes on with what is under way; without it nothing is read by itself. */
  begin(): void;
  close(): Promise<void>;
};

type Parts = {
  readonly db: Database;
  readonly wecomFor: WecomFor;
  readonly wecomUrl: string;
  readonly directory: Pick<Directory, "send" | "snapshot">;
  readonly log: Logger;
  readonly now?: () => number;
};

export function createGroupsAndPeople({
  db,
  wecomFor,
  wecomUrl,
  directory,
  log,
  now = Date.now,
}: Parts): GroupsAndPeople {
  // Ids of corps say themselves which world they are of: a stand-in's row stands in no table of real ones.
  const clientOf = async (corpId: string): Promise<WecomClient | null> =>
    (await wecomFor({ rehearsal: true }).clientFor(corpId)) ?? wecomFor({ rehearsal: false }).clientFor(corpId);
  const quota = createQuotaAccount(directory);
  const sync = new Sync({ db, clientOf, quota, now, log });
  const codeDeps = { db, clientOf, wecomUrl, now, log };
  const codes = new Codes(codeDeps);
  const welcomeOf = createWelcomes({ clientOf, media: createPushMedia(db, now), log });
  const people = createPeople({
    welcomeOf,
    db,
    now,
    groupsDue: () => sync.poke(),
    tagsDue: (corpId) =>
      void sync
        .start(corpId, ["tags"])
        .catch((err: unknown) => log.warn({ err }, "tags are read again with the next sync")),
  });
  return {
    people,
    sync,
    quota,
    codes,
    codeDeps,
    begin() {
      sync.begin();
      codes.begin();
    },
    async close() {
      codes.close();
      await sync.close();
    },
  };
}
