import { randomUUID } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { CommandAnswer } from "#domain/wire.ts";
import { TaskCode } from "#domain/push/shapes.ts";
import { Id } from "#domain/units.ts";
import { Reminders } from "#domain/warmup/signups.ts";
import { RateWindow } from "../../lib/rate-window.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { sendViewerCommand, sendViewerSignup } from "../send-command.ts";
import { failures, IdParams, OkBody, RejectedBody } from "../shapes.ts";
import { sendAnswer } from "../staff/command-routes.ts";
import { type AskedOf, atOnce } from "./at-once.ts";
import type { Devices } from "./devices.ts";
import { addressOf, enterAsViewer, holdPace, knownViewer, SourceCode, type ViewerEntry } from "./viewer-entry.ts";

const tags = ["viewers"];
const IdempotencyKey = z.object({ "idempotency-key": Id.optional() });
/** What a person may say of their sign-up. Strict: facts are the server's own, and a body that brings some is refused. */
const SignupBody = z
  .strictObject({ via: TaskCode.optional(), sourceCode: SourceCode.optional(), remindBy: Reminders.optional() })
  .nullish();
const Nothing = z.strictObject({}).nullish();
const CodeOf = z.object({ code: z.string() });
const response = { 200: OkBody, ...failures, 409: RejectedBody };
/** Each asks the tables; of one token far fewer pass (`send-command.ts`). */
const SIGNUPS = { limit: 1_200, windowMs: 60_000 };

/** Sign-ups come by the thousand a second when a link has gone out; the other two don't. */
export function serveSignups(app: ApiInstance, context: ApiContext, devices: Devices): void {
  serveSignup(app, context, devices);
  serveSecondThoughts(app, context);
}

function serveSignup(app: ApiInstance, context: ApiContext, devices: Devices): void {
  const rate = new RateWindow(SIGNUPS);
  const shapes = { params: IdParams, headers: IdempotencyKey, body: SignupBody };
  const signUp = signingUp(context, devices);
  const commandOf = ({ headers, body }: AskedOf<typeof shapes>) => ({ id: keyOf(headers), input: { ...body } });
  app.post(
    "/api/v1/viewer/sessions/:id/signup",
    {
      schema: {
        tags,
        summary: "Sign up for a show (预约登记)",
        description:
          "Who brought the person, to whom they are new, and what looks odd about it, the server finds out itself. 409 `signup.already` tells number and code again.",
        ...shapes,
        response,
      },
      ...atOnce(shapes, (asked, request, reply) => {
        const entry = knownViewer(request, asked.params.id, context);
        if (!entry) return undefined;
        holdPace(request, rate);
        return signUp(commandOf(asked), { request, reply, entry });
      }),
    },
    async (request, reply) => {
      holdPace(request, rate);
      const entry = await enterAsViewer(request, request.params.id, context);
      return sendAnswer(reply, await signUp(commandOf(request), { request, reply, entry }));
    },
  );
}

type Coming = { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly entry: ViewerEntry };
type Signup = { readonly id: string; readonly input: Readonly<Record<string, unknown>> };

/** The command with what the server finds out by itself, and what the server remembers of it. */
function signingUp(context: ApiContext, devices: Devices): (signup: Signup, coming: Coming) => Promise<CommandAnswer> {
  const { warmup } = context;
  const whoIs = ({ request, reply, entry: { principal } }: Coming) => {
    const { sessionId, personId, anonymous } = principal;
    const device = devices.know(request, reply);
    return { sessionId, personId, known: !anonymous, device, address: addressOf(request), at: Date.now() };
  };
  return async (signup, coming) => {
    const command = { ...signup, type: "signup.signUp" as const };
    const { answer, found } = await sendViewerSignup(command, coming.entry, context, () =>
      warmup.findFacts(whoIs(coming)),
    );
    const { seen, earlier } = found;
    // It made the others too many, and does so once: when it comes again it is no new one.
    if (answer.status === "ok" || answer.status === "retry") warmup.tellSuspects(seen.sessionId, earlier);
    if (answer.status === "ok") {
      const code = CodeOf.safeParse(answer.result).data?.code;
      if (code !== undefined) warmup.suspicions.signedUp(seen, code);
      warmup.watched.signedUp(seen.sessionId, seen.personId);
    }
    return answer;
  };
}

function serveSecondThoughts(app: ApiInstance, context: ApiContext): void {
  app.post(
    "/api/v1/viewer/sessions/:id/signup/cancel",
    {
      schema: {
        tags,
        summary: "Take the own sign-up back",
        params: IdParams,
        headers: IdempotencyKey,
        body: Nothing,
        response,
      },
    },
    async (request, reply) => {
      const entry = await enterAsViewer(request, request.params.id, context);
      const command = { id: keyOf(request.headers), type: "signup.cancel", input: {} };
      return sendAnswer(reply, await sendViewerCommand(command, entry, context));
    },
  );

  app.put(
    "/api/v1/viewer/sessions/:id/signup/reminders",
    {
      schema: {
        tags,
        summary: "By which working channels the person wants to be reminded",
        params: IdParams,
        headers: IdempotencyKey,
        body: z.strictObject({ remindBy: Reminders }),
        response,
      },
    },
    async (request, reply) => {
      const entry = await enterAsViewer(request, request.params.id, context);
      const command = { id: keyOf(request.headers), type: "signup.remind", input: request.body };
      return sendAnswer(reply, await sendViewerCommand(command, entry, context));
    },
  );
}

/** One person signs up, thinks better of it and signs up again: without a key of the sender each is a command of its own. */
const keyOf = (headers: z.infer<typeof IdempotencyKey>) => headers["idempotency-key"] ?? randomUUID();
