import { randomInt } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import type { Database } from "#db/client.ts";
import { peopleWithRoles } from "#db/queries/people-with-roles.ts";
import { insertRoom } from "#db/queries/rooms.ts";
import { savePerson } from "#db/queries/save-person.ts";
import { newId } from "./auth/ids.ts";
import { newRoom } from "./http/staff/room-routes.ts";

/**
 * What an empty house needs before anybody can come in: one owner with an account, one room. The
 * password is told once, by the caller, and is kept nowhere but as a hash.
 */
export type FirstAccount = {
  username: string;
  password: string;
  roomId: string;
  /** The owner, in whose name the sample shows are made. */
  personId: string;
};

const username = "owner";

/** null when there are people already. */
export async function makeFirstAccount(db: Database, givenPassword: string | null): Promise<FirstAccount | null> {
  if ((await peopleWithRoles(db, null)).length > 0) return null;
  const password = givenPassword ?? readablePassword();
  const personId = newId("p");
  const passwordHash = await hashPassword(password);
  const outcome = await savePerson(db, personId, { name: "负责人", username, passwordHash, owner: true }, Date.now());
  // Two nodes on one empty database: the other one was faster, and has told the password.
  if (outcome === "usernameTaken") return null;
  if (outcome !== "saved") throw new Error(`the first account could not be made: ${outcome}`);
  const room = newRoom({ name: "示例直播间" });
  await insertRoom(db, room);
  return { username, password, roomId: room.id, personId };
}

/** Four groups that can be read out and typed; about 79 bits. Letters that look like others are left out. */
export function readablePassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}
