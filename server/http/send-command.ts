import { z } from "zod";
import { engine } from "#domain/ops/index.ts";
import type { Grant } from "#domain/op.ts";
import { Id } from "#domain/units.ts";
import type { CommandAnswer } from "#domain/wire.ts";
import { senderId, type Principal } from "../auth/principal.ts";
import { maySend, type ShowPlace } from "./access.ts";
import type { ApiContext } from "./context.ts";
import { denied, HttpError, INVALID } from "./failures.ts";
import { RateWindow } from "../lib/rate-window.ts";
import type { FoundOut } from "../warmup/signup-facts.ts";

/** A command as it comes in, over HTTP or a socket. */
export const CommandBody = z.object({
  id: Id,
  type: z.string().min(1).max(80),
  input: z.unknown().optional(),
  expect: z.unknown().optional(),
});
export type CommandBody = z.infer<typeof CommandBody>;

/** Commands of one sender within ten seconds. A hand stays far below; what runs away is stopped before it fills the lanes of others. */
const rates: Readonly<Record<Principal["kind"], RateWindow>> = {
  staff: new RateWindow({ limit: 600, windowMs: 10_000 }),
  program: new RateWindow({ limit: 10_000, windowMs: 10_000 }),
  screen: new RateWindow({ limit: 100, windowMs: 10_000 }),
  /** Refused before it is counted. */
  share: new RateWindow({ limit: 0, windowMs: 10_000 }),
  viewer: new RateWindow({ limit: 60, windowMs: 10_000 }),
  rehearsal: new RateWindow({ limit: 10_000, windowMs: 10_000 }),
  forward: new RateWindow({ limit: 120, windowMs: 10_000 }),
};

export type Sending = {
  readonly principal: Principal;
  readonly place: ShowPlace;
  readonly grants: readonly Grant[];
};

type SendContext = Pick<ApiContext, "directory" | "showIndex" | "refused" | "warmup">;

/** Staff, programs and screens. Viewers have doors of their own, which ask whether the show takes anonymous persons. */
export async function sendCommand(
  command: CommandBody,
  sending: Sending,
  context: SendContext,
): Promise<CommandAnswer> {
  const { kind } = sending.principal;
  if (kind === "viewer" || kind === "share" || kind === "forward") throw denied();
  if (command.type !== "signup.signUp") return dispatch(command, sending, context);
  admit(command.type, sending);
  return pass(await withFacts(command, sending, context), sending, context);
}

const Input = z.record(z.string(), z.unknown()).catch({});

/** A program that signs somebody up says who it is; what is to be known of them from outside the show is found out here, never taken from a sender. */
async function withFacts(
  command: CommandBody,
  { place: { sessionId } }: Sending,
  { warmup }: SendContext,
): Promise<CommandBody> {
  const { facts: _said, ...input } = Input.parse(command.input);
  const personId = Id.safeParse(input["personId"]).data;
  if (personId === undefined) return { ...command, input };
  const who = { sessionId, personId, known: true, device: null, address: null, at: Date.now() };
  return { ...command, input: { ...input, facts: (await warmup.findFacts(who)).facts } };
}

/** A claim or entry of a viewer; whether an anonymous one may was decided by the caller. */
export function sendViewerCommand(
  command: CommandBody,
  sending: Sending,
  context: SendContext,
): Promise<CommandAnswer> {
  return dispatch(command, sending, context);
}

/** Whoever sends too much is told so before anything is looked up for them. */
export async function sendViewerSignup(
  command: CommandBody & { readonly type: "signup.signUp"; readonly input: Readonly<Record<string, unknown>> },
  sending: Sending,
  context: SendContext,
  find: () => Promise<FoundOut>,
): Promise<{ readonly answer: CommandAnswer; readonly found: FoundOut }> {
  admit(command.type, sending);
  const found = await find();
  const input = { ...command.input, facts: found.facts };
  return { answer: await pass({ ...command, input }, sending, context), found };
}

/** A tick of somebody who forwards; that it is on their own list was looked at by the caller. */
export function sendForwardTick(
  command: CommandBody & { readonly type: "push.tick" | "push.untick" },
  sending: Sending,
  context: SendContext,
): Promise<CommandAnswer> {
  return dispatch(command, sending, context);
}

function dispatch(command: CommandBody, sending: Sending, context: SendContext): Promise<CommandAnswer> {
  admit(command.type, sending);
  return pass(command, sending, context);
}

/** The right to send it, and not too often. */
function admit(type: string, { principal, grants }: Sending): void {
  const rule = engine.commands.get(type);
  // An unknown command is malformed, not forbidden: `parse` says so below.
  if (rule && !maySend(grants, rule)) throw denied();
  const retryAfterMs = rates[principal.kind].take(senderId(principal), performance.now());
  if (retryAfterMs > 0) throw new HttpError(429, "http.tooMany", { retryAfterMs });
}

/** The shape, then the show's writer. Throws only what `failures.ts` knows. Waits for nothing but the answer. */
function pass(
  { id, type, input = {}, expect }: CommandBody,
  { principal, place, grants }: Sending,
  context: SendContext,
): Promise<CommandAnswer> {
  const sender = senderId(principal);
  const checked = engine.parse({ id, type, input, ...(expect === undefined ? {} : { expect }) });
  if (!("parsed" in checked)) {
    context.refused(INVALID);
    return Promise.resolve(checked);
  }
  const answered = context.directory.send(place.sessionId, checked.parsed, { id: sender, grants });
  // A claim changes nothing that the list of shows tells.
  if (principal.kind === "viewer") return answered;
  return answered.then((answer) => {
    if (answer.status === "ok") context.showIndex.touch(place.sessionId);
    return answer;
  });
}

/** The status that an answer travels under. */
export const statusOfAnswer: Readonly<Record<CommandAnswer["status"], 200 | 400 | 409 | 503>> = {
  ok: 200,
  rejected: 409,
  invalid: 400,
  retry: 503,
};
