import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#db/client.ts";
import { sortGroups } from "#db/queries/wecom-group-list.ts";
import { syncOfCorp } from "#db/queries/wecom-sync.ts";
import { unsortedGroups } from "#db/queries/wecom-unsorted-groups.ts";
import { STAND_IN_CORP } from "#domain/wecom-stand-in.ts";
import type { Sync } from "../wecom/sync/sync.ts";
import { SYNC_PARTS } from "../wecom/sync/sync-parts.ts";

/**
 * The people of 示例企业 in the tables: read from the stand-in by the same reading as a true company's, the first time that a rehearsal needs them.
 */
export type StandInPeople = {
  /** Whether they are there; if not, they are being read. */
  known(): Promise<boolean>;
  /** Resolves with `known()` as soon as they are there, or after this time at the latest. */
  knownWithin(ms: number): Promise<boolean>;
};

type Parts = { readonly db: Database; readonly sync: Pick<Sync, "start" | "resume"> };

/** What the names of its groups say they are for; nobody has sorted them yet. */
const PURPOSES = { live: "直播", flash: "秒杀", content: "内容", benefit: "福利" } as const;
const LOOK_MS = 100;

export function createStandInPeople({ db, sync }: Parts): StandInPeople {
  let areKnown = false;
  let looking: Promise<boolean> | null = null;

  const look = async (): Promise<boolean> => {
    const rows = await syncOfCorp(db, STAND_IN_CORP);
    const wasBegun = SYNC_PARTS.every((part) => rows.some((row) => row.part === part));
    if (!wasBegun) await sync.start(STAND_IN_CORP);
    else if (rows.some(({ state }) => state === "failed")) await sync.resume(STAND_IN_CORP);
    if (!wasBegun || rows.some(({ endedAt }) => endedAt === null)) return false;
    await sortByName(db);
    return true;
  };
  const known = async (): Promise<boolean> => {
    if (areKnown) return true;
    looking ??= look().finally(() => (looking = null));
    areKnown = await looking;
    return areKnown;
  };
  return {
    known,
    async knownWithin(ms) {
      const end = performance.now() + ms;
      while (!(await known())) {
        if (performance.now() > end) return false;
        await sleep(LOOK_MS);
      }
      return true;
    },
  };
}

async function sortByName(db: Database): Promise<void> {
  const groups = await unsortedGroups(db, STAND_IN_CORP);
  for (const [purpose, word] of Object.entries(PURPOSES)) {
    const ids = groups.filter(({ name }) => name.includes(`${word}群`)).map(({ id }) => id);
    await sortGroups(db, { ids, corpIds: [STAND_IN_CORP] }, { purpose, addTags: [], removeTags: [] });
  }
}
