import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";

/**
 * How viewers are known by WeChat, and the links by which they come. Secrets are sealed (AES-256-GCM under KAIBO_SECRET) for their row and column, leave only
 * towards WeChat, and never towards a browser.
 */

const at = (name: string) => bigint(name, { mode: "number" });

export const wechatApps = pgTable("wechat_apps", {
  /** `o_…` */
  id: text("id").primaryKey(),
  /** official: 公众号, for pages opened inside WeChat. miniProgram: for embedders and native reservation. */
  kind: text("kind", { enum: ["official", "miniProgram"] }).notNull(),
  /** WeChat's own id, `wx…`. */
  appId: text("app_id").notNull().unique(),
  name: text("name").notNull(),
  secretSealed: text("secret_sealed"),
  secretAt: at("secret_at"),
  /** null: every room. */
  roomIds: jsonb("room_ids").$type<string[]>(),
  /** MP_verify_….txt, by which WeChat checks that a domain is ours. */
  verifyFile: text("verify_file"),
  /** Of a mini program: the page that reserves, as `reserveChannelsLive` stands in it. */
  reservePath: text("reserve_path"),
  createdBy: text("created_by").notNull(),
  createdAt: at("created_at").notNull(),
});

/** Who signed in by WeChat, beside their name in `persons`. */
export const personPictures = pgTable("person_pictures", {
  personId: text("person_id").primaryKey(),
  /** Of WeChat's own picture servers. */
  url: text("url").notNull(),
  updatedAt: at("updated_at").notNull(),
});

/** Links into a mini program, made once for all viewers and again before they end. */
export const wechatUrlLinks = pgTable(
  "wechat_url_links",
  {
    appId: text("app_id").notNull(),
    /** Path and query as WeChat was given them. */
    target: text("target").notNull(),
    url: text("url").notNull(),
    expiresAt: at("expires_at").notNull(),
    madeAt: at("made_at").notNull(),
  },
  (table) => [uniqueIndex("wechat_url_links_target").on(table.appId, table.target)],
);

/** One short word for each show; what else a short link says stands in the link itself. */
export const showCodes = pgTable("show_codes", {
  code: text("code").primaryKey(),
  sessionId: text("session_id").notNull().unique(),
  createdAt: at("created_at").notNull(),
});

/** Domains that lead to this house. New links use the first one that opens. */
export const linkDomains = pgTable(
  "link_domains",
  {
    /** `d_…` */
    id: text("id").primaryKey(),
    origin: text("origin").notNull().unique(),
    position: integer("position").notNull(),
    /** Somebody saw WeChat stop it, which only a phone can tell. */
    blocked: boolean("blocked").notNull().default(false),
    /** Looks that failed in a row. */
    failures: integer("failures").notNull().default(0),
    /** What the last look met; null: it opened, or none was made. */
    failure: text("failure"),
    checkedAt: at("checked_at"),
    okAt: at("ok_at"),
    /** Since it opens no more, or was said to be stopped. */
    failingSince: at("failing_since"),
    /** The next look; whoever takes it moves it on, so that one node looks. */
    nextAt: at("next_at").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [index("link_domains_next").on(table.nextAt)],
);
