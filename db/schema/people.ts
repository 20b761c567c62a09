import { bigint, boolean, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

/**
 * Who works where, which programs and screens may come in, and everything personal that logs must not hold.
 * Times are milliseconds UTC, as everywhere outside better-auth's own tables.
 */

const at = (name: string) => bigint(name, { mode: "number" });

export const rooms = pgTable("rooms", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  timeZone: text("time_zone").notNull().default("Asia/Shanghai"),
  /** 引流款, 主推款, …: the words that this room gives its products. */
  productRoles: jsonb("product_roles").$type<string[]>().notNull(),
  /** Words counted in comments, beside those that a show names itself. */
  commentKeywords: jsonb("comment_keywords").$type<string[]>().notNull(),
  createdAt: at("created_at").notNull(),
});

export const people = pgTable("people", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  /** Owners may do what owners may in every room. */
  owner: boolean("owner").notNull().default(false),
  disabled: boolean("disabled").notNull().default(false),
  locale: text("locale").notNull().default("zh-CN"),
  createdAt: at("created_at").notNull(),
});

export const roomRoles = pgTable(
  "room_roles",
  {
    personId: text("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    roomId: text("room_id")
      .notNull()
      .references(() => rooms.id, { onDelete: "cascade" }),
    role: text("role").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.personId, table.roomId, table.role] }),
    index("room_roles_room").on(table.roomId),
  ],
);

export const apiTokens = pgTable("api_tokens", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  /** SHA-256 of the token, hex; the token itself is shown once. */
  hash: text("hash").notNull().unique(),
  /** null: every room. */
  roomIds: jsonb("room_ids").$type<string[]>(),
  createdBy: text("created_by").notNull(),
  createdAt: at("created_at").notNull(),
  revokedAt: at("revoked_at"),
});

/** Links that open one show's host screen without a sign-in. */
export const screenLinks = pgTable(
  "screen_links",
  {
    id: text("id").primaryKey(),
    sessionId: text("session_id").notNull(),
    name: text("name").notNull(),
    hash: text("hash").notNull().unique(),
    createdBy: text("created_by").notNull(),
    createdAt: at("created_at").notNull(),
    /** When a screen last came or went by it; null: never yet. */
    lastSeenAt: at("last_seen_at"),
    revokedAt: at("revoked_at"),
  },
  (table) => [index("screen_links_session").on(table.sessionId)],
);

/** Links by which somebody without a sign-in reads the report or the review of one show, until they expire or are revoked. */
export const shareLinks = pgTable(
  "share_links",
  {
    id: text("id").primaryKey(),
    sessionId: text("session_id").notNull(),
    what: text("what", { enum: ["report", "review"] }).notNull(),
    /** SHA-256 of the token, hex; the token itself is shown once. */
    hash: text("hash").notNull().unique(),
    createdBy: text("created_by").notNull(),
    createdAt: at("created_at").notNull(),
    expiresAt: at("expires_at").notNull(),
    /** To the minute; null: never yet. */
    lastUsedAt: at("last_used_at"),
    revokedAt: at("revoked_at"),
  },
  (table) => [index("share_links_session").on(table.sessionId)],
);

/** Viewers and buyers. Logs know the id alone; deleting a row leaves them valid. */
export const persons = pgTable("persons", {
  id: text("id").primaryKey(),
  /** HMAC of the sender's key of this person (openid, buyer id); null for persons that no sender knows. */
  keyHash: text("key_hash").unique(),
  name: text("name"),
  createdAt: at("created_at").notNull(),
});

export const commentTexts = pgTable(
  "comment_texts",
  {
    sessionId: text("session_id").notNull(),
    commentId: text("comment_id").notNull(),
    personId: text("person_id"),
    text: text("text").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.commentId] }),
    index("comment_texts_person").on(table.personId),
  ],
);
