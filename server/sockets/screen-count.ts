import { randomUUID } from "node:crypto";
import type { Logger } from "../lib/log.ts";
import type { Directory } from "../live/directory-contract.ts";

/** A page that loads again is away for a moment; that is not worth an alarm. */
const SETTLE_MS = 1_500;

/** Tells a show how many host screens look at it: its checks want to know before it goes on air (domain/ops/check.ts). */
export class ScreenCount {
  readonly #directory: Directory;
  readonly #log: Logger;
  readonly #due = new Map<string, { readonly timer: NodeJS.Timeout; online: number }>();
  readonly #told = new Map<string, number>();

  constructor(directory: Directory, log: Logger) {
    this.#directory = directory;
    this.#log = log;
  }

  changed(sessionId: string, online: number): void {
    const waiting = this.#due.get(sessionId);
    if (waiting) {
      waiting.online = online;
      return;
    }
    const timer = setTimeout(() => this.#tell(sessionId), SETTLE_MS);
    this.#due.set(sessionId, { timer, online });
  }

  close(): void {
    for (const { timer } of this.#due.values()) clearTimeout(timer);
    this.#due.clear();
  }

  #tell(sessionId: string): void {
    const online = this.#due.get(sessionId)?.online ?? 0;
    this.#due.delete(sessionId);
    if (this.#told.get(sessionId) === online) return;
    this.#told.set(sessionId, online);
    const command = { id: `screens:${randomUUID()}`, type: "check.screens", input: { online } };
    this.#directory.send(sessionId, command, { id: "system", grants: ["system"] }).catch((error: unknown) => {
      // Told again with the next change; until then the check shows what it knew.
      this.#told.delete(sessionId);
      this.#log.warn({ err: error, sessionId }, "the number of host screens could not be told");
    });
  }
}
