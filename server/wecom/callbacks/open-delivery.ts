import { isUtf8 } from "node:buffer";
import { randomBytes } from "node:crypto";
import type { Instant } from "#domain/units.ts";
import type { NewCallback } from "#db/wecom-callback-store.ts";
import { callbackKey, type CallbackKey, decryptMessage, isSigned, receiverOf, type SignedParts } from "../crypto.ts";
import { parseCallbackXml } from "../callback-xml.ts";
import type { AppKey } from "./app-keys.ts";
import { readCallback, type Callback } from "./callback-event.ts";

/**
 * Opens what came to an app's URL: the signature before everything else, then the cipher, then the receiver, then the text. Pure but for the decoy, so that
 * every way of being wrong ends in one of four words.
 */

/**
 * `unknown`: no such app. `signature`: not signed with its token. `malformed`: signed or not, nothing that can be read. `receiver`: signed and sealed with the
 * app's keys, but not for its company: the app is one of a suite (第三方, 代开发), whose callbacks name the suite.
 */
export type Refusal =
  | { readonly refusal: "unknown" | "signature" | "malformed" }
  | { readonly refusal: "receiver"; readonly receiver: string };

export type Signature = { readonly signature: string; readonly timestamp: string; readonly nonce: string };

export type Verification = Signature & { readonly echo: string };

/** The text to answer with, when the URL is entered in WeCom's console. */
export function openEcho(
  app: AppKey | null,
  { echo, ...signature }: Verification,
): { readonly echo: Buffer } | Refusal {
  const opened = open(app, signature, echo);
  return "message" in opened ? { echo: opened.message } : opened;
}

export type Delivery = Signature & {
  readonly appKey: string;
  readonly body: Uint8Array;
  readonly receivedAt: Instant;
};

export function openDelivery(app: AppKey | null, delivery: Delivery): { readonly row: NewCallback } | Refusal {
  const raw = textOf(delivery.body);
  const envelope = raw === null ? null : parseCallbackXml(raw);
  const encrypted = envelope?.children.find(({ name }) => name === "Encrypt")?.text ?? "";
  if (app !== null && (raw === null || encrypted === "")) return { refusal: "malformed" };
  const opened = open(app, delivery, encrypted);
  if ("refusal" in opened) return opened;
  const message = textOf(opened.message);
  const tree = message === null ? null : parseCallbackXml(message);
  const callback = tree && readCallback(tree);
  if (raw === null || message === null || !callback) return { refusal: "malformed" };
  return { row: rowOf(delivery, { raw, message, callback }) };
}

/** Whom nobody knows gets the same work done as everybody, with a token that nobody has. */
const DECOY: AppKey = { corpId: "-", token: randomBytes(24).toString("hex"), aesKey: "A".repeat(43), corpRow: "-" };

function open(app: AppKey | null, signed: Signature, encrypted: string): { readonly message: Buffer } | Refusal {
  const { corpId, token, aesKey } = app ?? DECOY;
  const parts: SignedParts = { timestamp: signed.timestamp, nonce: signed.nonce, encrypted };
  const isGenuine = isSigned(token, parts, signed.signature);
  if (app === null) return { refusal: "unknown" };
  if (!isGenuine) return { refusal: "signature" };
  const key = keptKey(aesKey);
  const message = key && decryptMessage(key, encrypted, corpId);
  if (message !== null) return { message };
  const receiver = key && receiverOf(key, encrypted);
  return receiver ? { refusal: "receiver", receiver } : { refusal: "malformed" };
}

/** A house has a handful of apps; keys that were replaced go when there are many. */
const keys = new Map<string, CallbackKey | null>();
const KEYS_MAX = 100;

function keptKey(aesKey: string): CallbackKey | null {
  const kept = keys.get(aesKey);
  if (kept !== undefined) return kept;
  if (keys.size >= KEYS_MAX) keys.clear();
  const key = callbackKey(aesKey);
  keys.set(aesKey, key);
  return key;
}

/** null: not UTF-8, or with a NUL, which PostgreSQL can't store. */
function textOf(bytes: Uint8Array): string | null {
  if (!isUtf8(bytes) || bytes.includes(0)) return null;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}

/** A welcome code lives this long from the event on. */
const WELCOME_MS = 20_000;

type Opened = { readonly raw: string; readonly message: string; readonly callback: Callback };

function rowOf({ appKey, timestamp, receivedAt }: Delivery, { raw, message, callback }: Opened): NewCallback {
  const { dedupeKey, name, object, happenedAt, event } = callback;
  const hasWelcome = "welcomeCode" in event && event.welcomeCode !== null;
  // How old the event was when it was sent, by the platform's clock alone: ours may be off by more than a code lives.
  const ageMs = Math.max(0, Number(timestamp) * 1_000 - happenedAt) || 0;
  return {
    appKey,
    dedupeKey,
    name: name.slice(0, NAME_MAX),
    object: object.slice(0, NAME_MAX),
    happenedAt,
    receivedAt,
    raw,
    message,
    welcomeUntil: hasWelcome ? Math.trunc(receivedAt + WELCOME_MS - Math.min(ageMs, WELCOME_MS)) : null,
  };
}

/** An index entry must fit on a page of PostgreSQL. */
const NAME_MAX = 500;
