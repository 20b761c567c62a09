import { engine } from "#domain/ops/index.ts";
import type { CommandRule } from "#domain/registry.ts";
import type { Audience, Grant, Role } from "#domain/op.ts";
import type { Principal } from "../auth/principal.ts";

/** The one place that decides who may see and do what. Everything here is pure; who somebody is was found out before (server/auth). */

/** Which show, as far as access goes. */
export type ShowPlace = { readonly sessionId: string; readonly roomId: string };

/** Roles that a person can be given; `owner` is a flag of the person and holds in every room. */
export const ROOM_ROLES = [
  "manager",
  "operator",
  "floor",
  "assistant",
  "community",
  "ads",
  "service",
  "host",
  "reviewer",
] as const satisfies readonly Role[];
export type RoomRole = (typeof ROOM_ROLES)[number];

export function rolesIn(principal: Principal, roomId: string): readonly Role[] {
  if (principal.kind !== "staff") return [];
  return principal.owner ? ["owner"] : (principal.rolesByRoom.get(roomId) ?? []);
}

/** What the sender counts as in this show; empty: the show is none of theirs. */
export function grantsIn(principal: Principal, { sessionId, roomId }: ShowPlace): readonly Grant[] {
  switch (principal.kind) {
    case "staff":
      return rolesIn(principal, roomId);
    case "program":
      return principal.roomIds === null || principal.roomIds.includes(roomId) ? ["program"] : [];
    case "screen":
      return principal.sessionId === sessionId ? ["screen"] : [];
    case "share":
      return principal.sessionId === sessionId ? ["share"] : [];
    case "viewer":
      return principal.sessionId === sessionId ? ["viewer"] : [];
    case "rehearsal":
      return principal.sessionId === sessionId ? ["program", "operator"] : [];
    case "forward":
      return principal.sessionId === sessionId ? ["forward"] : [];
  }
}

export function maySend(grants: readonly Grant[], rule: Pick<CommandRule, "by">): boolean {
  return grants.some((grant) => rule.by.includes(grant));
}

const BESIDE_THE_DESK: ReadonlySet<Grant> = new Set(["host", "screen", "viewer", "share", "forward"]);

/** Shown what their links are for, by routes of their own, and no view but that. */
const BY_LINK_TO_ONE_PART: ReadonlySet<Grant> = new Set(["share", "forward"]);

/** Hosts and their screens see the host view; staff and programs see all; viewers the public view; who was sent a link the review. */
export function maySee(grants: readonly Grant[], audience: Audience): boolean {
  if (grants.length === 0) return false;
  switch (audience) {
    case "control":
    case "crew":
      return grants.some((grant) => !BESIDE_THE_DESK.has(grant));
    case "review":
      return grants.some((grant) => grant === "share" || !BESIDE_THE_DESK.has(grant));
    case "host":
      return grants.some((grant) => grant !== "viewer" && !BY_LINK_TO_ONE_PART.has(grant));
    case "viewer":
      return grants.some((grant) => !BY_LINK_TO_ONE_PART.has(grant));
  }
}

/** Whoever may record winners delivers prizes (LOT10). */
const deliverers: ReadonlySet<Grant> = new Set(engine.commands.get("lottery.recordWinners")?.by);

/** As which audience they see what they asked for and may see: the control room names winners to those who deliver prizes alone. */
export function audienceOf(grants: readonly Grant[], asked: Audience): Audience {
  return asked === "control" && !grants.some((grant) => deliverers.has(grant)) ? "crew" : asked;
}

/** The log itself, people, tokens: those who answer for the room. */
export function mayManage(principal: Principal, roomId: string): boolean {
  return rolesIn(principal, roomId).some((role) => role === "owner" || role === "manager");
}

/** Claims carry codes that are worth money; the other lists are the desk's daily work. */
export function mayExport(principal: Principal, roomId: string, name: string): boolean {
  return mayManage(principal, roomId) || (name !== "claims" && rolesIn(principal, roomId).includes("operator"));
}

/** A link shows a show to people who are not of the team: those who answer for it, and those who run it. */
export function mayShare(principal: Principal, roomId: string): boolean {
  return rolesIn(principal, roomId).some((role) => role === "owner" || role === "manager" || role === "operator");
}

export function mayCreateShow(principal: Principal, roomId: string, rule: Pick<CommandRule, "by">): boolean {
  return maySend(grantsIn(principal, { sessionId: "", roomId }), rule);
}

export function isOwner(principal: Principal): boolean {
  return principal.kind === "staff" && principal.owner;
}

/** Rooms whose people, tokens and links they look after; null: all. */
export function managedRooms(principal: Principal): readonly string[] | null {
  if (principal.kind !== "staff") return [];
  if (principal.owner) return null;
  return [...principal.rolesByRoom].flatMap(([roomId, roles]) => (roles.includes("manager") ? [roomId] : []));
}

/** Rooms that they have anything to do with; null: all. */
export function visibleRooms(principal: Principal): readonly string[] | null {
  if (principal.kind === "program") return principal.roomIds;
  if (principal.kind !== "staff") return [];
  return principal.owner ? null : [...principal.rolesByRoom.keys()];
}
