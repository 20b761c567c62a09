import { eq } from "drizzle-orm";
import { putShowRow } from "#db/queries/show-row.ts";
import { shows } from "#db/schema/shows.ts";
import type { Engine } from "#domain/engine.ts";
import { viewOnce } from "#domain/views.ts";
import type { Projection } from "./projection.ts";
import { readShow } from "./show-index.ts";

/**
 * The list of shows, after whatever moved a show: also a timer, an import, or the last command before its node was killed. The API makes rows too
 * (show-index.ts), so that who changed a show sees it in the list at once; of two rows the one of the later seq stays.
 */
export function showsProjection(engine: Engine): Projection {
  return {
    name: "shows",
    async write(tx, { sessionId: id, state, events }) {
      const found = readShow(viewOnce(engine, state, "control"));
      if (!found) return;
      const [known] = await tx.select({ createdAt: shows.createdAt }).from(shows).where(eq(shows.id, id));
      await putShowRow(tx, { ...found, id, createdAt: known?.createdAt ?? events[0]?.at ?? state.at });
    },
    // Rows are replaced one by one: a list without the show would be wrong meanwhile.
    clear: () => Promise.resolve(),
  };
}
