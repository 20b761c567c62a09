import { z } from "zod";
import { lookOfPerson } from "#db/queries/wechat-persons.ts";
import { VIEWER_TOKEN_MS } from "../../auth/viewer-token.ts";
import { BusyError, SYSTEM } from "../../live/directory-contract.ts";
import type { Arriving } from "../../wechat/arriving.ts";
import type { KnownAs } from "../../wechat/known-as.ts";
import type { ApiContext } from "../context.ts";
import { At } from "../shapes.ts";

/** What a phone gets once it is known who holds it. */
export const SignedInShape = z.object({
  token: z.string(),
  personId: z.string(),
  expiresAt: At,
  name: z.string().nullable().describe("Their own name in WeChat, as they agreed to show it"),
  avatar: z.boolean().describe("Whether `me/avatar` has a picture"),
});

export type Door = { readonly context: ApiContext; readonly knownAs: KnownAs };

/**
 * First the tables say who is who, then the show is told whose things become whose; only then a token goes out. Sent again after a failure in between, all of it
 * comes to the same.
 */
export async function letIn({ context, knownAs }: Door, sessionId: string, arriving: Arriving) {
  const { personId, formerIds } = await knownAs(arriving);
  for (const from of formerIds) await tellMerged(context, sessionId, { from, into: personId });
  const look = await lookOfPerson(context.db, personId);
  const claim = { sessionId, personId, anonymous: false, expiresAt: Date.now() + VIEWER_TOKEN_MS };
  return {
    token: context.viewerTokens.sign(claim),
    personId,
    expiresAt: claim.expiresAt,
    name: look?.name ?? null,
    avatar: look?.pictureUrl != null,
  };
}

async function tellMerged(
  { directory }: ApiContext,
  sessionId: string,
  input: { readonly from: string; readonly into: string },
): Promise<void> {
  const command = { id: `merge:${input.from}:${input.into}`, type: "person.merge", input: { ...input, why: "signIn" } };
  const answer = await directory.send(sessionId, command, SYSTEM);
  if (answer.status === "ok") return;
  if (answer.status === "retry") throw new BusyError(answer.retryAfterMs);
  throw new Error(`person.merge was ${answer.status}: ${JSON.stringify(answer)}`);
}
