import { oneShotHmac } from "../lib/one-shot-hmac.ts";
import { derivedKey } from "../lib/vault.ts";
import { randomLetters } from "./ids.ts";

/**
 * By what a phone is known again: `kd.<letters>.<since, ms, base36>.<signature>`, a cookie that pages can't read. It opens nothing and names nobody; it tells
 * that two people signed up on one phone, and which link a phone came by first.
 */
export const DEVICE_COOKIE = "kaibo_d";
/** As long as browsers keep any cookie. */
const LIFE_SECONDS = 400 * 24 * 3_600;
const PREFIX = "kd";

export type Device = { readonly id: string; readonly since: number };
export type DeviceTokens = {
  /** A phone that was never here. */
  fresh(now: number): { readonly device: Device; readonly token: string };
  /** Of a Cookie header; `undefined`: none, or not one of ours. */
  read(cookies: string | undefined, now: number): Device | undefined;
  /** The header that has a phone keep it. */
  setCookie(token: string, secure: boolean): string;
  dropCookie(secure: boolean): string;
};

export function createDeviceTokens(secret: string): DeviceTokens {
  const signature = oneShotHmac(derivedKey(secret, "device token v1"), 12);
  return {
    fresh(now) {
      const letters = randomLetters(12);
      const body = `${PREFIX}.${letters}.${now.toString(36)}`;
      return { device: { id: `d_${letters}`, since: now }, token: `${body}.${signature.of(body)}` };
    },
    read(cookies, now) {
      const token = cookies === undefined ? undefined : FOUND.exec(cookies)?.[1];
      if (token === undefined) return undefined;
      const end = token.lastIndexOf(".");
      const body = token.slice(0, end);
      if (!signature.proves(body, token.slice(end + 1))) return undefined;
      const [, letters = "", time = ""] = body.split(".");
      const since = Number.parseInt(time, 36);
      return since <= now ? { id: `d_${letters}`, since } : undefined;
    },
    setCookie: (token, secure) => cookie(token, LIFE_SECONDS, secure),
    dropCookie: (secure) => cookie("", 0, secure),
  };
}

const cookie = (value: string, seconds: number, secure: boolean) =>
  `${DEVICE_COOKIE}=${value}; Path=/api/v1/viewer; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;

const FOUND = new RegExp(
  `(?:^|; )${DEVICE_COOKIE}=(${PREFIX}\\.[0-9A-Za-z]{1,40}\\.[0-9a-z]{1,12}\\.[\\w-]{16})(?:;|$)`,
);
