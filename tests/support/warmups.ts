import { show, START, type Show } from "./given.ts";

/** Shows that warm up, and people who sign up and bring each other. */

const HOUR = 3_600_000;
const NEW = { show: true, room: true, company: true };

/** Planned to start in three days at 20:00 in Shanghai. */
export const STARTS_AT = START + 72 * HOUR;

export const warming = (more: object = {}): Show =>
  show()
    .send("session.create", {
      sessionId: "s1",
      roomId: "r1",
      title: "示例场次",
      plannedStartAt: STARTS_AT,
      plannedEndAt: STARTS_AT + 4 * HOUR,
      ...more,
    })
    .ok();

export const inviterCode = (played: Show, personId: string): string =>
  String(Object(played.me(personId)["signup"]).code);

type Coming = { readonly by?: string; readonly sourceCode?: string; readonly via?: string };

/** Signs somebody up who is new; `by`: whose link they came by. */
export function signUp(played: Show, personId: string, { by, ...came }: Coming = {}): Show {
  const touch = by === undefined ? null : { inviterCode: inviterCode(played, by), at: played.now };
  const input = { ...came, facts: { touch, newTo: NEW, suspicions: [] } };
  return played.send("signup.signUp", input, { by: `person:${personId}` }).ok();
}

/** `inviter` signs up and brings so many; then a second passes, in which counts are told. */
export function bring(played: Show, inviter: string, friends: number, from = 0): Show {
  if (from === 0) signUp(played, inviter);
  for (let at = from; at < from + friends; at += 1) signUp(played, `${inviter}-friend-${at}`, { by: inviter });
  return played.pass(1_000);
}

export const idOf = (played: Show, type: string, field: string): string =>
  String(Object(played.log.findLast((event) => event.type === type)?.data)[field]);
