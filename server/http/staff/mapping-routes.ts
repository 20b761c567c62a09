import { z } from "zod";
import { forgetColumns, rememberColumns, rememberedColumns } from "#db/queries/import-columns.ts";
import { session } from "#domain/ops/session.ts";
import { Id } from "#domain/units.ts";
import { mayCreateShow } from "../access.ts";
import { principalOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied } from "../failures.ts";
import { Done, failures } from "../shapes.ts";
import { visibleRoom } from "../visible-room.ts";

const KINDS = ["productSheet", "orders", "audience"] as const;
const Params = z.object({ id: Id, kind: z.enum(KINDS) });
const Header = z.string().min(1).max(80);
const Field = z.string().max(40);
const Columns = z.record(Header, Field);
const Changes = z
  .record(Header, Field.nullable())
  .refine((columns) => Object.keys(columns).length <= 500, { error: "tooMany" });

/** What a room remembers of the columns of its own files: the header's plain form to a field, "" for a column to leave out. */
export function serveMappings(app: ApiInstance, context: ApiContext): void {
  const { db } = context;
  const path = "/api/v1/rooms/:id/mappings/:kind";
  const tags = ["imports"];
  app.get(
    path,
    {
      schema: {
        tags,
        summary: "Columns that a room remembers",
        params: Params,
        response: { 200: z.object({ columns: Columns }), ...failures },
      },
    },
    async (request) => {
      const { id, kind } = request.params;
      await visibleRoom(id, await principalOf(request, context), context);
      return { columns: await rememberedColumns(db, id, kind) };
    },
  );
  app.put(
    path,
    {
      schema: {
        tags,
        summary: "Remember columns, beside those that are remembered already; null forgets one",
        params: Params,
        body: z.object({ columns: Changes }),
        response: { 200: Done, ...failures },
      },
    },
    async (request) => {
      const { id: roomId, kind } = request.params;
      const principal = await principalOf(request, context);
      await visibleRoom(roomId, principal, context);
      if (!mayCreateShow(principal, roomId, session.commands.create)) throw denied();
      const columns: Record<string, string> = {};
      const headers: string[] = [];
      for (const [header, field] of Object.entries(request.body.columns)) {
        if (field === null) headers.push(header);
        else columns[header] = field;
      }
      await forgetColumns(db, { roomId, kind, headers });
      await rememberColumns(db, { roomId, kind, columns }, Date.now());
      return { status: "ok" as const };
    },
  );
}
