import type { Principal } from "../auth/principal.ts";
import { rolesIn, type ShowPlace } from "../http/access.ts";
import { mergeOnline } from "./presence-exchange.ts";
import type { Online } from "./protocol.ts";

/** Who is online in a show on this node: one entry a person, however many windows they have open. Viewers are counted elsewhere. */

type Window = {
  readonly principal: Principal;
  readonly place: ShowPlace;
  readonly page: string;
  readonly since: number;
};

export class Presence {
  /** By show, by socket id. */
  readonly #windows = new Map<string, Map<string, Window>>();

  /** True when others will see a difference. */
  set(socketId: string, principal: Principal, place: ShowPlace, page: string): boolean {
    if (!identity(principal)) return false;
    const windows = this.#windows.get(place.sessionId) ?? new Map<string, Window>();
    this.#windows.set(place.sessionId, windows);
    const since = windows.get(socketId)?.since ?? Date.now();
    windows.set(socketId, { principal, place, page, since });
    return true;
  }

  remove(socketId: string, sessionId: string): boolean {
    const windows = this.#windows.get(sessionId);
    const was = windows?.delete(socketId) ?? false;
    if (windows?.size === 0) this.#windows.delete(sessionId);
    return was;
  }

  online(sessionId: string): readonly Online[] {
    const windows = [...(this.#windows.get(sessionId)?.values() ?? [])];
    return mergeOnline([
      windows.flatMap(({ principal, place, page, since }): Online[] => {
        const who = identity(principal);
        return who ? [{ ...who, roles: rolesIn(principal, place.roomId), pages: page ? [page] : [], since }] : [];
      }),
    ]);
  }

  /** Shows that somebody here has open. */
  sessionIds(): readonly string[] {
    return [...this.#windows.keys()];
  }
}

function identity(principal: Principal): Pick<Online, "id" | "name" | "kind"> | undefined {
  switch (principal.kind) {
    case "staff":
      return { id: principal.personId, name: principal.name, kind: "staff" };
    case "program":
      return { id: principal.tokenId, name: principal.name, kind: "program" };
    case "screen":
      return { id: principal.linkId, name: principal.name, kind: "screen" };
    case "viewer":
    case "share":
    case "forward":
    case "rehearsal":
      return undefined;
  }
}
