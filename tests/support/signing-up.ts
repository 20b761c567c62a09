import { sliceOf } from "#domain/slice-of.ts";
import type { SignupFacts } from "#domain/warmup/signups.ts";
import { instant } from "#domain/units.ts";
import type { Outcome, Show } from "./given.ts";

/** Sign-ups as the server sends them: by a viewer, with the facts that it found out. */

export const system = { by: "system" };
export const person = (id: string) => ({ by: `person:${id}` });

export const signupsOf = (played: Show) => sliceOf(played.state, "signup");
export const invitesOf = (played: Show) => sliceOf(played.state, "invite");
export const boardOf = (played: Show) => sliceOf(played.state, "leaderboard");

type Facts = { readonly [K in keyof SignupFacts]?: SignupFacts[K] };

const NEW = { show: true, room: true, company: true };

/** Without a code: came by no link of anybody. */
export function signUp(played: Show, id: string, inviterCode?: string, facts: Facts = {}): Outcome {
  const touch = inviterCode === undefined ? null : { inviterCode, at: instant(played.now) };
  return played.when("signup.signUp", { facts: { touch, newTo: NEW, suspicions: [], ...facts } }, person(id));
}

/** Their own code, for bringing others. */
export function codeOf(played: Show, id: string): string {
  const { code } = Object(played.me(id)["signup"]);
  if (typeof code !== "string") throw new Error(`${id} has not signed up`);
  return code;
}

/** `inviter` and everybody they bring, in order. */
export function brings(played: Show, inviter: string, ...friends: readonly string[]): void {
  if (Object(played.me(inviter)["signup"]).code === undefined) signUp(played, inviter).ok();
  for (const friend of friends) signUp(played, friend, codeOf(played, inviter)).ok();
}
