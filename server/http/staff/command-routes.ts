import type { FastifyReply } from "fastify";
import { engine } from "#domain/ops/index.ts";
import { passedOver } from "#domain/passed-over.ts";
import type { CommandAnswer } from "#domain/wire.ts";
import { maySend } from "../access.ts";
import { enterShow, type ApiContext, type ApiInstance, type Entry } from "../context.ts";
import { invalid } from "../failures.ts";
import { CommandBody, sendCommand, statusOfAnswer } from "../send-command.ts";
import { failures, IdParams, OkBody, RejectedBody } from "../shapes.ts";

/** The one door for acts of staff, programs and screens. What commands there are is in the registry; this route knows none by name. */
export function serveCommands(app: ApiInstance, context: ApiContext): void {
  app.post(
    "/api/v1/sessions/:id/commands",
    {
      schema: {
        tags: ["shows"],
        summary: "Do something in a show",
        description:
          "Every command gets exactly one answer. The same id with the same content is answered as before and acts once; with other content it is refused (`command.idReused`). What the command does not know is refused by its path (`unrecognized_keys`). The commands are listed below, under Commands.",
        params: IdParams,
        body: CommandBody.strict(),
        response: { 200: OkBody, ...failures, 409: RejectedBody },
      },
    },
    async (request, reply) => {
      const entry = await enterShow(request, request.params.id, context);
      refuseUnknown(request.body, entry);
      return sendAnswer(reply, await sendCommand(request.body, entry, context));
    },
  );
}

/**
 * ENG9. Asked at this door alone: whoever writes a program is there to read the answer, while a tab that an update has not reached yet
 * may name over its socket what is gone since, and what is stored is not asked again.
 */
function refuseUnknown({ id, type, input = {}, expect }: CommandBody, { grants }: Entry): void {
  const rule = engine.commands.get(type);
  if (!rule || !maySend(grants, rule)) return;
  const checked = engine.parse({ id, type, input, expect });
  if (!("parsed" in checked)) return;
  const { parsed } = checked;
  const paths = [...passedOver(input, parsed.input, "input"), ...passedOver(expect, parsed.expect, "expect")];
  if (paths.length === 0) return;
  throw invalid(paths.map((path) => ({ path, code: "unrecognized_keys", message: "the command knows no such field" })));
}

export function sendAnswer(reply: FastifyReply, answer: CommandAnswer): FastifyReply {
  if (answer.status === "retry") void reply.header("retry-after", Math.ceil(answer.retryAfterMs / 1000));
  return reply.code(statusOfAnswer[answer.status]).header("cache-control", "no-store").send(answer);
}
