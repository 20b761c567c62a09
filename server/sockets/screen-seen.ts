import { noteScreenSeen } from "#db/queries/screen-links.ts";
import type { Database } from "#db/client.ts";
import type { Principal } from "../auth/principal.ts";
import type { Logger } from "../lib/log.ts";

/** Writes down when a screen came or went, so that the desk can say since when one is dark. */
export class ScreenSeen {
  readonly #db: Database;
  readonly #log: Logger;

  constructor(db: Database, log: Logger) {
    this.#db = db;
    this.#log = log;
  }

  note(principal: Principal): void {
    if (principal.kind !== "screen") return;
    noteScreenSeen(this.#db, principal.linkId, Date.now()).catch((error: unknown) => {
      // The list then shows the time before; the screen itself needs none of it.
      this.#log.warn({ err: error }, "when a screen was seen could not be written down");
    });
  }
}
