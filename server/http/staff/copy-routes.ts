import { z } from "zod";
import { CUES_MAX } from "#domain/rundown-edit.ts";
import { rundown } from "#domain/ops/rundown.ts";
import { Id } from "#domain/units.ts";
import { newId } from "../../auth/ids.ts";
import { senderId } from "../../auth/principal.ts";
import { grantsIn, maySee, maySend } from "../access.ts";
import { enterShow, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, notFound } from "../failures.ts";
import { failures, IdParams, RejectedBody } from "../shapes.ts";
import { copyCues } from "./copy-cues.ts";

const IdempotencyKey = z.object({ "idempotency-key": Id.optional() });
const Body = z.object({
  from: Id,
  /** Left out: all of them. */
  cueIds: z.array(Id).min(1).max(CUES_MAX).optional(),
  lengths: z.enum(["planned", "measured"]).default("planned"),
  /** Behind which cue of this show; null is the top, left out the end. */
  afterCueId: Id.nullable().optional(),
  /** Products of the past show that come along where this one lacks them. */
  takeProducts: z.array(Id).max(500).default([]),
});
const Copied = z.object({
  cues: z.int(),
  products: z.int(),
  skipped: z.array(z.object({ cueId: z.string(), title: z.string(), productId: z.string().nullable() })).readonly(),
  actsLeftOut: z.int(),
  undo: z.array(z.int()).readonly(),
});

/** 从过往场次取流程: a rundown or a stretch of it into another show. */
export function serveCopies(app: ApiInstance, context: ApiContext): void {
  const { directory, eventLog, places, secret, showIndex } = context;
  app.post(
    "/api/v1/sessions/:id/copied-cues",
    {
      schema: {
        tags: ["shows"],
        summary: "Take cues over from another show's rundown",
        description:
          "With `Idempotency-Key` the same request acts once and gets the same answer. Cues about products that this show lacks and that don't come along are skipped and listed. `undo` holds the seqs to take back, in this order.",
        params: IdParams,
        headers: IdempotencyKey,
        body: Body,
        response: { 200: Copied, ...failures, 409: RejectedBody },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { from, cueIds, ...how } = request.body;
      const { principal, grants } = await enterShow(request, id, context);
      if (!maySend(grants, rundown.commands.addCues)) throw denied();
      const source = await places.find(from);
      // A copy shows a plan, floor prices too: for who may see them there.
      if (!source || !maySee(grantsIn(principal, source), "control")) throw notFound("session");
      const sender = { id: senderId(principal), grants };
      const key = `${from}:${request.headers["idempotency-key"] ?? newId("i")}`;
      const copied = await copyCues(
        { from, to: id, cueIds: cueIds ?? null, ...how, key, sender },
        { directory, eventLog, secret },
      );
      showIndex.touch(id);
      return copied;
    },
  );
}
