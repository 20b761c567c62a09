import type { Database } from "#db/client.ts";
import { codesByState } from "#db/queries/wecom-code-states.ts";
import { codeById } from "#db/queries/wecom-codes.ts";
import { contactByExternal, contactsByExternal } from "#db/queries/wecom-contacts.ts";
import {
  endFollow,
  endOtherFollows,
  markHalf,
  noteCame,
  noteGoneFollow,
  reopenFollow,
  undoTransfer,
} from "#db/queries/wecom-follows-of.ts";
import { groupsByChat, markGroupChanged } from "#db/queries/wecom-groups.ts";
import { membersByUserid } from "#db/queries/wecom-members.ts";
import { newId } from "../../auth/ids.ts";
import type { ContactAdded, ContactRead, Welcome, WecomPeople } from "../callbacks/people-contract.ts";
import { CodeWelcome } from "../codes/code-shape.ts";
import { keepContacts, type KeptContacts } from "./keep-contacts.ts";
import { keepGone } from "./keep-group.ts";

/** What a group shows lags behind what is told of it; joins that come one after the other are read together. */
const LAG_MS = 3_000;

export type PeopleDeps = {
  readonly db: Database;
  readonly now: () => number;
  /** Groups are due to be read. */
  readonly groupsDue: () => void;
  /** As WeCom takes it, with its pictures handed over. */
  readonly welcomeOf: (corpId: string, welcome: CodeWelcome) => Promise<Welcome>;
  /** The corp's tags are to be read again. */
  readonly tagsDue: (corpId: string) => void;
};

/** What callbacks tell, kept in the tables of groups and people. */
export function createPeople({ db, now, groupsDue, tagsDue, welcomeOf }: PeopleDeps): WecomPeople {
  return {
    async welcomeFor({ corp, state }) {
      if (state === null) return null;
      const code = await codeByState(db, corp, state);
      if (!code || code.status === "deleted") return null;
      const welcome = CodeWelcome.nullable().parse(code.welcome);
      return welcome && welcomeOf(corp, welcome);
    },
    contactAdded: (added) => contactAdded(db, added, now()),
    async contactChanged({ corp, read }) {
      await keepWhole(db, corp, read, now());
    },
    async contactRemoved({ corp, at, by, ...pair }) {
      const ids = await idsOfPair(db, corp, pair, now());
      await endFollow(db, ids, { at, by });
    },
    async transferFailed({ corp, at, ...pair }) {
      await undoTransfer(db, await idsOfPair(db, corp, pair, now()), at);
    },
    async groupChanged({ corp, chatId, at, to }) {
      const at0 = now();
      const ids = await groupsByChat(db, corp, [chatId], { now: at0, newId: () => newId("g") });
      const id = ids.get(chatId);
      if (id !== undefined) await markGroupChanged(db, id, { changedAt: at, version: to, readFrom: at0 + LAG_MS });
      groupsDue();
    },
    async groupDismissed({ corp, chatId, at }) {
      const ids = await groupsByChat(db, corp, [chatId], { now: now(), newId: () => newId("g") });
      const id = ids.get(chatId);
      if (id !== undefined) await keepGone(db, id, at);
    },
    tagsChanged({ corp }) {
      tagsDue(corp);
      return Promise.resolve();
    },
  };
}

async function contactAdded(
  db: Database,
  added: ContactAdded,
  now: number,
): Promise<{ readonly tagIds: readonly string[] }> {
  const { corp, userId, externalUserId, at, half, read } = added;
  const shown = read && withState(read, added);
  const state = shown?.follows.find((follow) => follow.userId === userId)?.state ?? added.state;
  const code = state === null ? undefined : await codeByState(db, corp, state);
  const pair = await idsOfPair(db, corp, { userId, externalUserId }, now);
  await reopenFollow(db, pair, at);
  if (shown) await keepWhole(db, corp, shown, now);
  const isThere = shown?.follows.some((follow) => follow.userId === userId) ?? false;
  if (isThere) await noteCame(db, pair, at);
  else await noteGoneFollow(db, pair, { at, state, codeId: code?.id ?? null, now });
  if (isThere && half) await markHalf(db, pair);
  const contact = await contactByExternal(db, corp, externalUserId);
  // A customer who is known keeps the code they first came by; another one brings no channel tag.
  return { tagIds: isThere && code && contact?.firstCodeId === code.id ? code.tagIds : [] };
}

/** The event tells by which code they came some seconds before the reading does. */
function withState(read: ContactRead, { userId, state }: ContactAdded): ContactRead {
  if (state === null) return read;
  const follows = read.follows.map((follow) =>
    follow.userId === userId ? { ...follow, state: follow.state ?? state } : follow,
  );
  return { ...read, follows };
}

async function keepWhole(db: Database, corpId: string, read: ContactRead, now: number): Promise<KeptContacts> {
  const kept = await keepContacts(db, corpId, [read], now);
  const contactId = kept.contactIds.get(read.externalUserId);
  if (contactId !== undefined) await endOtherFollows(db, contactId, { memberIds: [...kept.memberIds.values()], now });
  return kept;
}

async function codeByState(db: Database, corpId: string, state: string) {
  const id = (await codesByState(db, corpId, [state])).get(state);
  return id === undefined ? undefined : codeById(db, id);
}

type Named = { readonly userId: string; readonly externalUserId: string };

async function idsOfPair(db: Database, corpId: string, { userId, externalUserId }: Named, now: number) {
  const members = await membersByUserid(db, corpId, [userId], { now, newId: () => newId("m") });
  const seen = { externalUserid: externalUserId, unionid: null, name: null, type: null };
  const contacts = await contactsByExternal(db, corpId, [seen], { now, newId: () => newId("x") });
  const [memberId, contactId] = [members.get(userId), contacts.get(externalUserId)];
  if (memberId === undefined || contactId === undefined) throw new Error("a pair that was just kept is not there");
  return { memberId, contactId };
}
