import { hashPassword } from "better-auth/crypto";
import { z } from "zod";
import { peopleWithRoles, type PersonWithRoles } from "#db/queries/people-with-roles.ts";
import { savePerson, type PersonChange, type SaveOutcome } from "#db/queries/save-person.ts";
import { signOutPerson } from "#db/queries/sign-out-person.ts";
import { newId } from "../../auth/ids.ts";
import type { StaffPrincipal } from "../../auth/principal.ts";
import { USERNAME } from "../../auth/sign-in.ts";
import { isOwner, managedRooms } from "../access.ts";
import { staffOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, type HttpError, invalid, notFound, rejected } from "../failures.ts";
import { Done, failures, IdParams, Name, PersonShape, RejectedBody, RolesByRoom } from "../shapes.ts";

const Account = {
  username: z.string().trim().toLowerCase().regex(USERNAME, { error: "username" }),
  password: z.string().min(8).max(128),
};
const NewPerson = z
  .object({
    name: Name,
    username: Account.username.optional(),
    password: Account.password.optional(),
    owner: z.boolean().default(false),
    roles: RolesByRoom.default({}),
  })
  .refine(({ username, password }) => (username === undefined) === (password === undefined), {
    error: "an account needs both a name and a password",
    path: ["password"],
  });
const Change = z.object({
  name: Name.optional(),
  username: Account.username.optional(),
  password: Account.password.optional(),
  owner: z.boolean().optional(),
  disabled: z.boolean().optional(),
  roles: RolesByRoom.optional(),
});

export function servePeople(app: ApiInstance, context: ApiContext): void {
  const tags = ["people"];
  const { db } = context;

  app.get(
    "/api/v1/people",
    {
      schema: {
        tags,
        summary: "People you look after (owner, managers)",
        response: { 200: z.object({ people: z.array(PersonShape) }), ...failures },
      },
    },
    async (request) => {
      const { sees } = looksAfter(await staffOf(request, context));
      const people = await peopleWithRoles(db, null);
      return { people: people.filter(sees).map(describe) };
    },
  );

  app.post(
    "/api/v1/people",
    {
      schema: {
        tags,
        summary: "Add a person, with an account or (a host) without",
        body: NewPerson,
        response: { 201: PersonShape, ...failures, 409: RejectedBody },
      },
    },
    async (request, reply) => {
      const asking = await staffOf(request, context);
      const { mayGive } = looksAfter(asking);
      const { password, ...person } = request.body;
      if (!mayGive(person)) throw denied();
      const id = newId("p");
      await save(id, { ...person, ...(await hashed(password)) }, Date.now(), context);
      return reply.code(201).send(describe(await findPerson(id, context)));
    },
  );

  app.get(
    "/api/v1/people/:id",
    { schema: { tags, summary: "One person", params: IdParams, response: { 200: PersonShape, ...failures } } },
    async (request) => {
      const { sees } = looksAfter(await staffOf(request, context));
      const person = await findPerson(request.params.id, context);
      if (!sees(person)) throw notFound("person");
      return describe(person);
    },
  );

  app.patch(
    "/api/v1/people/:id",
    {
      schema: {
        tags,
        summary: "Change name, account, roles; disable; reset the password",
        description:
          "`roles` replaces the roles in the rooms named in it. A new password or `disabled` ends all sessions of the person.",
        params: IdParams,
        body: Change,
        response: { 200: PersonShape, ...failures, 409: RejectedBody },
      },
    },
    async (request) => {
      const { sees, mayGive, mayControl } = looksAfter(await staffOf(request, context));
      const { id } = request.params;
      const person = await findPerson(id, context);
      if (!sees(person)) throw notFound("person");
      const { password, ...change } = request.body;
      const touchesPerson = Object.keys(request.body).some((key) => key !== "roles");
      if (!mayGive(change) || (touchesPerson && !mayControl(person))) throw denied();
      if (person.username === null && (change.username === undefined) !== (password === undefined)) {
        throw invalid([{ path: "password", code: "custom", message: "an account needs both a name and a password" }]);
      }
      await save(id, { ...change, ...(await hashed(password)) }, null, context);
      return describe(await findPerson(id, context));
    },
  );

  app.post(
    "/api/v1/people/:id/sign-out",
    {
      schema: { tags, summary: "End all sessions of a person", params: IdParams, response: { 200: Done, ...failures } },
    },
    async (request) => {
      const asking = await staffOf(request, context);
      const { id } = request.params;
      // The own sessions anybody may end: a lost phone can't wait for the manager.
      if (asking.personId !== id && !looksAfter(asking).mayControl(await findPerson(id, context))) throw denied();
      await signOutPerson(db, id);
      context.principals.forget();
      return { status: "ok" as const };
    },
  );
}

type Given = {
  readonly owner?: boolean | undefined;
  readonly roles?: Readonly<Record<string, unknown>> | undefined;
};

/**
 * Owners look after everybody. A manager looks after who works in their rooms, gives roles there, and controls the account only of those
 * who work nowhere else and are no owner: else a reset password would open other rooms.
 */
export function looksAfter(asking: StaffPrincipal) {
  const rooms = managedRooms(asking);
  if (rooms?.length === 0) throw denied();
  const mine = (roomId: string) => rooms === null || rooms.includes(roomId);
  return {
    sees: (person: PersonWithRoles) =>
      rooms === null || person.roles.length === 0 || person.roles.some(({ roomId }) => mine(roomId)),
    mayControl: (person: PersonWithRoles) =>
      rooms === null || (!person.owner && person.roles.every(({ roomId }) => mine(roomId))),
    mayGive: ({ owner, roles = {} }: Given) => isOwner(asking) || (!owner && Object.keys(roles).every(mine)),
  };
}

export async function findPerson(id: string, { db }: ApiContext): Promise<PersonWithRoles> {
  const [person] = await peopleWithRoles(db, [id]);
  if (!person) throw notFound("person");
  return person;
}

async function hashed(password: string | undefined): Promise<{ passwordHash?: string }> {
  return password === undefined ? {} : { passwordHash: await hashPassword(password) };
}

async function save(id: string, change: PersonChange, createdAt: number | null, context: ApiContext): Promise<void> {
  const outcome = await savePerson(context.db, id, change, createdAt);
  context.principals.forget();
  if (outcome !== "saved") throw refusals[outcome]();
}

const refusals: Record<Exclude<SaveOutcome, "saved">, () => HttpError> = {
  usernameTaken: () => rejected("person.usernameTaken"),
  lastOwner: () => rejected("person.lastOwner"),
  unknownRoom: () => invalid([{ path: "roles", code: "room.unknown", message: "there is no such room" }]),
};

function describe({ roles, ...person }: PersonWithRoles) {
  const byRoom: Record<string, string[]> = {};
  for (const { roomId, role } of roles) (byRoom[roomId] ??= []).push(role);
  return { ...person, roles: byRoom };
}
