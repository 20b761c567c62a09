import { signedInPeople, type SignedIn } from "#db/queries/signed-in-people.ts";
import { validScreenLinks } from "#db/queries/valid-screen-links.ts";
import { validShareLinks } from "#db/queries/valid-share-links.ts";
import { validTokens } from "#db/queries/valid-tokens.ts";
import type { Database } from "#db/client.ts";
import { ROLES, type Role } from "#domain/op.ts";
import { sameText, sha256Hex } from "./ids.ts";
import { within } from "../lib/lifecycle.ts";
import type { Principal, ViewerPrincipal } from "./principal.ts";
import { FORWARD_TOKEN, FORWARDER_TOKEN, type ForwardTokens } from "./forward-token.ts";
import type { LocalTokens } from "./local-token.ts";
import type { RehearsalTokens } from "./rehearsal-token.ts";
import type { SignIn } from "./sign-in.ts";
import type { ViewerTokens } from "./viewer-token.ts";

/** A credential that was valid may be believed this long; together with the sockets' sweep, revocation acts within 2 s on every node. */
const BELIEVED_MS = 1_000;
const COOKIES_MAX = 10_000;
/** Whoever waits for longer waits for a database that fell silent. */
const ASKING_MS = 5_000;

/** How the token of a viewer begins. */
const VIEWER_TOKEN = "kv.";
/** How the token of a share link begins. */
export const SHARE_TOKEN = "kh_";

/** The headers that can carry a credential. */
export type CredentialHeaders = {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
};

export type PrincipalsDeps = {
  readonly db: Database;
  readonly signIn: SignIn;
  readonly viewerTokens: ViewerTokens;
  readonly rehearsalTokens: RehearsalTokens;
  readonly localTokens: LocalTokens;
  readonly forwardTokens: ForwardTokens;
  /** KAIBO_API_TOKEN: a program that may come into every room. */
  readonly apiToken: string | null;
};

/**
 * Tells who a credential belongs to. Every answer is at most BELIEVED_MS old; `current` asks the database at once, for all that are given.
 * The signature of a cookie is checked once by better-auth; what a session is worth now is asked here, in one query for many.
 */
export class Principals {
  readonly #deps: PrincipalsDeps;
  readonly #believed = new Map<
    string,
    { readonly until: number; readonly principal: Promise<Principal | undefined> }
  >();
  /** Whole cookie value → key; what a signed cookie names never changes. */
  readonly #cookies = new Map<string, string>();
  #cookieName: Promise<string> | undefined;

  constructor(deps: PrincipalsDeps) {
    this.#deps = deps;
  }

  /** Bearer goes before the cookie. `undefined`: nobody, or not any more. */
  async fromHeaders(headers: CredentialHeaders): Promise<Principal | undefined> {
    const bearer = bearerOf(headers);
    if (bearer !== undefined) return this.fromToken(bearer);
    if (headers.authorization !== undefined || !headers.cookie) return undefined;
    const key = await this.#keyOfCookie(headers.cookie);
    return key === undefined ? undefined : this.#believe(key);
  }

  /** A viewer, whose token says everything by itself: nobody has to be asked, or waited for. `undefined`: somebody else, or nobody. */
  viewer(headers: CredentialHeaders): ViewerPrincipal | undefined {
    const bearer = bearerOf(headers);
    return bearer?.startsWith(VIEWER_TOKEN) === true ? this.#viewer(bearer) : undefined;
  }

  async fromToken(token: string): Promise<Principal | undefined> {
    if (token.startsWith(VIEWER_TOKEN)) return this.#viewer(token);
    if (token.startsWith("kr.")) return this.#rehearsal(token);
    if (token.startsWith("kl.")) return this.#local(token);
    if (token.startsWith(FORWARD_TOKEN) || token.startsWith(FORWARDER_TOKEN)) return this.#forward(token);
    const { apiToken } = this.#deps;
    if (apiToken !== null && sameText(token, apiToken)) return this.#believe("token:env");
    if (token.startsWith("kb_")) return this.#believe(`token:${sha256Hex(token)}`);
    if (token.startsWith("ks_")) return this.#believe(`link:${sha256Hex(token)}`);
    if (token.startsWith(SHARE_TOKEN)) return this.#believe(`share:${sha256Hex(token)}`);
    return undefined;
  }

  /** What the given keys are worth now, by key; those that hold no longer are missing. Viewers and simulators are looked at by their expiry. */
  async current(principals: readonly Principal[], now: number): Promise<Map<string, Principal>> {
    const found = await this.#load(principals.map(({ key }) => key));
    for (const principal of principals) {
      if ("expiresAt" in principal && principal.expiresAt !== undefined && principal.expiresAt > now)
        found.set(principal.key, principal);
    }
    return found;
  }

  /** After a change of ours: the next question asks the database. */
  forget(): void {
    this.#believed.clear();
  }

  #viewer(token: string): ViewerPrincipal | undefined {
    const claim = this.#deps.viewerTokens.read(token, Date.now());
    return claim && { kind: "viewer", key: `viewer:${claim.sessionId}:${claim.personId}`, ...claim };
  }

  #rehearsal(token: string): Principal | undefined {
    const claim = this.#deps.rehearsalTokens.read(token, Date.now());
    return claim && { kind: "rehearsal", key: `rehearsal:${claim.sessionId}`, ...claim };
  }

  #local(token: string): Principal | undefined {
    const expiresAt = this.#deps.localTokens.read(token, Date.now());
    return expiresAt === undefined ? undefined : { ...localProgram, expiresAt };
  }

  #forward(token: string): Principal | undefined {
    const { forwardTokens } = this.#deps;
    const now = Date.now();
    const member = forwardTokens.readMember(token, now);
    const found = member ?? forwardTokens.read(token, now);
    const memberId = member?.memberId ?? null;
    if (!found) return undefined;
    const key = `forward:${found.sessionId}:${found.pushId}:${memberId ?? ""}`;
    return { kind: "forward", key, ...found, memberId, proven: member !== undefined };
  }

  #believe(key: string): Promise<Principal | undefined> {
    const now = performance.now();
    const known = this.#believed.get(key);
    if (known && known.until > now) return known.principal;
    if (this.#believed.size > COOKIES_MAX) this.#believed.clear();
    const principal = this.#load([key]).then((found) => found.get(key));
    this.#believed.set(key, { until: now + BELIEVED_MS, principal });
    principal.catch(() => this.#believed.delete(key));
    return principal;
  }

  async #load(keys: readonly string[]): Promise<Map<string, Principal>> {
    const under = (prefix: string) => keys.flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
    const { db } = this.#deps;
    const questions = Promise.all([
      signedInPeople(db, under("session:")),
      validTokens(db, under("token:")),
      validScreenLinks(db, under("link:")),
      validShareLinks(db, under("share:"), Date.now()),
    ]);
    const [people, tokens, links, shares] = await within(ASKING_MS, questions);
    const found = new Map<string, Principal>();
    for (const person of people) found.set(`session:${person.token}`, staff(person));
    for (const { hash, id, name, roomIds } of tokens) {
      const key = `token:${hash}`;
      found.set(key, { kind: "program", key, tokenId: id, name, roomIds });
    }
    for (const { hash, id, name, sessionId } of links) {
      found.set(`link:${hash}`, { kind: "screen", key: `link:${hash}`, linkId: id, name, sessionId });
    }
    for (const { hash, id, sessionId, what } of shares) {
      found.set(`share:${hash}`, { kind: "share", key: `share:${hash}`, shareId: id, sessionId, what });
    }
    if (keys.includes("token:env")) {
      found.set("token:env", {
        kind: "program",
        key: "token:env",
        tokenId: "env",
        name: "KAIBO_API_TOKEN",
        roomIds: null,
      });
    }
    return found;
  }

  async #keyOfCookie(header: string): Promise<string | undefined> {
    this.#cookieName ??= this.#deps.signIn.$context.then((context) => context.authCookies.sessionToken.name);
    const name = `${await this.#cookieName}=`;
    const cookie = header.split("; ").find((part) => part.startsWith(name));
    if (cookie === undefined) return undefined;
    const known = this.#cookies.get(cookie);
    if (known !== undefined) return known;
    const found = await this.#deps.signIn.api.getSession({ headers: new Headers({ cookie }) });
    if (!found) return undefined;
    if (this.#cookies.size >= COOKIES_MAX) this.#cookies.clear();
    const key = `session:${found.session.token}`;
    this.#cookies.set(cookie, key);
    return key;
  }
}

function bearerOf({ authorization }: CredentialHeaders): string | undefined {
  return /^Bearer ([!-~]{1,1000})$/i.exec(authorization ?? "")?.[1];
}

const localProgram = { kind: "program", key: "local", tokenId: "local", name: "命令行", roomIds: null } as const;

function staff({ token, roles, ...person }: SignedIn): Principal {
  const rolesByRoom = new Map<string, Role[]>();
  for (const { roomId, role } of roles) {
    if (isRole(role)) rolesByRoom.set(roomId, [...(rolesByRoom.get(roomId) ?? []), role]);
  }
  return { kind: "staff", key: `session:${token}`, ...person, rolesByRoom };
}

const isRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role);
