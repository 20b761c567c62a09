import { z } from "zod";
import { deletePerson } from "#db/queries/delete-person.ts";
import { personSeenIn } from "#db/queries/person-seen.ts";
import { personsByKey } from "#db/queries/persons-by-key.ts";
import { engine } from "#domain/ops/index.ts";
import { text } from "#domain/units.ts";
import { newId } from "../../auth/ids.ts";
import { personKeys } from "../../auth/person-keys.ts";
import { managedRooms, maySend } from "../access.ts";
import { enterShow, staffOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, notFound } from "../failures.ts";
import { Done, failures, IdParams } from "../shapes.ts";

/** Composed, so that a name pasted from another system is the same name. */
const Nickname = text(60, 1).transform((name) => name.normalize("NFC"));
const NAMES_MAX = 1_000;

/** Viewers and buyers: who a pasted name is, and what the law lets them ask for. Logs keep an id that may then name nobody. */
export function servePersons(app: ApiInstance, context: ApiContext): void {
  serveNamed(app, context);
  app.delete(
    "/api/v1/persons/:id",
    {
      schema: {
        tags: ["people"],
        summary: "Forget a viewer or buyer: name, key and comments (owner, managers)",
        description:
          "Everywhere and for good. An owner may forget anybody; a manager whoever commented, ordered, claimed or won in a show of their rooms, others are unknown to them (404). The logs keep an id that names nobody.",
        params: IdParams,
        response: { 200: Done, ...failures },
      },
    },
    async (request) => {
      const { id } = request.params;
      const rooms = managedRooms(await staffOf(request, context));
      if (rooms?.length === 0) throw denied();
      // Somebody of other rooms looks like somebody who does not exist.
      if (rooms !== null && !(await personSeenIn(context.db, id, rooms))) throw notFound("person");
      const { isFound, ids } = await deletePerson(context.db, id);
      context.warmup.suspicions.forget(ids);
      if (!isFound) throw notFound("person");
      return { status: "ok" as const };
    },
  );
}

function serveNamed(app: ApiInstance, context: ApiContext): void {
  const { hashOfName } = personKeys(context.secret);
  app.post(
    "/api/v1/sessions/:id/persons",
    {
      schema: {
        tags: ["shows"],
        summary: "Ids for nicknames that the platform shows",
        description:
          "For whoever may record the winners of a 福袋 (`lottery.recordWinners`), which takes ids. `personIds` follow `names`; within a show the same name is the same person, also in a later request. The names stay outside the log and can be forgotten.",
        params: IdParams,
        body: z.object({ names: z.array(Nickname).min(1).max(NAMES_MAX) }),
        response: { 200: z.object({ personIds: z.array(z.string()) }), ...failures },
      },
    },
    async (request, reply) => {
      const sessionId = request.params.id;
      const { grants } = await enterShow(request, sessionId, context);
      const rule = engine.commands.get("lottery.recordWinners");
      if (!rule || !maySend(grants, rule)) throw denied();
      const wanted = request.body.names.map((name) => ({ keyHash: hashOfName(sessionId, name), id: newId("v"), name }));
      const idByHash = await personsByKey(context.db, wanted, Date.now());
      void reply.header("cache-control", "no-store");
      return { personIds: wanted.map(({ keyHash, id }) => idByHash.get(keyHash) ?? id) };
    },
  );
}
