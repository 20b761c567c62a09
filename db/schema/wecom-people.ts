import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";

/**
 * Whom WeCom knows: staff, customer groups, customers. WeCom's own ids (userid, chat_id, external_userid, unionid, openid) stand here and
 * nowhere else; everything outside, logs too, holds the ids of these rows, so that a person can be forgotten.
 */

const at = (name: string) => bigint(name, { mode: "number" });

/** Which corp a room's shows push through; rehearsals have one of their own, which is never a real one. */
export const wecomRoomCorp = pgTable(
  "wecom_room_corp",
  {
    roomId: text("room_id").notNull(),
    /** show, rehearsal. */
    use: text("use").notNull(),
    corpId: text("corp_id").notNull(),
    by: text("by").notNull(),
    changedAt: at("changed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.use] }), index("wecom_room_corp_corp").on(table.corpId)],
);

/** Staff of the corp, as far as our app may see them. */
export const wecomMembers = pgTable(
  "wecom_members",
  {
    /** `m_…` */
    id: text("id").primaryKey(),
    corpId: text("corp_id").notNull(),
    userid: text("userid").notNull(),
    /** WeCom tells it to apps with that right only. */
    name: text("name"),
    /** May speak to customers (客户联系); false: was named somewhere, but is none of those, or is no more. */
    active: boolean("active").notNull(),
    /** null: never counted. */
    customerCount: integer("customer_count"),
    firstSeenAt: at("first_seen_at").notNull(),
    /** When the list of staff last named them. */
    listedAt: at("listed_at"),
  },
  (table) => [uniqueIndex("wecom_members_userid").on(table.corpId, table.userid)],
);

export const wecomGroups = pgTable(
  "wecom_groups",
  {
    /** `g_…` */
    id: text("id").primaryKey(),
    corpId: text("corp_id").notNull(),
    chatId: text("chat_id").notNull(),
    /** "" for groups that nobody named. */
    name: text("name").notNull().default(""),
    ownerId: text("owner_id"),
    /** live, flash, content, benefit (直播, 秒杀, 内容, 福利); null: not sorted yet. */
    purpose: text("purpose"),
    /** Our own words, not WeCom's. */
    tags: text("tags").array().notNull().default([]),
    /** Everybody in it, staff too; null: never read. */
    size: integer("size"),
    customers: integer("customers"),
    memberVersion: text("member_version"),
    /** normal, ownerLeft, inheriting, inherited, other. */
    status: text("status").notNull().default("normal"),
    /** In WeCom; null: never read. */
    createdAt: at("created_at"),
    firstSeenAt: at("first_seen_at").notNull(),
    listedAt: at("listed_at"),
    /** When its members were last read from WeCom. */
    readAt: at("read_at"),
    /** To be read again, not before this; null: nothing is known to have changed. */
    readFrom: at("read_from"),
    /** The latest change that no reading has shown yet, by WeCom's clock; null: none. */
    changedAt: at("changed_at"),
    /** The member version that the change brings; what is read before it arrives is read again. */
    awaitedVersion: text("awaited_version"),
    /** Readings since then that did not show it yet, or failed. */
    readTries: integer("read_tries").notNull().default(0),
    /** Code of what the last reading failed with. */
    readFailure: text("read_failure"),
    dismissedAt: at("dismissed_at"),
  },
  (table) => [
    uniqueIndex("wecom_groups_chat").on(table.corpId, table.chatId),
    index("wecom_groups_owner").on(table.corpId, table.ownerId),
    index("wecom_groups_due")
      .on(table.corpId, table.readFrom)
      .where(sql`read_from is not null`),
  ],
);

/** One row a stay of somebody in a group: who leaves and comes back has two. */
export const wecomGroupMembers = pgTable(
  "wecom_group_members",
  {
    groupId: text("group_id").notNull(),
    /** A member (`m_`) or a contact (`x_`). */
    who: text("who").notNull(),
    customer: boolean("customer").notNull(),
    joinedAt: at("joined_at").notNull(),
    /** invited, link, code, other. */
    scene: text("scene").notNull(),
    invitorId: text("invitor_id"),
    /** As WeCom tells it, of a code that may not be ours. */
    state: text("state"),
    codeId: text("code_id"),
    /** When it was found out that they are gone; up to a reading late. */
    leftAt: at("left_at"),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.who, table.joinedAt] }),
    uniqueIndex("wecom_group_members_in")
      .on(table.groupId, table.who)
      .where(sql`left_at is null`),
    index("wecom_group_members_who").on(table.who),
    index("wecom_group_members_joined").on(table.groupId, table.joinedAt),
    index("wecom_group_members_left")
      .on(table.leftAt)
      .where(sql`left_at is not null`),
    index("wecom_group_members_code")
      .on(table.codeId)
      .where(sql`code_id is not null`),
  ],
);

/** Customers, and whoever else from outside was seen in a group. */
export const wecomContacts = pgTable(
  "wecom_contacts",
  {
    /** `x_…` */
    id: text("id").primaryKey(),
    corpId: text("corp_id").notNull(),
    externalUserid: text("external_userid").notNull(),
    unionid: text("unionid"),
    /** Shown masked, never matched. */
    name: text("name"),
    /** WeCom's: 1 WeChat, 2 WeCom; null: not told. */
    type: integer("type"),
    /** When a member first had them, as far as is known. How they came then follows, and no later coming changes it. */
    firstAt: at("first_at"),
    addWay: integer("add_way"),
    channelsName: text("channels_name"),
    /** WeCom's: 0 unknown, 1 profile page, 2 live room. */
    channelsSource: integer("channels_source"),
    firstCodeId: text("first_code_id"),
    firstSeenAt: at("first_seen_at").notNull(),
    readAt: at("read_at"),
  },
  (table) => [
    uniqueIndex("wecom_contacts_external").on(table.corpId, table.externalUserid),
    /** The unknown ones are listed from the latest on. */
    index("wecom_contacts_seen").on(table.corpId, table.firstSeenAt, table.id),
    index("wecom_contacts_unionid")
      .on(table.unionid)
      .where(sql`unionid is not null`),
    index("wecom_contacts_first_code")
      .on(table.firstCodeId)
      .where(sql`first_code_id is not null`),
  ],
);

/** A customer and a member who have each other as contacts; with both gone the row stays, so that it is known who was. */
export const wecomFollows = pgTable(
  "wecom_follows",
  {
    contactId: text("contact_id").notNull(),
    memberId: text("member_id").notNull(),
    since: at("since").notNull(),
    addWay: integer("add_way"),
    state: text("state"),
    codeId: text("code_id"),
    /** WeCom's ids of corp tags. */
    tags: text("tags").array().notNull().default([]),
    /** The customer added the member, who has not added them back yet. */
    half: boolean("half").notNull().default(false),
    readAt: at("read_at"),
    removedAt: at("removed_at"),
    /** member, customer, transfer; null: found gone. */
    removedBy: text("removed_by"),
  },
  (table) => [
    primaryKey({ columns: [table.contactId, table.memberId] }),
    index("wecom_follows_member").on(table.memberId, table.contactId),
    index("wecom_follows_tags").using("gin", table.tags),
    index("wecom_follows_code")
      .on(table.codeId)
      .where(sql`code_id is not null`),
  ],
);

/** Words for the tag ids of `wecom_follows`. */
export const wecomTags = pgTable(
  "wecom_tags",
  {
    corpId: text("corp_id").notNull(),
    tagId: text("tag_id").notNull(),
    name: text("name").notNull(),
    groupName: text("group_name").notNull(),
    position: integer("position").notNull(),
    readAt: at("read_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.corpId, table.tagId] })],
);

/** How far the first and every later full reading of a corp is: one row a part. The cursor moves when its page is kept, and a page may come twice. */
export const wecomSync = pgTable(
  "wecom_sync",
  {
    corpId: text("corp_id").notNull(),
    /** members, tags, groups, details, customers. */
    part: text("part").notNull(),
    /** waiting, running, done, failed. */
    state: text("state").notNull(),
    /** Where it goes on; opaque outside of the part. */
    cursor: text("cursor"),
    done: integer("done").notNull().default(0),
    /** null: not known yet. */
    total: integer("total"),
    /** Of this pass; what was listed before and not since is gone. */
    startedAt: at("started_at").notNull(),
    movedAt: at("moved_at").notNull(),
    endedAt: at("ended_at"),
    /** Which process works on the corp, and until when nobody else may. */
    worker: text("worker"),
    leaseUntil: at("lease_until").notNull().default(0),
    /** What stopped it: a stable code, and WeCom's errcode where it was WeCom. */
    failure: jsonb("failure").$type<unknown>(),
  },
  (table) => [primaryKey({ columns: [table.corpId, table.part] })],
);
