import { deletePerson } from "#db/queries/delete-person.ts";
import { managedRooms } from "../access.ts";
import { staffOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, notFound } from "../failures.ts";
import { Done, failures, IdParams } from "../shapes.ts";

/** Viewers and buyers: what the law lets them ask for. Logs keep an id that then names nobody. */
export function servePersons(app: ApiInstance, context: ApiContext): void {
  app.delete(
    "/api/v1/persons/:id",
    {
      schema: {
        tags: ["people"],
        summary: "Forget a viewer or buyer: name, key and comments (owner, managers)",
        params: IdParams,
        response: { 200: Done, ...failures },
      },
    },
    async (request) => {
      if (managedRooms(await staffOf(request, context))?.length === 0) throw denied();
      if (!(await deletePerson(context.db, request.params.id))) throw notFound("person");
      return { status: "ok" as const };
    },
  );
}
