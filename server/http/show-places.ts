import { z } from "zod";
import type { Database } from "#db/client.ts";
import { showRow } from "#db/queries/show-row.ts";
import { valueIn } from "#domain/snapshot-parts.ts";
import { within } from "../lib/lifecycle.ts";
import { UnknownSessionError, type Directory } from "../live/directory-contract.ts";
import type { ShowPlace } from "./access.ts";

const PLACES_MAX = 10_000;
const ASKING_MS = 5_000;
const Created = z.object({ sessionId: z.string().min(1), roomId: z.string().min(1) });

/** In which room a show is. That never changes, so it is asked once. */
export type ShowPlaces = {
  find(sessionId: string): Promise<ShowPlace | undefined>;
  /** `undefined`: not asked yet, or no such show. */
  known(sessionId: string): ShowPlace | undefined;
  remember(place: ShowPlace): void;
};

export function createShowPlaces(db: Database, directory: Directory): ShowPlaces {
  const known = new Map<string, ShowPlace>();
  const remember = (place: ShowPlace): ShowPlace => {
    if (known.size >= PLACES_MAX) known.clear();
    known.set(place.sessionId, place);
    return place;
  };
  /** The index may lack a show that was made a moment ago; the log never does. */
  const fromLog = async (sessionId: string): Promise<ShowPlace | undefined> => {
    try {
      const created = Created.safeParse(valueIn(await directory.snapshot(sessionId, "control"), "session"));
      return created.success ? remember(created.data) : undefined;
    } catch (error) {
      if (error instanceof UnknownSessionError) return undefined;
      throw error;
    }
  };
  return {
    known: (sessionId) => known.get(sessionId),
    async find(sessionId) {
      const place = known.get(sessionId);
      if (place) return place;
      const row = await within(ASKING_MS, showRow(db, sessionId));
      return row ? remember({ sessionId, roomId: row.roomId }) : fromLog(sessionId);
    },
    remember,
  };
}
