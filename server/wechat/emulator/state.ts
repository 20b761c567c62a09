import { randomBytes } from "node:crypto";

/** A WeChat of one's own, written from the documents alone: apps, people, codes, tokens. Times are milliseconds UTC. */

export type EmulatedApp = {
  readonly kind: "official" | "miniProgram";
  readonly appId: string;
  secret: string;
  /** Of the same Open Platform account as the others; unbound apps tell no unionid. */
  bound: boolean;
  /** Where the sign-in page leads back to; empty: anywhere, for tests. */
  returnDomains: readonly string[];
  /** Who may ask for access tokens; null: everybody. */
  ipList: readonly string[] | null;
  /** Pages of a mini program that are published. */
  pages: readonly string[];
  /** Of a person, not a company: no URL links. */
  personal: boolean;
  frozen: boolean;
};

export type EmulatedUser = {
  readonly id: string;
  nickname: string;
  headimgurl: string;
  /** WeChat shows this one a snapshot of pages that ask on opening. */
  snapshot: boolean;
  /** WeChat restricts this one. */
  limited: boolean;
};

export type Code = {
  readonly appId: string;
  readonly userId: string;
  readonly kind: "page" | "mini";
  readonly scope: string;
  readonly madeAt: number;
  used: boolean;
};
export type Token = { readonly appId: string; readonly token: string; readonly madeAt: number; until: number };
export type PageToken = {
  readonly appId: string;
  readonly userId: string;
  readonly scope: string;
  readonly until: number;
};

export class WechatState {
  readonly apps = new Map<string, EmulatedApp>();
  readonly users = new Map<string, EmulatedUser>();
  readonly codes = new Map<string, Code>();
  /** Of apps, the newest last. */
  readonly tokens: Token[] = [];
  readonly pageTokens = new Map<string, PageToken>();
  readonly links = new Map<
    string,
    { readonly appId: string; readonly path: string; readonly query: string; readonly until: number }
  >();
  readonly #now: () => number;
  /** What the tester added. */
  offsetMs = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  now(): number {
    return this.#now() + this.offsetMs;
  }

  addApp(app: Partial<EmulatedApp> & Pick<EmulatedApp, "kind">): EmulatedApp {
    const made: EmulatedApp = {
      appId: `wx${word(8)}`,
      secret: word(16),
      bound: true,
      returnDomains: [],
      ipList: null,
      pages: [],
      personal: false,
      frozen: false,
      ...app,
    };
    this.apps.set(made.appId, made);
    return made;
  }

  addUser(user: Partial<EmulatedUser> & Pick<EmulatedUser, "id">): EmulatedUser {
    const made = { nickname: user.id, headimgurl: "", snapshot: false, limited: false, ...user };
    this.users.set(made.id, made);
    return made;
  }

  newCode(code: Omit<Code, "madeAt" | "used">): string {
    const value = `0${word(15)}`;
    this.codes.set(value, { ...code, madeAt: this.now(), used: false });
    return value;
  }
}

export const word = (bytes: number): string => randomBytes(bytes).toString("hex");

/** Another one in each app; the same one each time. */
export const openidOf = (appId: string, userId: string): string => `o_${appId.slice(-6)}_${userId}`;
export const unionidOf = (userId: string): string => `u_open_${userId}`;
