import type { Principal } from "../auth/principal.ts";
import { rolesIn, type ShowPlace } from "../http/access.ts";
import type { Online } from "./protocol.ts";

/** Who is online in a show on this node: one entry a person, however many windows they have open. Viewers are counted elsewhere. */

type Window = { readonly principal: Principal; readonly place: ShowPlace; readonly page: string; readonly since: number };

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
    const people = new Map<string, Online>();
    for (const { principal, place, page, since } of this.#windows.get(sessionId)?.values() ?? []) {
      const who = identity(principal);
      if (!who) continue;
      const known = people.get(who.id);
      const pages = [...new Set([...(known?.pages ?? []), ...(page ? [page] : [])])];
      const roles = rolesIn(principal, place.roomId);
      people.set(who.id, { ...who, roles, pages, since: Math.min(since, known?.since ?? since) });
    }
    return [...people.values()].toSorted((a, b) => a.since - b.since);
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
    case "rehearsal":
      return undefined;
  }
}
