import type { Database } from "#db/client.ts";
import { codesByState } from "#db/queries/wecom-code-states.ts";
import { contactsByExternal, keepFirstCame, saveFollows } from "#db/queries/wecom-contacts.ts";
import { membersByUserid } from "#db/queries/wecom-members.ts";
import { newId } from "../../auth/ids.ts";
import type { ContactRead, FollowRead } from "../callbacks/people-contract.ts";
import { joinUnionids } from "../identities/join-unionids.ts";

/** Lays what WeCom shows of customers over what was known. How somebody first came is kept for good; a later code explains nothing of it. */
export async function keepContacts(
  db: Database,
  corpId: string,
  read: readonly ContactRead[],
  now: number,
): Promise<KeptContacts> {
  const seen = read.map(({ externalUserId, unionid, name, type }) => ({
    externalUserid: externalUserId,
    unionid,
    name,
    type,
  }));
  const follows = read.flatMap((contact) => contact.follows.map((follow) => ({ contact, follow })));
  const contactIds = await contactsByExternal(db, corpId, seen, { now, newId: () => newId("x") });
  const memberIds = await membersByUserid(
    db,
    corpId,
    follows.map(({ follow }) => follow.userId),
    { now, newId: () => newId("m") },
  );
  const states = follows.flatMap(({ follow }) => (follow.state === null ? [] : [follow.state]));
  const codes = await codesByState(db, corpId, states);
  const codeOf = ({ state }: FollowRead) => (state === null ? null : (codes.get(state) ?? null));
  await joinUnionids(db, corpId, seen, { evidence: "wecomRead", now });
  await db.transaction(async (tx) => {
    const came = read.flatMap((contact) => {
      const contactId = contactIds.get(contact.externalUserId);
      const first = contact.follows.toSorted((a, b) => a.since - b.since)[0];
      if (contactId === undefined || first === undefined) return [];
      const { since, addWay, channels } = first;
      const { name = null, source = null } = channels ?? {};
      return [{ contactId, since, addWay, channelsName: name, channelsSource: source, codeId: codeOf(first) }];
    });
    await keepFirstCame(tx, came, now);
    const pairs = follows.flatMap(({ contact, follow }) => {
      const contactId = contactIds.get(contact.externalUserId);
      const memberId = memberIds.get(follow.userId);
      if (contactId === undefined || memberId === undefined) return [];
      const { since, addWay, state, tagIds } = follow;
      return [{ contactId, memberId, since, addWay, state, codeId: codeOf(follow), tags: tagIds }];
    });
    await saveFollows(tx, pairs, now);
  });
  return { contactIds, memberIds };
}

/** By external_userid and by userid. */
export type KeptContacts = {
  readonly contactIds: ReadonlyMap<string, string>;
  readonly memberIds: ReadonlyMap<string, string>;
};
