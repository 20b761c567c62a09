import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Command } from "#domain/engine.ts";
import { AUDIENCES, GRANTS, type Audience } from "#domain/op.ts";
import type { CommandAnswer, Frame, Snapshot } from "#domain/wire.ts";
import { derivedKey } from "../lib/vault.ts";
import type { Sender } from "./directory-contract.ts";

/**
 * What nodes say to one another: `POST <address>/internal/live/<verb>` with a bearer key that all nodes derive from KAIBO_SECRET, and frames on Redis.
 * Both ends are this code, of the same version or the one before; commands were parsed where they came in and are parsed again where they are decided.
 */
export const INTERNAL_PATH = "/internal/live/";

const sessionId = z.string().max(80);
const audience = z.enum(AUDIENCES);

export const PeerRequest = {
  send: z.object({
    sessionId,
    command: z.object({ id: z.string(), type: z.string(), input: z.unknown(), expect: z.unknown().optional() }),
    sender: z.object({ id: z.string(), grants: z.array(z.enum(GRANTS)) }),
  }),
  snapshot: z.object({ sessionId, audience }),
  me: z.object({ sessionId, personId: z.string() }),
  clock: z.object({ sessionId, to: z.number() }),
  /** Keeps frames of the audience coming for a while; `snapshot` asks for one to begin with. */
  watch: z.object({ sessionId, audience, snapshot: z.boolean() }),
} as const;
export type PeerVerb = keyof typeof PeerRequest;

export type PeerRequests = {
  send: { sessionId: string; command: Command; sender: Sender };
  snapshot: { sessionId: string; audience: Audience };
  me: { sessionId: string; personId: string };
  clock: { sessionId: string; to: number };
  watch: { sessionId: string; audience: Audience; snapshot: boolean };
};

/** Frames of one `generation` follow one another; with another one they begin anew. */
export type WatchAnswer = { readonly generation: string; readonly frame: number; readonly snapshot: Snapshot | null };
export type PeerAnswers = {
  send: CommandAnswer;
  snapshot: Snapshot;
  me: Record<string, never>;
  clock: boolean;
  watch: WatchAnswer;
};

export type RelayedFrame = { readonly generation: string; readonly frame: Frame };

export function frameChannel(show: string, watched: Audience): string {
  return `kaibo:frames:${show}:${watched}`;
}

export function internalKey(secret: string): string {
  return derivedKey(secret, "internal live v1").toString("hex");
}

export function isAuthorized(header: string | undefined, key: string): boolean {
  const given = Buffer.from(header ?? "");
  const wanted = Buffer.from(`Bearer ${key}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
