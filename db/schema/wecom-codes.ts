import { sql } from "drizzle-orm";
import { bigint, boolean, customType, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";

const at = (name: string) => bigint(name, { mode: "number" });
const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** 群活码 and 员工活码. WeCom's console shows none of them: whose config_id is lost can never be changed again. */
export const wecomCodes = pgTable(
  "wecom_codes",
  {
    /** `q_…` */
    id: text("id").primaryKey(),
    corpId: text("corp_id").notNull(),
    /** group, contact. */
    kind: text("kind").notNull(),
    /** What WeCom tells us with everybody who comes by it; ours, at most 30 characters, and what a lost answer is looked up by. */
    state: text("state").notNull(),
    configId: text("config_id"),
    /**
     * creating: intended, not answered yet. live. refused: WeCom said no, nothing was made. unknown: no answer came and none was found.
     * deleted.
     */
    status: text("status").notNull(),
    /** What WeCom or the network said last: {code, errcode}. */
    failure: jsonb("failure").$type<unknown>(),
    name: text("name").notNull(),
    /** Our word for where it hangs: 直播间背景, 包裹卡, … */
    channel: text("channel").notNull().default(""),
    /** Groups of a group code, members of a contact code. */
    targetIds: text("target_ids").array().notNull(),
    /** WeCom makes the next group when all are full. */
    autoCreate: boolean("auto_create").notNull().default(false),
    roomBaseName: text("room_base_name"),
    roomBaseId: integer("room_base_id"),
    /** Of a contact code: without being asked first. */
    skipVerify: boolean("skip_verify").notNull().default(true),
    /** Corp tags that who comes by it gets. */
    tagIds: text("tag_ids").array().notNull().default([]),
    /** {text, cards}; null: none of ours. */
    welcome: jsonb("welcome").$type<unknown>(),
    /** Where WeCom keeps the picture. */
    qrUrl: text("qr_url"),
    /** The picture itself, once it was fetched. */
    qrPicture: bytea("qr_picture"),
    qrMediaType: text("qr_media_type"),
    /** WeCom does not have yet what was last asked for here. */
    pending: boolean("pending").notNull().default(false),
    createdBy: text("created_by").notNull(),
    createdAt: at("created_at").notNull(),
    changedAt: at("changed_at").notNull(),
    deletedAt: at("deleted_at"),
  },
  (table) => [
    uniqueIndex("wecom_codes_state").on(table.corpId, table.state),
    uniqueIndex("wecom_codes_config")
      .on(table.corpId, table.configId)
      .where(sql`config_id is not null`),
    index("wecom_codes_corp").on(table.corpId, table.kind, table.createdAt),
  ],
);
