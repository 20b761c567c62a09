import type { DefaultEventsMap, Server, Socket } from "socket.io";
import { z } from "zod";
import { AUDIENCES, type Audience, type Json, type Role } from "#domain/op.ts";
import { Id } from "#domain/units.ts";
import type { Frame, Snapshot } from "#domain/wire.ts";
import type { Principal } from "../auth/principal.ts";
import type { ShowPlace } from "../http/access.ts";
import type { Personalia } from "../http/personal.ts";

/** What travels over sockets; docs/api-for-screens.md tells it to those who write screens. What comes in is `unknown` until parsed. */

export type Online = {
  readonly id: string;
  readonly name: string;
  readonly kind: "staff" | "screen" | "program";
  readonly roles: readonly Role[];
  readonly pages: readonly string[];
  readonly since: number;
};

export type SnapshotMessage = Snapshot & {
  readonly sessionId: string;
  readonly audience: Audience;
  /** The server's clock. */
  readonly now: number;
};

/** A `SnapshotMessage` as gzipped JSON, in place of a large one, for those who asked for it: 1.4 MB of a full show are 50 kB. */
export type PackedSnapshot = { readonly sessionId: string; readonly gzip: Buffer };

export type ToClient = {
  snapshot: (snapshot: SnapshotMessage) => void;
  packedSnapshot: (packed: PackedSnapshot) => void;
  frame: (frame: Frame) => void;
  names: (names: Personalia) => void;
  presence: (presence: { readonly online: readonly Online[] }) => void;
  revoked: (why: { readonly code: string }) => void;
};

export type FromClient = {
  join: (payload: unknown, ack: unknown) => void;
  leave: () => void;
  resync: () => void;
  command: (payload: unknown, ack: unknown) => void;
  page: (payload: unknown) => void;
  clock: (ack: unknown) => void;
};

/** What is known of a socket. `place` and `audience` are there while it has joined a show. */
export type SocketData = {
  principal: Principal;
  joined: { readonly place: ShowPlace; readonly audience: Audience; readonly packed: boolean } | undefined;
  page: string;
};

export type Gate = Server<FromClient, ToClient, DefaultEventsMap, SocketData>;
export type Client = Socket<FromClient, ToClient, DefaultEventsMap, SocketData>;

const Page = z.string().trim().max(40);
export const JoinPayload = z.object({
  sessionId: Id,
  audience: z.enum(AUDIENCES),
  page: Page.optional(),
  /** Whether the screen can unpack snapshots. */
  packed: z.boolean().default(false),
});
export const PagePayload = z.object({ page: Page });

/** An ack that may be missing or not a function at all. */
export function answerWith(ack: unknown): (answer: Json) => void {
  return typeof ack === "function" ? (answer) => void Reflect.apply(ack, undefined, [answer]) : () => undefined;
}
