import type { CommandAnswer } from "#domain/wire.ts";
import type { ViewState } from "./view-state.ts";

/**
 * Where a screen's show comes from: a socket to the live show, the log of any second, or rules run in the page.
 * Panels don't know which. A source owns its connection: `close` ends it, and it is used no more.
 */
export type SessionSource = {
  readonly kind: "socket" | "replay" | "memory";
  /** Called after every change of what `read` gives. */
  subscribe(listener: () => void): () => void;
  /** The same object until something changed. */
  read(): SessionReading;
  /** Exactly one answer. A source that can't act (replay) refuses with `replay.readOnly`. */
  send(command: OutgoingCommand): Promise<Sent>;
  /** Tells the others what this person looks at. */
  setPage(page: string): void;
  close(): void;
};

export type OutgoingCommand = {
  readonly id: string;
  readonly type: string;
  readonly input: unknown;
  readonly expect?: unknown;
};

/** A command's answer, or why there is none: `access.denied`, `socket.notJoined`, `http.tooMany`, `connection.lost`. */
export type Sent = CommandAnswer | { readonly status: "error"; readonly code: string };

export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  /** Was there, is gone, comes back by itself. `since`: this machine's clock, ms. */
  | { readonly state: "lost"; readonly since: number }
  /** Will not come back by itself: signed out, no access, no such show. */
  | { readonly state: "refused"; readonly code: string };

export type OnlinePerson = {
  readonly id: string;
  readonly name: string;
  readonly kind: "staff" | "screen" | "program";
  readonly roles: readonly string[];
  readonly pages: readonly string[];
  readonly since: number;
};

export type SessionReading = {
  readonly connection: Connection;
  /** `null` until the first snapshot. Stays, ageing, while the connection is lost. */
  readonly view: ViewState | null;
  /** Names of persons and texts of comments by id; views carry ids only. */
  readonly names: Readonly<Record<string, string>>;
  readonly comments: Readonly<Record<string, string>>;
  readonly online: readonly OnlinePerson[];
  /** Add to this machine's clock to get the server's. `null` until measured. */
  readonly clockOffsetMs: number | null;
};

export const emptyReading: SessionReading = {
  connection: { state: "connecting" },
  view: null,
  names: {},
  comments: {},
  online: [],
  clockOffsetMs: null,
};

/** Keeps a reading and tells who listens. */
export function createReading(first: SessionReading = emptyReading) {
  let reading = first;
  const listeners = new Set<() => void>();
  return {
    read: () => reading,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    update(change: Partial<SessionReading>) {
      reading = { ...reading, ...change };
      for (const listener of listeners) listener();
    },
  };
}
