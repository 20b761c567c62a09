import { randomUUID } from "node:crypto";
import { deletePerson } from "#db/queries/delete-person.ts";
import { forgetTouches } from "#db/queries/forget-warmup.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { BusyError } from "../../live/directory-contract.ts";
import { sendViewerCommand } from "../send-command.ts";
import { Done, failures, IdParams } from "../shapes.ts";
import type { Devices } from "./devices.ts";
import { enterAsViewer } from "./viewer-entry.ts";

/** What the law lets a viewer ask for, by themselves: their sign-up is taken back, and whatever named them is gone. */
export function serveForgetting(app: ApiInstance, context: ApiContext, devices: Devices): void {
  app.delete(
    "/api/v1/viewer/sessions/:id/me",
    {
      schema: {
        tags: ["viewers"],
        summary: "Delete my data",
        description:
          "Takes the sign-up of this show back and forgets the person everywhere: name, picture, keys, comments, by whose link they and their phone came, and what leads to them in WeCom. The logs keep an id that names nobody. Codes that were claimed stay valid. The page throws its token away.",
        params: IdParams,
        response: { 200: Done, ...failures },
      },
    },
    async (request, reply) => {
      const entry = await enterAsViewer(request, request.params.id, context);
      const { sessionId, personId } = entry.principal;
      const cancel = { id: randomUUID(), type: "signup.cancel", input: {} };
      const answer = await sendViewerCommand(cancel, entry, context);
      // Refused: they had not signed up.
      if (answer.status === "retry") throw new BusyError(answer.retryAfterMs);
      const device = devices.known(request);
      const { ids } = await deletePerson(context.db, personId);
      await forgetTouches(context.db, device ? [device.id] : []);
      context.warmup.touches.forget({ sessionId, personId, deviceId: device?.id ?? null });
      context.warmup.suspicions.forget(ids);
      devices.drop(reply);
      void reply.header("cache-control", "no-store");
      return { status: "ok" as const };
    },
  );
}
