import { errorForLog, type Logger } from "../lib/log.ts";
import type { Directory } from "../live/directory-contract.ts";
import { tellStream } from "../wecom/pushes/tell-log.ts";
import type { Looked } from "./suspicions.ts";

/** Has a show hold the invites of people who look odd only now. Nobody waits for it; what can't be told stays counted, and can be decided by hand. */
export type TellSuspects = (sessionId: string, people: Looked["earlier"]) => void;

type Parts = { readonly directory: Pick<Directory, "send">; readonly log: Logger };

export function createSuspectTelling({ directory, log }: Parts): TellSuspects {
  return (sessionId, people) => {
    if (people.length === 0) return;
    tellStream(directory, sessionId, { type: "invite.suspect", input: { people } }).catch((error: unknown) => {
      log.warn({ error: errorForLog(error), sessionId }, "invites that look odd by now were not held");
    });
  };
}
