import type { ContactOfMember, Follow } from "../api/contacts.ts";
import type { ContactRead, FollowRead } from "../callbacks/people-contract.ts";

/** Customers of several members come pair by pair: here each customer once, with those who have them. */
export function contactsRead(pairs: readonly ContactOfMember[]): ContactRead[] {
  const byId = new Map<string, ContactRead & { follows: FollowRead[] }>();
  for (const { contact, follow } of pairs) {
    const { externalUserId, name, kind, unionid } = contact;
    const read = byId.get(externalUserId) ?? {
      externalUserId,
      name: name === "" ? null : name,
      type: kind === "wecom" ? 2 : 1,
      unionid,
      follows: [],
    };
    read.follows.push(followRead(follow));
    byId.set(externalUserId, read);
  }
  return [...byId.values()];
}

const SOURCES = ["unknown", "profile", "liveRoom"] as const;

function followRead({ userid, createdAt, addWay, state, tagIds, channels }: Follow): FollowRead {
  const source = SOURCES.findIndex((known) => known === channels?.source);
  return {
    userId: userid,
    since: createdAt ?? 0,
    addWay,
    state,
    tagIds,
    channels: channels && {
      name: channels.nickname === "" ? null : channels.nickname,
      source: source < 0 ? null : source,
    },
  };
}
