import type { Database } from "#db/client.ts";
import { createForwardTokens } from "../../auth/forward-token.ts";
import { STAND_IN_CORP, STAND_IN_ROBOT } from "#domain/wecom-stand-in.ts";
import type { Logger } from "../../lib/log.ts";
import type { Directory } from "../../live/directory-contract.ts";
import type { WecomFor } from "../wecom-for.ts";
import { createPushAudience, robotsByRow, type RobotsOfCorp } from "./push-audience.ts";
import { createPushMedia } from "./push-media.ts";
import { NotYetError, type ResolveAudience } from "./push-parts.ts";
import { createPushRunner, type PushRunner } from "./push-runner.ts";

type Parts = {
  readonly db: Database;
  readonly directory: Pick<Directory, "send" | "read">;
  readonly wecomFor: WecomFor;
  /** The people of rehearsals' stand-in, which are read when a rehearsal first needs them. */
  readonly standInPeople: { known(): Promise<boolean> };
  readonly publicUrl: string;
  /** What links of viewers begin with now (server/links). */
  readonly linkOrigin: () => string;
  readonly secret: string;
  readonly log: Logger;
};

/** The runner of pushes with all that it needs, for the composition root. */
export function createPushes({
  db,
  directory,
  wecomFor,
  standInPeople,
  publicUrl,
  linkOrigin,
  ...rest
}: Parts): PushRunner {
  const { secret, log } = rest;
  const tokens = createForwardTokens(secret);
  return createPushRunner({
    db,
    directory,
    wecomFor,
    resolveAudience: afterTheyAreKnown(standInPeople, createPushAudience(db, robotsByRow(db, standInRobots))),
    media: createPushMedia(db, Date.now),
    links: {
      viewer: (sessionId) => new URL(`/v/${encodeURIComponent(sessionId)}`, linkOrigin()).href,
      report: (sessionId) => new URL(`/shows/${encodeURIComponent(sessionId)}/report`, publicUrl).href,
      forward: (sessionId, pushId) =>
        new URL(`/forward/${tokens.sign({ sessionId, pushId }, Date.now())}`, publicUrl).href,
    },
    wall: Date.now,
    log,
  });
}

const standInRobots: RobotsOfCorp = (corpId) => Promise.resolve(corpId === STAND_IN_CORP ? [STAND_IN_ROBOT] : []);

/** A selection in a rehearsal that nobody could be found for yet is asked for again. */
function afterTheyAreKnown(people: Parts["standInPeople"], resolve: ResolveAudience): ResolveAudience {
  return async (question) => {
    if (question.corpId === STAND_IN_CORP && !(await people.known()))
      throw new NotYetError("the people of the rehearsals' WeCom are being read");
    return resolve(question);
  };
}
