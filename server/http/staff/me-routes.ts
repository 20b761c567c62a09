import { z } from "zod";
import { roomsById } from "#db/queries/rooms.ts";
import { savePerson } from "#db/queries/save-person.ts";
import { rolesIn, visibleRooms } from "../access.ts";
import { staffOf, type ApiContext, type ApiInstance } from "../context.ts";
import type { StaffPrincipal } from "../../auth/principal.ts";
import { failures, RoleShape } from "../shapes.ts";

export const LOCALES = ["zh-CN", "en"] as const;

const Me = z.object({
  person: z.object({ id: z.string(), name: z.string(), username: z.string() }),
  owner: z.boolean(),
  rooms: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(RoleShape) })),
  locale: z.string(),
});

export function serveMe(app: ApiInstance, context: ApiContext): void {
  const tags = ["people"];
  app.get(
    "/api/v1/me",
    { schema: { tags, summary: "Who is signed in, and what they are where", response: { 200: Me, ...failures } } },
    async (request, reply) => {
      const person = await staffOf(request, context);
      void reply.header("cache-control", "no-store");
      return describe(person, context);
    },
  );

  app.patch(
    "/api/v1/me",
    {
      schema: {
        tags,
        summary: "Change the own language",
        body: z.object({ locale: z.enum(LOCALES) }),
        response: { 200: Me, ...failures },
      },
    },
    async (request) => {
      const person = await staffOf(request, context);
      const { locale } = request.body;
      await savePerson(context.db, person.personId, { locale }, null);
      context.principals.forget();
      return describe({ ...person, locale }, context);
    },
  );
}

async function describe(person: StaffPrincipal, { db }: ApiContext): Promise<z.infer<typeof Me>> {
  const rooms = await roomsById(db, visibleRooms(person));
  return {
    person: { id: person.personId, name: person.name, username: person.username },
    owner: person.owner,
    rooms: rooms.map(({ id, name }) => ({ id, name, roles: [...rolesIn(person, id)] })),
    locale: person.locale,
  };
}
