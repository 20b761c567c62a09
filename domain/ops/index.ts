import type { z } from "zod";
import { createEngine } from "../engine.ts";
import type { StateOf } from "../op.ts";
import { acts } from "./acts.ts";
import { arm } from "./arm.ts";
import { bag } from "./bag.ts";
import { check } from "./check.ts";
import { coupon } from "./coupon.ts";
import { improvement } from "./improvement.ts";
import { invite } from "./invite.ts";
import { leaderboard } from "./leaderboard.ts";
import { lesson } from "./lesson.ts";
import { lottery } from "./lottery.ts";
import { marker } from "./marker.ts";
import { message } from "./message.ts";
import { person } from "./person.ts";
import { prompt } from "./prompt.ts";
import { push } from "./push.ts";
import { pushEffect } from "./push-effect.ts";
import { recording } from "./recording.ts";
import { rehearsal } from "./rehearsal.ts";
import { rundown } from "./rundown.ts";
import { saying } from "./saying.ts";
import { screen } from "./screen.ts";
import { session } from "./session.ts";
import { settlement } from "./settlement.ts";
import { signup } from "./signup.ts";
import { order } from "./order.ts";
import { comment } from "./comment.ts";
import { tally } from "./tally.ts";
import { audience } from "./audience.ts";
import { figures } from "./figures.ts";
import { compliance } from "./compliance.ts";
import { landing } from "./landing.ts";
import { method } from "./method.ts";
import { reservation } from "./reservation.ts";
import { reward } from "./reward.ts";
import { source } from "./source.ts";
import { sourceEffect } from "./source-effect.ts";
import { wave } from "./wave.ts";
import { tape } from "./tape.ts";

/**
 * The registry: one line an operation. Order is the order in which an event is folded; `tape` is last, so that it records what was done.
 */
export const ops = [
  session,
  reservation,
  source,
  rehearsal,
  arm,
  person,
  order,
  coupon,
  signup,
  invite,
  leaderboard,
  sourceEffect,
  bag,
  audience,
  tally,
  comment,
  lottery,
  figures,
  rundown,
  push,
  pushEffect,
  method,
  landing,
  reward,
  wave,
  compliance,
  message,
  screen,
  prompt,
  saying,
  marker,
  improvement,
  lesson,
  check,
  recording,
  settlement,
  acts,
  tape,
] as const;

export const engine = createEngine(ops);

type Ops = (typeof ops)[number];

/** What each op keeps of a show, by the op's name. */
export type StateByOp = { readonly [O in Ops as O["name"]]: StateOf<O> };

/** `"session.start"`, `"bag.explain"`, … */
export type CommandType = {
  [O in Ops as O["name"]]: `${O["name"]}.${keyof O["commands"] & string}`;
}[Ops["name"]];

type RuleOf<T extends CommandType> = T extends `${infer N}.${infer V}`
  ? Extract<Ops, { readonly name: N }> extends { readonly commands: infer C }
    ? V extends keyof C
      ? C[V]
      : never
    : never
  : never;

/** What a sender passes as `input` of a command (before defaults are filled in). */
export type CommandInput<T extends CommandType> =
  RuleOf<T> extends { readonly input: infer I extends z.ZodType } ? z.input<I> : never;
