import { z } from "zod";
import { peopleWithRoles } from "#db/queries/people-with-roles.ts";
import { changeRoom, insertRoom, roomsById, type RoomRow } from "#db/queries/rooms.ts";
import { defined } from "#domain/partial.ts";
import { text } from "#domain/units.ts";
import { newId } from "../../auth/ids.ts";
import type { Principal } from "../../auth/principal.ts";
import { isOwner, mayManage, rolesIn, visibleRooms } from "../access.ts";
import { principalOf, staffOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, notFound } from "../failures.ts";
import { failures, IdParams, Name, RoleShape, RoomShape } from "../shapes.ts";
import { visibleRoom } from "../visible-room.ts";

/** 引流款, 福利款, …: where a room starts; it may change them (design.md 9). */
export const DEFAULT_PRODUCT_ROLES = ["引流款", "福利款", "主推款", "利润款", "形象款", "赠品"];
export const DEFAULT_KEYWORDS = ["尺码", "发货", "质量", "价格", "优惠券"];

const Words = z.array(text(12, 1)).max(40);
const Basics = z.object({
  name: Name,
  timeZone: z.string().max(60).refine(isTimeZone, { error: "timeZone" }),
  productRoles: Words,
  commentKeywords: Words,
});
const Member = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(RoleShape),
  hasAccount: z.boolean(),
  disabled: z.boolean(),
});

export function serveRooms(app: ApiInstance, context: ApiContext): void {
  const tags = ["rooms"];
  const { db } = context;

  app.get(
    "/api/v1/rooms",
    {
      schema: {
        tags,
        summary: "Rooms that you work in",
        response: { 200: z.object({ rooms: z.array(RoomShape) }), ...failures },
      },
    },
    async (request) => {
      const principal = await principalOf(request, context);
      const rooms = await roomsById(db, visibleRooms(principal));
      return { rooms: rooms.map((room) => describe(room, principal)) };
    },
  );

  app.post(
    "/api/v1/rooms",
    {
      schema: {
        tags,
        summary: "Open a room (owner)",
        body: Basics.partial().extend({ name: Name }),
        response: { 201: RoomShape, ...failures },
      },
    },
    async (request, reply) => {
      const principal = await staffOf(request, context);
      if (!isOwner(principal)) throw denied();
      const room = newRoom(request.body);
      await insertRoom(db, room);
      return reply.code(201).send(describe(room, principal));
    },
  );

  app.get(
    "/api/v1/rooms/:id",
    { schema: { tags, summary: "One room", params: IdParams, response: { 200: RoomShape, ...failures } } },
    async (request) => {
      const principal = await principalOf(request, context);
      const { id } = request.params;
      return describe(await visibleRoom(id, principal, context), principal);
    },
  );

  app.patch(
    "/api/v1/rooms/:id",
    {
      schema: {
        tags,
        summary: "Change a room (owner, manager)",
        params: IdParams,
        body: Basics.partial(),
        response: { 200: RoomShape, ...failures },
      },
    },
    async (request) => {
      const principal = await staffOf(request, context);
      const { id } = request.params;
      await visibleRoom(id, principal, context);
      if (!mayManage(principal, id)) throw denied();
      const room = await changeRoom(db, id, defined(request.body));
      if (!room) throw notFound("room");
      return describe(room, principal);
    },
  );

  app.get(
    "/api/v1/rooms/:id/members",
    {
      schema: {
        tags,
        summary: "Who works in a room",
        params: IdParams,
        response: { 200: z.object({ members: z.array(Member) }), ...failures },
      },
    },
    async (request) => {
      const principal = await principalOf(request, context);
      const { id } = request.params;
      await visibleRoom(id, principal, context);
      const people = await peopleWithRoles(db, null);
      const members = people.flatMap(({ roles, owner, username, ...person }) => {
        const held = roles.flatMap(({ roomId, role }) => (roomId === id ? RoleShape.parse(role) : []));
        if (!owner && held.length === 0) return [];
        const { id: personId, name, disabled } = person;
        const all = owner ? (["owner", ...held] as const) : held;
        return [{ id: personId, name, disabled, hasAccount: username !== null, roles: [...all] }];
      });
      return { members };
    },
  );
}

type NewRoom = { readonly [K in keyof z.infer<typeof Basics>]?: z.infer<typeof Basics>[K] | undefined } & {
  readonly name: string;
};

export function newRoom(basics: NewRoom): RoomRow {
  const { name, timeZone, productRoles, commentKeywords } = basics;
  return {
    id: newId("r"),
    name,
    timeZone: timeZone ?? "Asia/Shanghai",
    productRoles: productRoles ?? DEFAULT_PRODUCT_ROLES,
    commentKeywords: commentKeywords ?? DEFAULT_KEYWORDS,
    createdAt: Date.now(),
  };
}

function describe({ createdAt: _createdAt, ...room }: RoomRow, principal: Principal) {
  return { ...room, roles: [...rolesIn(principal, room.id)] };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
