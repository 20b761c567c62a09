import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { followerSeq } from "#db/queries/follower-seq.ts";
import { roomsById } from "#db/queries/rooms.ts";
import { FOLLOWER } from "../../followers/follow.ts";
import { BusyError } from "../../live/directory-contract.ts";
import { mayExport } from "../access.ts";
import { enterShow, type ApiContext, type ApiInstance } from "../context.ts";
import { denied } from "../failures.ts";
import { failures, IdParams } from "../shapes.ts";
import { exportOf, EXPORTS, readsReports, type ExportName } from "./exports.ts";

/** How long a download waits for the tables to come up to the moment it was asked for. */
const FOLLOW_MS = 5_000;

export function serveExports(app: ApiInstance, context: ApiContext): void {
  for (const name of EXPORTS) {
    app.get(
      `/api/v1/sessions/:id/exports/${name}.csv`,
      {
        schema: {
          tags: ["shows"],
          summary: `CSV: ${name}`,
          description: "UTF-8 with a mark, safe in Excel. Holds everything up to the moment of the request.",
          params: IdParams,
          produces: ["text/csv"],
          response: { 200: z.string(), ...failures },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const { principal, place } = await enterShow(request, id, context);
        if (!mayExport(principal, place.roomId, name)) throw denied();
        return sendCsv(reply, await openExport(name, { id, roomId: place.roomId }, context), `${name}-${id}.csv`);
      },
    );
  }
}

async function openExport(
  name: ExportName,
  show: { id: string; roomId: string },
  context: ApiContext,
): Promise<Readable> {
  const { db, directory } = context;
  const view = await directory.snapshot(show.id, "control");
  if (readsReports[name]) await followed(show.id, view.seq, context);
  const [room] = await roomsById(db, [show.roomId]);
  const timeZone = z.string().default("Asia/Shanghai").parse(room?.timeZone);
  return Readable.from(exportOf[name]({ context, sessionId: show.id, timeZone, view }));
}

/** A list that silently lacks the last seconds would be believed. */
async function followed(sessionId: string, seq: number, { db }: ApiContext): Promise<void> {
  const until = performance.now() + FOLLOW_MS;
  while ((await followerSeq(db, FOLLOWER, sessionId)) < seq) {
    if (performance.now() > until) throw new BusyError(2_000);
    await sleep(100);
  }
}

function sendCsv(reply: FastifyReply, file: Readable, fileName: string): FastifyReply {
  return reply
    .header("cache-control", "no-store")
    .header("content-disposition", `attachment; filename="${fileName}"`)
    .type("text/csv; charset=utf-8")
    .send(file);
}
