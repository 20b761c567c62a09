import { z } from "zod";
import { Id, text } from "#domain/units.ts";
import { PHASES } from "#domain/ops/session.ts";
import { ROLES } from "#domain/op.ts";
import { ROOM_ROLES } from "./access.ts";

/** Shapes that several routes share, as they stand in the description of the API. */

export const IdParams = z.object({ id: Id });
export const RoleShape = z.enum(ROLES);
export const RoomRoles = z.array(z.enum(ROOM_ROLES)).max(ROOM_ROLES.length);
export const RolesByRoom = z
  .record(Id, RoomRoles)
  .refine((rooms) => Object.keys(rooms).length <= 200, { error: "tooManyRooms" });
export const Name = text(40, 1);
export const Done = z.object({ status: z.literal("ok") });

/** ms UTC, in an answer. */
export const At = z.int();

export const ErrorBody = z.object({ status: z.literal("error"), code: z.string() });
export const RejectedBody = z.object({ status: z.literal("rejected"), code: z.string(), data: z.unknown().optional() });
export const InvalidBody = z.object({
  status: z.literal("invalid"),
  issues: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).readonly(),
});
export const RetryBody = z.object({ status: z.literal("retry"), retryAfterMs: z.number() });
export const OkBody = z.object({
  status: z.literal("ok"),
  seq: z.int().describe("Of the last event"),
  undo: z
    .int()
    .nullable()
    .optional()
    .describe(
      "The event for `tape.undo`, where it is another one than at `seq`; null: nothing changed, or several would have to go",
    ),
  result: z.unknown().optional(),
});

/** What any route may answer beside its own. */
export const failures = {
  400: InvalidBody.describe("Not what it should be; the issues say where"),
  401: ErrorBody.describe("No sign-in, token or signature, or one that holds no more"),
  403: ErrorBody.describe("Not theirs to see or do, or a write from a page of somebody else"),
  404: ErrorBody.describe("There is none, or none of theirs"),
  413: ErrorBody.describe("The body is too large"),
  414: ErrorBody.describe("A part of the address is too long"),
  415: ErrorBody.describe("The body is of another kind than this route takes"),
  429: ErrorBody.describe("Too many; again after Retry-After"),
  503: RetryBody.describe("Busy, or the database is away; again, with the same id, after Retry-After"),
} as const;

export const RoomShape = z.object({
  id: z.string(),
  name: z.string(),
  timeZone: z.string(),
  productRoles: z.array(z.string()),
  commentKeywords: z.array(z.string()),
  roles: z.array(RoleShape),
});

export const ShowShape = z.object({
  id: z.string(),
  roomId: z.string(),
  title: z.string(),
  phase: z.enum(PHASES),
  rehearsal: z.boolean(),
  plannedStartAt: At,
  plannedEndAt: At,
  startedAt: At.nullable(),
  endedAt: At.nullable(),
  paidFen: z.int().nullable(),
  orders: z.int().nullable(),
});

export const PersonShape = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string().nullable(),
  owner: z.boolean(),
  disabled: z.boolean(),
  locale: z.string(),
  roles: z.record(z.string(), z.array(z.string())),
});

export const AnySnapshot = z.object({
  frame: z.int(),
  seq: z.int(),
  at: At,
  slices: z.record(z.string(), z.unknown()),
});
