import type { Database } from "#db/client.ts";
import { createForwardTokens } from "../../auth/forward-token.ts";
import type { Logger } from "../../lib/log.ts";
import type { Directory } from "../../live/directory-contract.ts";
import type { WecomFor } from "../wecom-for.ts";
import { createPushAudience, robotsByRow, type RobotsOfCorp } from "./push-audience.ts";
import { createPushMedia } from "./push-media.ts";
import { createPushRunner, type PushRunner } from "./push-runner.ts";

type Parts = {
  readonly db: Database;
  readonly directory: Pick<Directory, "send" | "read">;
  readonly wecomFor: WecomFor;
  /** Robots of a rehearsal's stand-in. */
  readonly standInRobots: RobotsOfCorp;
  readonly publicUrl: string;
  readonly secret: string;
  readonly log: Logger;
};

/** The runner of pushes with all that it needs, for the composition root. */
export function createPushes({ db, directory, wecomFor, standInRobots, publicUrl, secret, log }: Parts): PushRunner {
  const tokens = createForwardTokens(secret);
  return createPushRunner({
    db,
    directory,
    wecomFor,
    resolveAudience: createPushAudience(db, robotsByRow(db, standInRobots)),
    media: createPushMedia(db, Date.now),
    links: {
      viewer: (sessionId) => new URL(`/v/${encodeURIComponent(sessionId)}`, publicUrl).href,
      forward: (sessionId, pushId) =>
        new URL(`/forward/${tokens.sign({ sessionId, pushId }, Date.now())}`, publicUrl).href,
    },
    wall: Date.now,
    log,
  });
}
