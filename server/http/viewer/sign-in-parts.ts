import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Completions, WechatStates } from "../../auth/wechat-state.ts";
import type { LinkDomains } from "../../links/link-domains.ts";
import type { Wechat } from "../../wechat/wechat.ts";
import type { ApiContext } from "../context.ts";
import { notFound } from "../failures.ts";

/** What the ways of signing in as a viewer share. */

export type ViewerSignIn = { readonly context: ApiContext; readonly wechat: Wechat; readonly domains: LinkDomains };
export type SignInParts = ViewerSignIn & {
  readonly states: WechatStates;
  readonly completions: Completions;
  readonly hold: (request: FastifyRequest) => void;
};

export async function placeOf({ places }: ApiContext, sessionId: string) {
  const place = await places.find(sessionId);
  if (!place) throw notFound("session");
  return place;
}

const Rehearsal = z.object({ rehearsal: z.boolean() });

export async function isRehearsal({ directory }: ApiContext, sessionId: string): Promise<boolean> {
  const { session } = (await directory.snapshot(sessionId, "viewer")).slices;
  return Rehearsal.parse(session?.kind === "value" ? session.value : null).rehearsal;
}

/** Whoever the phone held before: of this show, and only by a token that still holds. */
export function visitorIn(request: FastifyRequest, { principals }: ApiContext, sessionId: string): string | null {
  const held = principals.viewer(request.headers);
  return held?.sessionId === sessionId ? held.personId : null;
}
