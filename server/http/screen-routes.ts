import { z } from "zod";
import { screenNumber } from "#db/queries/screen-links.ts";
import { showRow } from "#db/queries/show-row.ts";
import { principalOf, type ApiContext, type ApiInstance } from "./context.ts";
import { denied, notFound } from "./failures.ts";
import { failures } from "./shapes.ts";

const ScreenShape = z.object({
  linkId: z.string(),
  number: z.int().describe("Which of the show's screens this is, from 1"),
  name: z.string(),
  sessionId: z.string(),
  title: z.string(),
});

/** What a host's screen is told of itself when it opens its link. */
export function serveScreens(app: ApiInstance, context: ApiContext): void {
  app.get(
    "/api/v1/screen",
    {
      schema: {
        tags: ["shows"],
        summary: "Which screen of which show this link opens",
        response: { 200: ScreenShape, ...failures },
      },
    },
    async (request, reply) => {
      const principal = await principalOf(request, context);
      if (principal.kind !== "screen") throw denied();
      const { linkId, name, sessionId } = principal;
      const [show, number] = await Promise.all([
        showRow(context.db, sessionId),
        screenNumber(context.db, { id: linkId, sessionId }),
      ]);
      if (number === undefined) throw notFound("link");
      void reply.header("cache-control", "no-store");
      return { linkId, number, name, sessionId, title: show?.title ?? "" };
    },
  );
}
