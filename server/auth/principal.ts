import type { Role } from "#domain/op.ts";
import type { Sender } from "../live/directory-contract.ts";

/**
 * Who is asking. `key` names the credential it came by (`session:…`, `token:…`, `link:…`, `viewer:…`), so that it can be asked again
 * whether it still holds.
 */

export type StaffPrincipal = {
  readonly kind: "staff";
  readonly key: string;
  readonly personId: string;
  readonly name: string;
  readonly username: string;
  readonly owner: boolean;
  readonly locale: string;
  readonly rolesByRoom: ReadonlyMap<string, readonly Role[]>;
};

export type ProgramPrincipal = {
  readonly kind: "program";
  readonly key: string;
  readonly tokenId: string;
  readonly name: string;
  /** null: every room. */
  readonly roomIds: readonly string[] | null;
  /** Of a token that is signed instead of kept (server/auth/local-token.ts). */
  readonly expiresAt?: number;
};

export type ScreenPrincipal = {
  readonly kind: "screen";
  readonly key: string;
  readonly linkId: string;
  readonly name: string;
  readonly sessionId: string;
};

/** Somebody without a sign-in who was sent a link to read a show afterwards. */
export type SharePrincipal = {
  readonly kind: "share";
  readonly key: string;
  readonly shareId: string;
  readonly sessionId: string;
  readonly what: ShareWhat;
};
export type ShareWhat = "report" | "review";

export type ViewerPrincipal = {
  readonly kind: "viewer";
  readonly key: string;
  readonly sessionId: string;
  readonly personId: string;
  readonly anonymous: boolean;
  readonly expiresAt: number;
};

/** The simulator of one rehearsal. */
export type RehearsalPrincipal = {
  readonly kind: "rehearsal";
  readonly key: string;
  readonly sessionId: string;
  readonly expiresAt: number;
};

/** Whoever opened the link of one 员工转发. */
export type ForwardPrincipal = {
  readonly kind: "forward";
  readonly key: string;
  readonly sessionId: string;
  readonly pushId: string;
  /** The member of WeCom; `null`: the link alone, nobody has said who they are. */
  readonly memberId: string | null;
  /** WeCom named them; else they chose their own name. */
  readonly proven: boolean;
  readonly expiresAt: number;
};

export type Principal =
  | StaffPrincipal
  | ProgramPrincipal
  | ScreenPrincipal
  | SharePrincipal
  | ViewerPrincipal
  | RehearsalPrincipal
  | ForwardPrincipal;

/** As it stands in the log. */
export function senderId(principal: Principal): Sender["id"] {
  switch (principal.kind) {
    case "staff":
      return `staff:${principal.personId}`;
    case "program":
      return `program:${principal.tokenId}`;
    case "screen":
      return `screen:${principal.linkId}`;
    case "share":
      return `share:${principal.shareId}`;
    case "viewer":
      return `person:${principal.personId}`;
    case "rehearsal":
      return "program:rehearsal";
    case "forward":
      return `${principal.proven ? "member" : "forward"}:${principal.memberId ?? principal.pushId}`;
  }
}
