import { bigint, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";

/**
 * Companies in WeCom, the apps that we act as, and robots of internal groups. What opens WeCom to us is sealed (AES-256-GCM under KAIBO_SECRET) for its row
 * and column, leaves only towards WeCom, and never towards a browser. Corps of rehearsals stand nowhere here.
 */

const at = (name: string) => bigint(name, { mode: "number" });

export const wecomCorps = pgTable("wecom_corps", {
  /** `w_…` */
  id: text("id").primaryKey(),
  /** WeCom's own id, `ww…`. */
  corpId: text("corp_id").notNull().unique(),
  name: text("name").notNull(),
  /** How often a customer or a group may be written to, as the company set it in its admin console; for lists: what counts stands in the corp's stream. */
  quotaRule: text("quota_rule").notNull().default("daysOfMonth"),
  createdBy: text("created_by").notNull(),
  createdAt: at("created_at").notNull(),
});

export const wecomApps = pgTable(
  "wecom_apps",
  {
    /** `a_…` */
    id: text("id").primaryKey(),
    corpRow: text("corp_row")
      .notNull()
      .references(() => wecomCorps.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** customers: groups, customers, mass sends. sign_in: sign-in of staff alone. */
    purpose: text("purpose").notNull(),
    agentId: integer("agent_id").notNull(),
    /** Its callbacks come to /hooks/wecom/{appKey}; cannot be guessed. */
    appKey: text("app_key").notNull().unique(),
    secretSealed: text("secret_sealed"),
    secretAt: at("secret_at"),
    callbackTokenSealed: text("callback_token_sealed"),
    aesKeySealed: text("aes_key_sealed"),
    /** When the two were set, always together. */
    callbackAt: at("callback_at"),
    /** When WeCom last checked the address of the callbacks, which it does when an administrator saves it. */
    callbackVerifiedAt: at("callback_verified_at"),
    createdAt: at("created_at").notNull(),
  },
  (table) => [uniqueIndex("wecom_apps_agent").on(table.corpRow, table.agentId)],
);

export const wecomRobots = pgTable(
  "wecom_robots",
  {
    /** `b_…` */
    id: text("id").primaryKey(),
    corpRow: text("corp_row")
      .notNull()
      .references(() => wecomCorps.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** Of the internal group that it speaks to, as the team calls it. */
    groupName: text("group_name").notNull(),
    /** report (战报), reminders (提醒), all. */
    purpose: text("purpose").notNull(),
    keySealed: text("key_sealed").notNull(),
    keyAt: at("key_at").notNull(),
    /** HMAC of the key: one robot is one row, because the row is its queue. */
    keyHash: text("key_hash").notNull().unique(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [index("wecom_robots_corp").on(table.corpRow)],
);
