import { z } from "zod";
import type { Database } from "#db/client.ts";
import { namesOfSignups } from "#db/queries/names-of-signups.ts";
import type { Json } from "#domain/op.ts";
import { maskName } from "../personal.ts";

const Invite = z.looseObject({ friends: z.array(z.looseObject({ n: z.int() })) });

/** What a viewer is told of themself, with masked names of the friends they brought in the place of numbers. */
export async function withFriends(
  db: Database,
  sessionId: string,
  me: Readonly<Record<string, Json>>,
): Promise<Record<string, unknown>> {
  const invite = Invite.safeParse(me["invite"]).data;
  if (!invite) return me;
  const names = await namesOfSignups(
    db,
    sessionId,
    invite.friends.map(({ n }) => n),
  );
  const friends = invite.friends.map(({ n, ...friend }) => {
    const name = names.get(n);
    return { ...friend, name: name === undefined ? null : maskName(name) };
  });
  return { ...me, invite: { ...invite, friends } };
}
