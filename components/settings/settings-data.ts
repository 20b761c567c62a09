import * as z from "zod/mini";
import { ROLES, type Role } from "#domain/op.ts";
import { RoleName } from "../shell/me.ts";

/** `owner` is a flag of the person; these are held room by room. */
export const ROOM_ROLES = ROLES.filter((role): role is Exclude<Role, "owner"> => role !== "owner");

export const Person = z.object({
  id: z.string(),
  name: z.string(),
  username: z.nullable(z.string()),
  owner: z.boolean(),
  disabled: z.boolean(),
  roles: z.record(z.string(), z.array(RoleName)),
});
export type Person = z.infer<typeof Person>;
export const People = z.object({ people: z.array(Person) });

export const Room = z.object({
  id: z.string(),
  name: z.string(),
  timeZone: z.string(),
  productRoles: z.array(z.string()),
  commentKeywords: z.array(z.string()),
  roles: z.array(RoleName),
});
export type Room = z.infer<typeof Room>;
export const Rooms = z.object({ rooms: z.array(Room) });

export const Token = z.object({
  id: z.string(),
  name: z.string(),
  roomIds: z.nullable(z.array(z.string())),
  createdAt: z.number(),
  createdBy: z.nullable(z.string()),
});
export type Token = z.infer<typeof Token>;
export const Tokens = z.object({ tokens: z.array(Token) });
export const NewToken = z.extend(Token, { token: z.string(), signingSecret: z.string() });
export type NewToken = z.infer<typeof NewToken>;
