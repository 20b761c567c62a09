import { z } from "zod";
import { senderId } from "../../auth/principal.ts";
import { RateWindow } from "../../lib/rate-window.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { HttpError } from "../failures.ts";
import { SIGNED } from "../openapi.ts";
import { failures, IdParams, InvalidBody, RejectedBody } from "../shapes.ts";
import { ingestItems } from "./ingest-items.ts";
import { KINDS, sentSchemas, type Kind } from "./item-kinds.ts";
import { enterAsSender } from "./sender.ts";
import { createWatchedWords } from "./watched-words.ts";

export const ITEMS_MAX = 500;

const ItemStatus = z.union([z.object({ status: z.literal("ok") }), RejectedBody, InvalidBody]);
const summaries: Readonly<Record<Kind, string>> = {
  orders: "Report orders, in any order, any number of times",
  audience: "Report samples of the audience",
  comments: "Report comments",
};

/** Where programs send what happened: docs/ingest.md. */
export function serveIngest(app: ApiInstance, context: ApiContext): void {
  const watchedWords = createWatchedWords(context.directory);
  const rate = new RateWindow({ limit: 10_000, windowMs: 10_000 });
  for (const kind of KINDS) {
    app.post(
      `/api/v1/ingest/sessions/:id/${kind}`,
      {
        schema: {
          tags: ["programs"],
          summary: summaries[kind],
          security: [{ bearer: [] }, SIGNED],
          description: `Up to ${ITEMS_MAX} items; 200 with one status for each, in order. Bearer token, or signed (docs/ingest.md).`,
          params: IdParams,
          // Items are looked at one by one, so that a bad one does not cost the others.
          body: z.object({
            items: z
              .array(z.unknown())
              .min(1)
              .max(ITEMS_MAX)
              .meta({ items: describedItem(kind) }),
          }),
          response: { 200: z.object({ items: z.array(ItemStatus) }), ...failures },
        },
      },
      async (request) => {
        const entry = await enterAsSender(request, request.params.id, context);
        const retryAfterMs = rate.take(senderId(entry.principal), performance.now());
        if (retryAfterMs > 0) throw new HttpError(429, "http.tooMany", { retryAfterMs });
        const items = await ingestItems({ kind, items: request.body.items, entry, context, watchedWords });
        context.showIndex.touch(entry.place.sessionId);
        return { items };
      },
    );
  }
}

/** For the description of the API. */
function describedItem(kind: Kind): object {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(sentSchemas[kind], { io: "input", unrepresentable: "any" });
  return schema;
}
