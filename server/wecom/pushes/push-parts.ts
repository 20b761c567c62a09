import type { Database } from "#db/client.ts";
import type { PushAudience, PushKind, ResolvedTask } from "#domain/push/shapes.ts";
import type { Logger } from "../../lib/log.ts";
import type { Directory } from "../../live/directory-contract.ts";
import type { WecomFor } from "../wecom-for.ts";
import type { PushMedia } from "./push-media.ts";

/** What the work of pushes needs of the rest of the server. */
export type PushParts = {
  readonly directory: Pick<Directory, "send" | "read">;
  readonly db: Database;
  readonly wecomFor: WecomFor;
  readonly resolveAudience: ResolveAudience;
  readonly media: PushMedia;
  readonly links: PushLinks;
  /** ms UTC, real. */
  wall(): number;
  readonly log: Logger;
};

/** Who sends to whom, of a selection as it is now. `leftOut`: chosen, but nobody can send to them. */
export type ResolveAudience = (question: {
  readonly corpId: string;
  readonly kind: PushKind;
  readonly audience: PushAudience;
}) => Promise<{ readonly tasks: readonly Omit<ResolvedTask, "taskId">[]; readonly leftOut: number }>;

export type PushLinks = {
  /** The show's page of the viewers. */
  viewer(sessionId: string): string;
  /** 战报, for staff who sign in. */
  report(sessionId: string): string;
  /** The phone page of 员工转发: every member finds their own groups there. */
  forward(sessionId: string, pushId: string): string;
};

/** What is owed can't be done yet; it is asked for again later. Nothing is wrong. */
export class NotYetError extends Error {
  override readonly name = "NotYetError";
}
