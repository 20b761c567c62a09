import type { FastifyReply } from "fastify";
import type { CommandAnswer } from "#domain/wire.ts";
import { enterShow, type ApiContext, type ApiInstance } from "../context.ts";
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
          "Every command gets exactly one answer. The same id with the same content is answered as before and acts once; with other content it is refused (`command.idReused`). The commands are listed below, under Commands.",
        params: IdParams,
        body: CommandBody,
        response: { 200: OkBody, ...failures, 409: RejectedBody },
      },
    },
    async (request, reply) => {
      const entry = await enterShow(request, request.params.id, context);
      return sendAnswer(reply, await sendCommand(request.body, entry, context));
    },
  );
}

export function sendAnswer(reply: FastifyReply, answer: CommandAnswer): FastifyReply {
  if (answer.status === "retry") void reply.header("retry-after", Math.ceil(answer.retryAfterMs / 1000));
  return reply.code(statusOfAnswer[answer.status]).header("cache-control", "no-store").send(answer);
}
