import type { FastifyRequest } from "fastify";
import { validTokenById } from "#db/queries/valid-tokens.ts";
import type { ProgramPrincipal } from "../../auth/principal.ts";
import { grantsIn } from "../access.ts";
import { enterShow, type ApiContext, type Entry } from "../context.ts";
import { denied, HttpError, notFound } from "../failures.ts";
import { rawBody } from "../json-body.ts";
import { isSignedNow, signingSecret } from "./signature.ts";

/** Programs come with their token, or sign each request and send no secret at all. */
export async function enterAsSender(request: FastifyRequest, sessionId: string, context: ApiContext): Promise<Entry> {
  const keyId = request.headers["x-kaibo-key"];
  if (keyId === undefined) return enterShow(request, sessionId, context);
  const principal = await signer(request, String(keyId), context);
  const place = await context.places.find(sessionId);
  if (!place) throw notFound("session");
  const grants = grantsIn(principal, place);
  if (grants.length === 0) throw denied();
  return { principal, place, grants };
}

async function signer(request: FastifyRequest, keyId: string, { db, secret }: ApiContext): Promise<ProgramPrincipal> {
  const timestamp = String(request.headers["x-kaibo-timestamp"] ?? "");
  const signature = String(request.headers["x-kaibo-signature"] ?? "");
  const [path = ""] = request.url.split("?", 1);
  const parts = { timestamp, path, body: rawBody(request) };
  // The signature first: who can't sign learns nothing about which keys there are.
  if (!isSignedNow(signingSecret(secret, keyId), signature, parts, Date.now()))
    throw new HttpError(401, "auth.signature");
  const token = await validTokenById(db, keyId);
  if (!token) throw new HttpError(401, "auth.signature");
  const { id, name, roomIds, hash } = token;
  return { kind: "program", key: `token:${hash}`, tokenId: id, name, roomIds };
}
