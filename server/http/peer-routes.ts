import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { PeerHandler } from "../live/peer-handler.ts";
import { INTERNAL_PATH, internalKey, isAuthorized } from "../live/peer-protocol.ts";
import { HttpError } from "./failures.ts";
import { BODY_BYTES_MAX } from "./json-body.ts";

/** A forwarded command is the sender's body and a little around it, written anew. */
const PEER_BYTES_MAX = 2 * BODY_BYTES_MAX;
const Params = z.object({ verb: z.string() });

/** Where other nodes of this house ask for shows that this one writes. Outside every sign-in, and no part of the described API. */
export function servePeers(
  app: FastifyInstance,
  peers: { readonly handler: PeerHandler; readonly secret: string },
): void {
  const key = internalKey(peers.secret);
  app.post(
    `${INTERNAL_PATH}:verb`,
    {
      bodyLimit: PEER_BYTES_MAX,
      // Before the body: who has no key may not make us read one.
      onRequest: async (request) => {
        if (!isAuthorized(request.headers.authorization, key)) throw new HttpError(401, "auth.required");
      },
    },
    async (request, reply) => {
      const { verb } = Params.parse(request.params);
      const { authorization } = request.headers;
      const { status, body } = await peers.handler.handle({ verb, authorization, body: request.body });
      return reply.code(status).header("cache-control", "no-store").send(JSON.stringify(body));
    },
  );
}
